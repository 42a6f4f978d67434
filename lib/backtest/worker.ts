import { parentPort, workerData } from "node:worker_threads";
import { readFile } from "../cloudtrail/read-log.ts";
import { createJudged, type Judged, judgeLog, type Policies } from "./judge-log.ts";

/** Files to be judged, or that there are no more: then what was judged is sent back. */
export type Order = { readonly files: readonly string[] } | { readonly end: true };
export type Reply =
  | { readonly is: "read"; readonly files: number; readonly records: number }
  | { readonly is: "judged"; readonly judged: Judged };

const policies: Policies = workerData;
const judged = createJudged();

parentPort?.on("message", (order: Order) => {
  if ("end" in order) {
    parentPort?.postMessage({ is: "judged", judged } satisfies Reply);
    parentPort?.close();
    return;
  }
  const before = judged.tally.records;
  for (const file of order.files) judgeLog(judged, file, readFile(file), policies);
  const records = judged.tally.records - before;
  parentPort?.postMessage({ is: "read", files: order.files.length, records } satisfies Reply);
});
