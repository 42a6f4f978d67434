import { setImmediate } from "node:timers/promises";
import { type Found, findFiles } from "../cloudtrail/find-files.ts";
import { readFile, readLog } from "../cloudtrail/read-log.ts";
import { createJudged, type Judged, judgeLog, mergeJudged, type Policies } from "./judge-log.ts";
import { startThreads, type Thread } from "./threads.ts";

export interface History extends Policies {
  /** Files and folders; `-` is what `standardInput` gives. */
  readonly paths: readonly string[];
  readonly standardInput: () => Promise<Buffer>;
  readonly threads: number;
  /** Fewer bytes than these, as they lie on the disk, are read without threads. */
  readonly worthThreads?: number;
  /** Stops after the files at hand. */
  readonly signal: AbortSignal;
  /** Told of progress: files, their bytes as they lie on the disk, SageMaker records. */
  onRead(files: number, bytes: number, records: number): void;
}

type File = Extract<Found, { is: "file" }>;

/** Below this threads cost more than they save: they take a tenth of a second to start. Bytes as they lie on the disk. */
const WORTH_THREADS = 16 * 1024 * 1024;
/** So much is given to a thread at once: some 30 ms of work, so that the end comes to all at about the same time. */
const CHUNK_BYTES = 2 * 1024 * 1024;
const CHUNK_FILES = 64;

/** Judges all files under the paths; what it holds meanwhile does not grow with what is read. */
export async function judgeHistory(history: History): Promise<Judged> {
  const judged = createJudged();
  const files = filesOf(history, judged);
  const few: File[] = [];
  const { worthThreads = WORTH_THREADS } = history;
  let bytes = 0;
  while (history.threads > 1 && bytes < worthThreads && few.length < 10_000) {
    const next = await files.next();
    if (next.done) return judgeHere(history, judged, few);
    few.push(next.value);
    bytes += next.value.bytes;
  }
  if (history.threads <= 1) return judgeHere(history, judged, files);
  return judgeInThreads(history, judged, chunksOf(followedBy(few, files)));
}

/** The files found, and then standard input, which is judged on the way; what cannot be found is noted. */
async function* filesOf(history: History, judged: Judged): AsyncGenerator<File, undefined> {
  const { paths, signal } = history;
  for await (const found of findFiles(paths.filter((path) => path !== "-"))) {
    if (signal.aborted) return;
    if (found.is === "file") yield found;
    else judgeLog(judged, found.path, { is: "damaged", because: found.because }, history);
  }
  if (!paths.includes("-")) return;
  const bytes = await history.standardInput();
  if (signal.aborted) return;
  judgeLog(judged, "standard input", readLog(bytes), history);
  history.onRead(1, bytes.length, judged.tally.records);
}

async function judgeHere(
  history: History,
  judged: Judged,
  files: Iterable<File> | AsyncIterable<File>,
): Promise<Judged> {
  for await (const { path, bytes } of files) {
    if (history.signal.aborted) break;
    const before = judged.tally.records;
    judgeLog(judged, path, readFile(path), history);
    history.onRead(1, bytes, judged.tally.records - before);
    // Reading and unpacking hold up everything else, an interrupt too.
    await setImmediate();
  }
  return judged;
}

async function judgeInThreads(history: History, judged: Judged, chunks: AsyncGenerator<File[]>): Promise<Judged> {
  const work = async (thread: Thread): Promise<Judged> => {
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
  for (const part of parts) mergeJudged(judged, part);
  return judged;
}

async function* followedBy(few: readonly File[], files: AsyncIterable<File>): AsyncGenerator<File> {
  yield* few;
  yield* files;
}

async function* chunksOf(files: AsyncIterable<File>): AsyncGenerator<File[], undefined> {
  let chunk: File[] = [];
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
