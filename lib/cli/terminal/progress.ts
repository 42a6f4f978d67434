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

/**
 * Shows on standard error that a command waits, and for how long, until the promise settles. For a command that prints
 * nothing before its end. Only on a terminal.
 */
export async function whileWaiting<T>(what: string, promise: Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return promise;
  const start = Date.now();
  const timer = setInterval(() => {
    process.stderr.write(`\r\u001b[K${what} (${Math.round((Date.now() - start) / 1000)} s)`);
  }, QUIET_MS);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
    if (Date.now() - start >= QUIET_MS) process.stderr.write("\r\u001b[K");
  }
}
