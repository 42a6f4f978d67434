import { describe, expect, it } from "vitest";
import type { Reason } from "../../lib/core/model/reason.ts";
import type { Outcome } from "../../lib/core/model/types.ts";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { faultLine, logLine } from "../../lib/enforce/record.ts";
import { say } from "../../lib/wording/reasons/say.ts";
import { callOf, policyOf } from "../support/build.ts";
import { recordOf } from "../support/world.ts";

const SECRET = "hunter2-canary";
const event = recordOf(
  callOf("CreateTrainingJob", {
    TrainingJobName: "churn",
    Environment: { DB_PASSWORD: SECRET },
    HyperParameters: { token: SECRET },
    AlgorithmSpecification: { ContainerArguments: [SECRET] },
    Tags: [{ Key: "k", Value: SECRET }],
  }),
);

/** Every metric of a decision that nothing was done about. */
const NONE = {
  Events: 0,
  Compliant: 0,
  NonCompliant: 0,
  Undetermined: 0,
  Exempt: 0,
  Malformed: 0,
  UnknownOperations: 0,
  Stopped: 0,
  Deferred: 0,
  Limited: 0,
  LedgerUnavailable: 0,
  Denied: 0,
  Failed: 0,
};

it("a decision is one log line that is also its metrics, with no secret of the record", () => {
  const { decision } = dryRun(event, policyOf(), new Date(0));
  const line = logLine(decision, new Date(7));
  expect(line).not.toContain("\n");
  expect(line).not.toContain(SECRET);
  const parsed = JSON.parse(line);
  const [{ Namespace, Metrics }] = parsed._aws.CloudWatchMetrics;
  expect(Namespace).toBe("Keyward");
  const values = Object.fromEntries(Metrics.map(({ Name }: { Name: string }) => [Name, parsed[Name]]));
  expect(values).toEqual({ ...NONE, Events: 1, NonCompliant: 1 });
  expect(parsed.verdict).toBe("non-compliant");
});

it("the metrics' dimension is the stack's name, and without a stack there is none", () => {
  const { decision } = dryRun(event, policyOf(), new Date(0));
  const of = (stack?: string) => JSON.parse(logLine(decision, new Date(7), stack));
  expect(of("keyward-prod")._aws.CloudWatchMetrics[0].Dimensions).toEqual([["Stack"]]);
  expect(of("keyward-prod").Stack).toBe("keyward-prod");
  expect(of()._aws.CloudWatchMetrics[0].Dimensions).toEqual([[]]);
  expect(of()).not.toHaveProperty("Stack");
});

it("what is done is counted, with the milliseconds from the call", () => {
  const { decision } = dryRun(event, policyOf(), new Date(0));
  const acted = { ...decision, actions: [{ do: "stop", outcome: "done" }] } as const;
  const line = JSON.parse(logLine(acted, new Date("2026-11-02T09:15:07.250Z")));
  expect(line).toMatchObject({ ...NONE, Events: 1, NonCompliant: 1, Stopped: 1, ActedAfter: 7_250 });
  expect(line._aws.CloudWatchMetrics[0].Metrics).toContainEqual({ Name: "ActedAfter", Unit: "Milliseconds" });
});

it("counts operations that the catalogue does not hold", () => {
  const unknown = recordOf(callOf("CreateQuantumJob", { KmsKeyId: "alias/x" }));
  const { decision } = dryRun(unknown, policyOf(), new Date(0));
  expect(JSON.parse(logLine(decision, new Date(0)))).toMatchObject({ UnknownOperations: 1, Undetermined: 1 });
});

it("a fault of its own is one line", () => {
  expect(JSON.parse(faultLine({ messageId: "m1" }, new Error("oops")))).toMatchObject({
    level: "ERROR",
    messageId: "m1",
    fault: { message: "oops" },
  });
});

describe("the metrics of outcomes, which alarms read, count by code", () => {
  const { decision } = dryRun(event, policyOf(), new Date(0));
  const gone = { code: "aws-failed", error: "e", message: "the policy's limit; the ledger cannot be written" } as const;
  const deferred = (reason: Reason) => ({ do: "stop", outcome: "deferred", reason }) as const;

  it.each([
    [deferred({ code: "limit-reached", stopsPerHour: 3 }), { Deferred: 1, Limited: 1 }],
    [deferred({ code: "ledger-unavailable", answer: gone }), { Deferred: 1, LedgerUnavailable: 1 }],
    // What AWS wrote is not read, whatever it says.
    [deferred(gone), { Deferred: 1 }],
    [{ do: "stop", outcome: "denied", reason: { ...gone, code: "aws-denied" } }, { Denied: 1 }],
    [{ do: "stop", outcome: "failed", reason: gone }, { Failed: 1 }],
    [{ do: "stop", outcome: "failed", reason: { code: "fault", error: "e" } }, { Failed: 1 }],
    [
      { do: "stop", outcome: "done" },
      { Stopped: 1, ActedAfter: 1_000 },
    ],
    [{ do: "tag", outcome: "done" }, { ActedAfter: 1_000 }],
  ] satisfies [Outcome, object][])("%j", (outcome, counted) => {
    const line = JSON.parse(logLine({ ...decision, actions: [outcome] }, new Date("2026-11-02T09:15:01Z")));
    const metrics: { Name: string }[] = line._aws.CloudWatchMetrics[0].Metrics;
    const values = Object.fromEntries(metrics.map(({ Name }) => [Name, line[Name]]));
    expect(values).toEqual({ ...NONE, Events: 1, NonCompliant: 1, ...counted });
    const { reason } = outcome as Outcome;
    expect(line.actions).toEqual([
      { do: outcome.do, outcome: outcome.outcome, ...(reason && { code: reason.code, because: say(reason) }) },
    ]);
  });
});
