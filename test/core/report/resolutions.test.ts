import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { dryRun } from "../../../lib/core/plan/dry-run.ts";
import type { Report } from "../../../lib/core/report/report.ts";
import { createTally, reportOf, tallyDecision } from "../../../lib/core/report/tally.ts";
import type { Policy } from "../../../lib/policy/schema.ts";
import { resolutionSentence } from "../../../lib/wording/resolution-words.ts";
import { callOf, KEY, policyOf } from "../../support/build.ts";
import { recordOf } from "../../support/world.ts";

const CENTRAL = KEY.replace("111122223333", "444455556666");
const managed = (keys: object = {}): Policy => policyOf({ keys: { accept: "customer-managed", ...keys } });

const jobs = (many: number, volume: string, output: string, more: JsonObject = {}) =>
  Array.from({ length: many }, () =>
    recordOf(
      callOf("CreateTrainingJob", {
        TrainingJobName: "t",
        OutputDataConfig: { KmsKeyId: output },
        ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: volume },
        ...more,
      }),
    ),
  );

const history = [
  ...jobs(40, CENTRAL, CENTRAL),
  ...jobs(7, CENTRAL, KEY),
  ...jobs(12, "alias/ml", "alias/ml"),
  ...jobs(3, "alias/rare", "alias/rare"),
  ...jobs(5, KEY, KEY),
  ...jobs(6, CENTRAL, CENTRAL, { CheckpointConfig: { S3Uri: "s3://scratch/c" } }),
  ...jobs(2, CENTRAL, "no key"),
];

function reportFor(policy: Policy): Report {
  const tally = createTally();
  for (const record of history) tallyDecision(tally, dryRun(record, policy, new Date(0)).decision);
  const read = { files: 1, damaged: [] };
  return reportOf(tally, { of: "backtest", madeAt: "", policyVersion: "", policy, read });
}

describe("the steps that resolve undetermined calls", () => {
  const { resolutions } = reportFor(managed());

  it("name accounts, aliases that many calls name, and look-ups", () => {
    expect(resolutions).toEqual({
      of: 75,
      together: 73,
      steps: [
        { add: "keys.accounts", value: "444455556666", resolves: 40, neededBy: 55 },
        { add: "keys.allow", value: "alias/ml", resolves: 12, neededBy: 12 },
        { add: null, resolves: 8, neededBy: 21 },
      ],
    });
    expect(resolutions.steps.map((step) => resolutionSentence(resolutions, step))).toEqual([
      "add account 444455556666 to keys.accounts: resolves 40 of 75, and 15 more with other steps",
      "add alias/ml to keys.allow: resolves 12 of 75",
      "a look-up, which the function makes by itself: resolves 8 of 75, and 13 more with other steps",
    ]);
  });

  it("have the numbers that a second backtest confirms", () => {
    for (const { add, value, resolves } of resolutions.steps) {
      if (add === null) continue;
      const { verdicts } = reportFor(managed({ [add.slice("keys.".length)]: [value] }));
      expect(verdicts).toMatchObject({ compliant: resolves, undetermined: resolutions.of - resolves });
    }
  });

  it("contain nothing that the policy would refuse", () => {
    const added = (policy: Policy) => reportFor(policy).resolutions.steps.flatMap(({ value }) => value ?? []);
    expect(added(managed({ deny: ["alias/old"] }))).toEqual([]);
    expect(added(managed({ deny: [KEY] }))).toEqual(["444455556666"]);
    expect(added(managed({ accounts: ["444455556666"] }))).toEqual(["alias/ml"]);
    // Only the checkpoints' bucket is left to look up.
    const left = [{ add: null, resolves: 6, neededBy: 6 }];
    expect(reportFor(policyOf()).resolutions).toEqual({ of: 8, together: 6, steps: left });
  });
});
