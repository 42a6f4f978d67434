import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Judged, Policies } from "./judge-log.ts";
import type { Order, Reply } from "./worker.ts";

/** One thread that judges files. */
export interface Thread {
  /** Judges files; gives how many SageMaker records they held. */
  judge(files: readonly string[]): Promise<number>;
  /** Ends the thread; gives all that it judged. */
  end(): Promise<Judged>;
}

/** Starts so many threads: some 0.1 s for all of them. */
export async function startThreads(many: number, { policy, other }: Policies): Promise<Thread[]> {
  const startWorker = await workerOf();
  return Array.from({ length: many }, () => startThread(startWorker({ policy, other })));
}

/**
 * How to start a worker. The built command has its code beside itself (scripts/bundle-cli.ts). From the sources it is
 * bundled first: a thread does not have its process's TypeScript loader (privatenumber/tsx#354).
 */
async function workerOf(): Promise<(workerData: Policies) => Worker> {
  if (!import.meta.url.endsWith(".ts")) {
    const file = new URL("./backtest-worker.mjs", import.meta.url);
    return (workerData) => new Worker(file, { workerData });
  }
  const { build } = await import("esbuild");
  const built = await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    ...{ bundle: true, write: false, platform: "node", format: "cjs", logLevel: "silent" },
  });
  const code = built.outputFiles[0]?.text ?? "";
  return (workerData) => new Worker(code, { eval: true, workerData });
}

function startThread(worker: Worker): Thread {
  const ended = new AbortController();
  worker.once("exit", () => ended.abort());
  const ask = async (order: Order): Promise<Reply> => {
    // Also fails where the thread throws; `once` takes its listeners away again.
    const answer = once(worker, "message", { signal: ended.signal });
    worker.postMessage(order);
    const [reply] = await answer;
    return reply;
  };
  return {
    async judge(files) {
      const reply = await ask({ files });
      return reply.is === "read" ? reply.records : 0;
    },
    async end() {
      const reply = await ask({ end: true });
      if (reply.is !== "judged") throw new Error("a thread gave another answer than it was asked for");
      return reply.judged;
    },
  };
}
