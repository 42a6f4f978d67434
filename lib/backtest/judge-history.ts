import { setImmediate } from "node:timers/promises";
import { findEventFiles } from "../cloudtrail/event-files.ts";
import { readLog, readLogFile } from "../cloudtrail/read-log.ts";
import type { FoundFile } from "../files/find-files.ts";
import type { FileContent } from "../files/read-file.ts";
import { isIgnoredByName } from "./ignored-by-name.ts";
import { type BacktestState, createBacktestState, judgeLog, mergeStates, type Policies } from "./judge-log.ts";
import { startThreads, type Thread } from "./threads.ts";

export interface History extends Policies {
  /** Files and folders; `-` stands for standard input. */
  readonly paths: readonly string[];
  readonly standardInput: () => Promise<FileContent>;
  readonly threads: number;
  /** Fewer bytes than these are read without threads. The sizes are those of the files on the disk. */
  readonly worthThreads?: number;
  /** Stops after the files at hand. */
  readonly signal: AbortSignal;
  /** Progress since the last call: files, their bytes on the disk, SageMaker records. */
  onRead(files: number, bytes: number, records: number): void;
}

type LogFile = Extract<FoundFile, { is: "file" }>;

/** Below so many bytes on the disk, threads cost more than they save: they take some tenths of a second to start. */
const WORTH_THREADS = 16 * 1024 * 1024;
/** One order of a thread: some 30 ms of work, so that all threads end at about the same time. */
const CHUNK_BYTES = 2 * 1024 * 1024;
const CHUNK_FILES = 64;

const SLICING = { isSkipped: isIgnoredByName };

/** Judges all files under the paths; its memory does not grow with the bytes that it reads. */
export async function judgeHistory(history: History): Promise<BacktestState> {
  const state = createBacktestState();
  const files = filesOf(history, state);
  const few: LogFile[] = [];
  const { worthThreads = WORTH_THREADS } = history;
  let bytes = 0;
  while (history.threads > 1 && bytes < worthThreads && few.length < 10_000) {
    const next = await files.next();
    if (next.done) return judgeHere(history, state, few);
    few.push(next.value);
    bytes += next.value.bytes;
  }
  if (history.threads <= 1) return judgeHere(history, state, files);
  return judgeInThreads(history, state, chunksOf(followedBy(few, files)));
}

/** The files found. Standard input comes last and is judged here; a path that cannot be read is noted. */
async function* filesOf(history: History, state: BacktestState): AsyncGenerator<LogFile, undefined> {
  const { paths, signal } = history;
  for await (const found of findEventFiles(paths.filter((path) => path !== "-"))) {
    if (signal.aborted) return;
    if (found.is === "file") yield found;
    else if (found.is === "fault") judgeLog(state, found.path, { is: "damaged", because: found.because }, history);
  }
  if (!paths.includes("-")) return;
  const content = await history.standardInput();
  if (signal.aborted) return;
  judgeLog(state, "standard input", readLog(content, SLICING), history);
  history.onRead(1, content.is === "read" ? content.bytes.length : 0, state.tally.records);
}

async function judgeHere(
  history: History,
  state: BacktestState,
  files: Iterable<LogFile> | AsyncIterable<LogFile>,
): Promise<BacktestState> {
  for await (const { path, bytes } of files) {
    if (history.signal.aborted) break;
    const before = state.tally.records;
    judgeLog(state, path, readLogFile(path, SLICING), history);
    history.onRead(1, bytes, state.tally.records - before);
    // Reading and unpacking hold up everything else, an interrupt too.
    await setImmediate();
  }
  return state;
}

async function judgeInThreads(
  history: History,
  state: BacktestState,
  chunks: AsyncGenerator<LogFile[]>,
): Promise<BacktestState> {
  const work = async (thread: Thread): Promise<BacktestState> => {
    for (;;) {
      // An async generator queues its callers, so that each chunk goes to one thread.
      const { value: files, done } = await chunks.next();
      if (done || history.signal.aborted) return thread.end();
      const records = await thread.judge(files.map(({ path }) => path));
      history.onRead(
        files.length,
        files.reduce((sum, { bytes }) => sum + bytes, 0),
        records,
      );
    }
  };
  const parts = await Promise.all((await startThreads(history.threads, history)).map(work));
  for (const part of parts) mergeStates(state, part);
  return state;
}

async function* followedBy(few: readonly LogFile[], files: AsyncIterable<LogFile>): AsyncGenerator<LogFile> {
  yield* few;
  yield* files;
}

async function* chunksOf(files: AsyncIterable<LogFile>): AsyncGenerator<LogFile[], undefined> {
  let chunk: LogFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    chunk.push(file);
    bytes += file.bytes;
    if (bytes < CHUNK_BYTES && chunk.length < CHUNK_FILES) continue;
    yield chunk;
    [chunk, bytes] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
