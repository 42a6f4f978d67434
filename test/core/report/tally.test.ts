import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { dryRun } from "../../../lib/core/plan/dry-run.ts";
import { compareDecisions, comparisonOf } from "../../../lib/core/report/compare.ts";
import type { Report } from "../../../lib/core/report/report.ts";
import { createTally, mergeTally, reportOf, type Tally, tallyDecision } from "../../../lib/core/report/tally.ts";
import { createCallTally, mergeCalls } from "../../../lib/core/report/tally-calls.ts";
import { isoWeek } from "../../../lib/core/report/week.ts";
import { eventHead, sageMakerRecord } from "../../bench/corpus-sagemaker.ts";
import { randomOf } from "../../long/random.ts";
import { policyOf } from "../../support/build.ts";

const policy = policyOf({ keys: { accept: "customer-managed" }, limits: { "stops-per-hour": 1 } });
const any = policyOf();
const AT = new Date(0);
/** Guards against hanging only: these tests compute for seconds. */
const HANGS_MS = 120_000;

/** Records over five weeks: some twice, and some with the same ID and time but another request. */
function records(seed: number): JsonObject[] {
  const random = randomOf(seed);
  const all = Array.from({ length: 150 }, (_, i) => {
    const at = new Date(Date.UTC(2026, 9, 1, 0, i * 20 * random.below(17)));
    const account = random.pick(["111122223333", "444455556666"]);
    return sageMakerRecord(random, eventHead(random, account, "us-east-1", at), 2);
  });
  const again = all.filter(() => random.below(5) === 0);
  const altered = again.map((record) => ({
    ...random.pick(all),
    eventID: record.eventID,
    eventTime: record.eventTime,
  }));
  return [...all, ...again, ...altered] as JsonObject[];
}

const reportFor = (tally: Tally): Report =>
  reportOf(tally, { of: "backtest", madeAt: "", policyVersion: "", policy, read: { files: 0, damaged: [] } });

function tallied(all: readonly JsonObject[], maxFindings?: number): Tally {
  const tally = createTally(maxFindings);
  for (const record of all) tallyDecision(tally, dryRun(record, policy, AT).decision);
  return tally;
}

/** Each record by its number, in any order, in one of several parts. */
const spread = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  order: fc.array(fc.nat(), { minLength: 400, maxLength: 400 }),
  parts: fc.integer({ min: 1, max: 5 }),
  max: fc.constantFrom(3, 10, 1000),
});

function inParts(all: readonly JsonObject[], order: readonly number[], parts: number): JsonObject[][] {
  const shuffled = all.map((record, i) => [order[i] ?? 0, record] as const).sort(([a], [b]) => a - b);
  return Array.from({ length: parts }, (_, part) =>
    shuffled.filter(([key]) => key % parts === part).map(([, record]) => record),
  );
}

describe("a tally", () => {
  it(
    "is the same for any order of the records and any division into parts",
    () => {
      void fc.assert(
        fc.property(spread, ({ seed, order, parts, max }) => {
          const all = records(seed);
          const [first, ...rest] = inParts(all, order, parts).map((part) => tallied(part, max));
          for (const one of rest) if (first) mergeTally(first, structuredClone(one));
          expect(first && reportFor(first)).toEqual(reportFor(tallied(all, max)));
        }),
        { numRuns: 60 },
      );
    },
    HANGS_MS,
  );

  it("has the same counts as a simple loop", () => {
    const all = records(7);
    const worst = new Map<string, string>();
    const rank = ["non-compliant", "undetermined", "exempt", "compliant"];
    let judged = 0;
    for (const record of all) {
      const { eventID, eventTime, verdict } = dryRun(record, policy, AT).decision;
      if (verdict === "ignored") continue;
      judged++;
      const key = `${eventID} ${eventTime}`;
      const known = worst.get(key);
      if (known === undefined || rank.indexOf(verdict) < rank.indexOf(known)) worst.set(key, verdict);
    }
    const { verdicts, read, by, findings } = reportFor(tallied(all));
    for (const verdict of ["non-compliant", "undetermined", "compliant"] as const) {
      const many = [...worst.values()].filter((one) => one === verdict).length;
      expect(verdicts[verdict]).toBe(many);
      for (const groups of Object.values(by)) {
        expect(groups.reduce((sum, group) => sum + group.verdicts[verdict], 0)).toBe(many);
      }
    }
    expect(read).toMatchObject({ records: all.length, doubles: judged - worst.size });
    expect(findings.map(({ eventTime }) => eventTime)).toEqual(findings.map(({ eventTime }) => eventTime).sort());
    expect(by.week.length).toBeGreaterThan(2);
  });

  it("keeps the first findings and counts the others", () => {
    const all = records(3);
    const { findings } = reportFor(tallied(all));
    const some = reportFor(tallied(all, 5));
    expect(some.findings).toEqual(findings.slice(0, 5));
    expect(some.moreFindings).toBe(findings.length - 5);
  });

  it("counts the stops that have to wait", () => {
    const record = (minute: number, account: string): JsonObject => ({
      eventSource: "sagemaker.amazonaws.com",
      eventName: "CreateNotebookInstance",
      eventID: `${account} ${minute}`,
      eventTime: new Date(Date.UTC(2026, 10, 2, 9, minute)).toISOString(),
      awsRegion: "us-east-1",
      recipientAccountId: account,
      requestParameters: { notebookInstanceName: "ben", instanceType: "ml.t3.medium" },
    });
    const all = [0, 1, 2, 59, 60].map((minute) => record(minute, "111122223333"));
    const { limit } = reportFor(tallied([...all, record(5, "444455556666")]));
    expect(limit).toEqual({ stopsPerHour: 1, hoursOver: 1, waiting: 3 });
  });

  it("names creating calls that the catalogue does not know", () => {
    const record = {
      ...records(1)[0],
      eventName: "CreateSomethingNew",
      readOnly: false,
      requestParameters: { kmsKeyId: "" },
    };
    expect(reportFor(tallied([record as JsonObject])).unknownOperations).toEqual([
      { operation: "CreateSomethingNew", count: 1 },
    ]);
  });
});

describe("a comparison", () => {
  const compared = (all: readonly JsonObject[], max?: number) => {
    const tally = createCallTally(max);
    for (const one of all) compareDecisions(tally, dryRun(one, policy, AT).decision, dryRun(one, any, AT).decision);
    return tally;
  };
  const policies = { from: "a", to: "b" };

  it(
    "is the same for any order of the records and any division into parts",
    () => {
      void fc.assert(
        fc.property(spread, ({ seed, order, parts, max }) => {
          const all = records(seed);
          const [first, ...rest] = inParts(all, order, parts).map((part) => compared(part, max));
          for (const one of rest) if (first) mergeCalls(first, one);
          expect(first && comparisonOf(first, policies)).toEqual(comparisonOf(compared(all, max), policies));
        }),
        { numRuns: 30 },
      );
    },
    HANGS_MS,
  );

  it("reports each change, and nothing else", () => {
    const { calls, differing, verdicts, kinds, differences } = comparisonOf(compared(records(2)), policies);
    expect(differing).toBe(differences.length);
    expect(verdicts.reduce((sum, { count }) => sum + count, 0)).toBe(calls);
    expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(calls);
    const opened = differences.filter(({ from, to }) => from === "undetermined" && to === "compliant");
    expect(opened.length).toBeGreaterThan(0);
    for (const { settings } of opened) {
      expect(settings.every(({ from, to }) => from === "undetermined" && to === "accepted")).toBe(true);
    }
  });
});

it.each([
  ["2026-11-02T09", "2026-W45"],
  ["2026-11-01T23", "2026-W44"],
  ["2026-01-01T00", "2026-W01"],
  ["2027-01-03T00", "2026-W53"],
  ["2024-12-30T00", "2025-W01"],
  ["2021-01-03T12", "2020-W53"],
  ["not a time", "unknown"],
])("the time %s is in week %s", (time, week) => expect(isoWeek(time)).toBe(week));
