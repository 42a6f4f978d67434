import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { BacktestState, Policies } from "./judge-log.ts";
import type { Order, Reply } from "./worker.ts";

/** One thread that judges files. */
export interface Thread {
  /** Judges files; gives how many SageMaker records they held. */
  judge(files: readonly string[]): Promise<number>;
  /** Ends the thread; gives all that it judged. */
  end(): Promise<BacktestState>;
}

/** Starts so many threads. */
export async function startThreads(count: number, { policy, other }: Policies): Promise<Thread[]> {
  const code = await workerCode();
  // Options such as --import are for this process: a thread needs no loader.
  const options = { workerData: { policy, other } satisfies Policies, execArgv: [] };
  return Array.from({ length: count }, () =>
    startThread(typeof code === "string" ? new Worker(code, { ...options, eval: true }) : new Worker(code, options)),
  );
}

/**
 * The worker as a file or as code. The built command has it as an entry of its own, `backtest-worker.mjs`, beside the
 * file that this one is bundled into. From the sources it is bundled first; no bundler follows that import, as its
 * address is not a literal.
 */
async function workerCode(): Promise<URL | string> {
  if (!import.meta.url.endsWith(".ts")) return new URL("./backtest-worker.mjs", import.meta.url);
  const bundler: typeof import("./bundle-worker.ts") = await import(
    new URL("./bundle-worker.ts", import.meta.url).href
  );
  return bundler.bundleWorker();
}

function startThread(worker: Worker): Thread {
  const ended = new AbortController();
  worker.once("exit", () => ended.abort());
  return {
    async judge(files) {
      const reply = await send(worker, { files }, ended.signal);
      return reply.is === "read" ? reply.records : 0;
    },
    async end() {
      const reply = await send(worker, { end: true }, ended.signal);
      if (reply.is !== "judged") throw new Error(`a thread answered "${reply.is}" to the order to end`);
      return reply.state;
    },
  };
}

/** Sends an order and waits for its reply. Rejects where the thread throws or exits; `once` removes its listeners again. */
async function send(worker: Worker, order: Order, ended: AbortSignal): Promise<Reply> {
  const answer = once(worker, "message", { signal: ended });
  worker.postMessage(order);
  const [reply] = await answer;
  return reply;
}
