const QUIET_MS = 1000;
const EVERY_MS = 200;

export interface Progress {
  step(): void;
  end(): void;
}

/**
 * Shows the progress on standard error, after one second. Only on a terminal, and only if standard output goes
 * elsewhere: on the same terminal the output itself shows the progress.
 */
export function startProgress(what: string, total?: number): Progress {
  const on = process.stderr.isTTY && !process.stdout.isTTY;
  let next = Date.now() + QUIET_MS;
  let done = 0;
  let shown = false;
  return {
    step() {
      done++;
      if (!on || Date.now() < next) return;
      next = Date.now() + EVERY_MS;
      shown = true;
      process.stderr.write(`\r\u001b[K${done}${total === undefined ? "" : ` of ${total}`} ${what}`);
    },
    end() {
      if (shown) process.stderr.write("\r\u001b[K");
    },
  };
}
