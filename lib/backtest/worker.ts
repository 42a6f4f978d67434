import { parentPort, workerData } from "node:worker_threads";
import { readLogFile } from "../cloudtrail/read-log.ts";
import { isIgnoredByName } from "./ignored-by-name.ts";
import { type BacktestState, createBacktestState, judgeLog, type Policies } from "./judge-log.ts";

/** Files to judge; or that there are no more: then the thread sends back all that it judged. */
export type Order = { readonly files: readonly string[] } | { readonly end: true };
export type Reply =
  | { readonly is: "read"; readonly files: number; readonly records: number }
  | { readonly is: "judged"; readonly state: BacktestState };

const policies: Policies = workerData;
const state = createBacktestState();

parentPort?.on("message", (order: Order) => {
  if ("end" in order) {
    parentPort?.postMessage({ is: "judged", state } satisfies Reply);
    parentPort?.close();
    return;
  }
  const before = state.tally.records;
  for (const file of order.files) judgeLog(state, file, readLogFile(file, { isSkipped: isIgnoredByName }), policies);
  const records = state.tally.records - before;
  parentPort?.postMessage({ is: "read", files: order.files.length, records } satisfies Reply);
});
