import { expect, it } from "vitest";
import { foresee } from "../../lib/core/plan/dry-run.ts";
import { faultLine, logLine } from "../../lib/enforce/record.ts";
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

it("a decision is one log line that is also its metrics, with no secret of the record", () => {
  const { decision } = foresee(event, policyOf(), new Date(0));
  const line = logLine(decision, new Date(7));
  expect(line).not.toContain("\n");
  expect(line).not.toContain(SECRET);
  const parsed = JSON.parse(line);
  const [{ Namespace, Metrics }] = parsed._aws.CloudWatchMetrics;
  expect(Namespace).toBe("Keyward");
  for (const { Name } of Metrics) expect(parsed[Name]).toBeTypeOf("number");
  expect(parsed).toMatchObject({ Events: 1, NonCompliant: 1, UnknownOperations: 0, verdict: "non-compliant" });
});

it("counts operations that the catalogue does not hold", () => {
  const unknown = recordOf(callOf("CreateQuantumJob", { KmsKeyId: "alias/x" }));
  const { decision } = foresee(unknown, policyOf(), new Date(0));
  expect(JSON.parse(logLine(decision, new Date(0)))).toMatchObject({ UnknownOperations: 1, Undetermined: 1 });
});

it("a fault of its own is one line", () => {
  expect(JSON.parse(faultLine("m1", new Error("oops")))).toMatchObject({
    level: "ERROR",
    messageId: "m1",
    fault: { message: "oops" },
  });
});
