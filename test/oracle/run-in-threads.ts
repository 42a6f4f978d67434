import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Agreement } from "./run.ts";

/** A run in as many parts as there are cores. Request `i` has the seed `seed + i`, however many those are. */
export async function runInThreads(count: number, seed: number): Promise<Agreement> {
  const threads = availableParallelism();
  const each = Math.ceil(count / threads);
  const parts = Array.from({ length: threads }, (_, i) => ({
    count: Math.max(0, Math.min(each, count - i * each)),
    seed: seed + i * each,
  }));
  return (await Promise.all(parts.map(inThread))).reduce(merged);
}

/** On Node 20, a thread does not take over tsx from its parent. */
const START = `import("tsx/esm/api").then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL("./worker.ts", import.meta.url).href)});
});`;

const inThread = (workerData: { readonly count: number; readonly seed: number }): Promise<Agreement> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(START, { eval: true, workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

function merged(a: Agreement, b: Agreement): Agreement {
  const verdicts = new Map([...a.verdicts].map(([id, counts]) => [id, new Map(counts)]));
  for (const [id, counts] of b.verdicts) {
    const sums = verdicts.get(id) ?? new Map<string, number>();
    verdicts.set(id, sums);
    for (const [is, n] of counts) sums.set(is, (sums.get(is) ?? 0) + n);
  }
  const disagreement = a.disagreement ?? b.disagreement;
  return {
    requests: a.requests + b.requests,
    settings: a.settings + b.settings,
    verdicts,
    ...(disagreement && { disagreement }),
  };
}
