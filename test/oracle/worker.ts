import { parentPort, workerData } from "node:worker_threads";
import { run } from "./run.ts";

/** One part of a run, in a thread of its own. */
const { count, seed } = workerData as { readonly count: number; readonly seed: number };
parentPort?.postMessage(run(count, seed));
