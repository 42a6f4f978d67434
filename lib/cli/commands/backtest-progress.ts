import { findEventFiles } from "../../cloudtrail/event-files.ts";
import { number } from "../show/report.ts";

const QUIET_MS = 1000;
const EVERY_MS = 200;

export interface ReadProgress {
  /** The files, their bytes on the disk, and the SageMaker records since the last call. */
  read(files: number, bytes: number, records: number): void;
  end(): void;
}

/** Shows the speed and the remaining time on standard error, after one second. Only for a terminal. */
export function startReadProgress(paths: readonly string[]): ReadProgress {
  const on = process.stderr.isTTY === true;
  const start = Date.now();
  const all = on ? measure(paths) : undefined;
  const done = { files: 0, bytes: 0, records: 0 };
  let next = start + QUIET_MS;
  let shown = false;
  return {
    read(files, bytes, records) {
      done.files += files;
      done.bytes += bytes;
      done.records += records;
      if (!on || Date.now() < next) return;
      next = Date.now() + EVERY_MS;
      shown = true;
      process.stderr.write(`\r\u001b[K${inWords(done, (Date.now() - start) / 1000, all?.bytes())}`);
    },
    end() {
      all?.stop();
      if (shown) process.stderr.write("\r\u001b[K");
    },
  };
}

/** Adds up the sizes of all files in the background. `bytes` returns undefined until the sum is known. */
function measure(paths: readonly string[]): { bytes(): number | undefined; stop(): void } {
  const state = { bytes: 0, known: false, stopped: false };
  const add = async () => {
    for await (const found of findEventFiles(paths.filter((path) => path !== "-"))) {
      if (state.stopped) return;
      if (found.is === "file") state.bytes += found.bytes;
    }
    state.known = !paths.includes("-");
  };
  void add();
  return {
    bytes: () => (state.known ? state.bytes : undefined),
    stop() {
      state.stopped = true;
    },
  };
}

/** "812 files, 94 MB/s, 3,401 SageMaker calls, 1:05 left". Seconds and bytes. */
export function inWords(
  { files, bytes, records }: { readonly files: number; readonly bytes: number; readonly records: number },
  seconds: number,
  all: number | undefined,
): string {
  const rate = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`;
  const calls = `${number(records)} SageMaker records (${number(Math.round(records / seconds))} a second)`;
  const left = all === undefined || bytes === 0 ? [] : [`${clock((seconds * (all - bytes)) / bytes)} left`];
  return [`${number(files)} files`, rate, calls, ...left].join(", ");
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
