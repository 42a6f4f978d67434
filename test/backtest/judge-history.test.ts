import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type History, judgeHistory } from "../../lib/backtest/judge-history.ts";
import { type BacktestState, createBacktestState, judgeLog } from "../../lib/backtest/judge-log.ts";
import { LOG_LIMIT, readLog, readWhole } from "../../lib/cloudtrail/read-log.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Report } from "../../lib/core/report/report.ts";
import { reportOf } from "../../lib/core/report/tally.ts";
import { unpack } from "../../lib/files/gunzip.ts";
import { type OddLog, oddLogs } from "../cloudtrail/odd-logs.ts";
import { policyOf } from "../support/build.ts";

const policy = policyOf({ keys: { accept: "customer-managed" }, limits: { "stops-per-hour": 1 } });
const folder = mkdtempSync(join(tmpdir(), "keyward-history-"));
afterAll(() => rmSync(folder, { recursive: true }));

function writeAll(logs: readonly OddLog[], seed: number): string {
  const root = join(folder, String(seed));
  for (const { path, bytes } of logs) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

/** The report without the values that depend on where the test runs. */
function report({ tally, files, damaged, passedOver }: BacktestState, root: string): Report {
  const names = damaged.map(({ file }) => file.replace(`${root}/`, "")).sort();
  const read = { files, passedOver, damaged: names };
  return reportOf(tally, { of: "backtest", madeAt: "", policyVersion: "", policy, read });
}

const history = (paths: string[], threads: number): History => ({
  paths,
  policy,
  threads,
  worthThreads: 0,
  standardInput: async () => ({ is: "read", bytes: Buffer.alloc(0), isChecked: false }),
  signal: new AbortController().signal,
  onRead() {},
});

const isSageMaker = ({ eventSource, eventCategory }: JsonObject): boolean =>
  eventSource === "sagemaker.amazonaws.com" && eventCategory !== "Insight";

/** The expected state: the known records of each file, judged one by one. */
function judgeKnown(logs: readonly OddLog[]): BacktestState {
  const judged = createBacktestState();
  for (const { path, holds } of logs) {
    if (holds === "damaged") judgeLog(judged, path, { is: "damaged", because: "" }, { policy });
    else if (holds === "foreign") judgeLog(judged, path, { is: "foreign" }, { policy });
    else judgeLog(judged, path, { is: "read", calls: holds.filter(isSageMaker), skipped: 0 }, { policy });
  }
  return judged;
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])("a history with seed %i", (seed) => {
  const logs = oddLogs(seed);
  const root = writeAll(logs, seed);
  const known = JSON.stringify(report(judgeKnown(logs), root), null, 1);

  it("has every case that the next tests compare", () => {
    const { verdicts, read, limit } = report(judgeKnown(logs), root);
    expect(verdicts["non-compliant"]).toBeGreaterThan(0);
    expect(verdicts.undetermined).toBeGreaterThan(0);
    expect(read.doubles).toBeGreaterThan(0);
    expect(read.damaged).toHaveLength(12);
    expect(limit.waiting).toBeGreaterThan(0);
  });

  it("gives the same report with one thread", async () => {
    expect(JSON.stringify(report(await judgeHistory(history([root], 1)), root), null, 1)).toBe(known);
  });

  it("gives the same report with three threads", async () => {
    expect(JSON.stringify(report(await judgeHistory(history([root], 3)), root), null, 1)).toBe(known);
  });

  it("gives the same report in any order of its files", async () => {
    const paths = logs.map(({ path }) => join(root, path)).reverse();
    expect(JSON.stringify(report(await judgeHistory(history(paths, 1)), root), null, 1)).toBe(known);
  });

  it("gives the same report when every log is unpacked and parsed whole", () => {
    const judged = createBacktestState();
    for (const { path, bytes, holds } of logs) {
      const unpacked = bytes[0] === 0x1f && holds !== "damaged" ? gunzipSync(bytes) : bytes;
      judgeLog(judged, path, holds === "damaged" ? readLog(unpack(bytes, LOG_LIMIT)) : readWhole(unpacked), { policy });
    }
    expect(JSON.stringify(report(judged, root), null, 1)).toBe(known);
  });
});

describe("an interrupt", () => {
  const root = writeAll(oddLogs(9), 9);

  it.each([1, 3])("ends %i threads, which return the calls that they have judged", async (threads) => {
    const abort = new AbortController();
    const { files } = await judgeHistory({
      ...history([root], threads),
      signal: abort.signal,
      onRead: () => abort.abort(),
    });
    expect(files).toBeGreaterThan(0);
    if (threads === 1) expect(files).toBe(1);
  });
});

it("a path that does not exist is a fault, and the other paths are judged", async () => {
  const root = writeAll(oddLogs(10).slice(0, 1), 10);
  const { files, damaged, tally } = await judgeHistory(history([join(root, "nowhere"), root], 1));
  expect(damaged).toEqual([{ file: join(root, "nowhere"), because: "no such file or folder; check the path" }]);
  expect(files).toBe(2);
  expect(tally.records).toBeGreaterThan(0);
});
