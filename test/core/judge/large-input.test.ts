import { expect, it } from "vitest";
import { dryRun } from "../../../lib/core/plan/dry-run.ts";
import { callOf, policyOf } from "../../support/build.ts";
import { recordOf } from "../../support/world.ts";

/**
 * Input that only a test or an attacker would send. The time to judge it grows no faster than its size.
 */

const customer = policyOf({ keys: { accept: "customer-managed" } });
const AT = new Date(0);
const decide = (operation: string, request: object, policy = customer) =>
  dryRun(recordOf(callOf(operation, request as never)), policy, AT).decision;
const pipeline = (steps: unknown[], parameters: unknown[] = []) =>
  decide("CreatePipeline", {
    PipelineName: "p",
    PipelineDefinition: JSON.stringify({ Version: "2020-12-01", Parameters: parameters, Steps: steps }),
  });

it("a list of 20,000 empty elements is read up to its limit, and the rest is undetermined", () => {
  const training = {
    Name: "T",
    Type: "Training",
    Arguments: { ResourceConfig: { InstanceGroups: Array(20_000).fill({}) } },
  };
  expect(pipeline([training]).verdict).toBe("non-compliant");
  const tuning = decide("CreateHyperParameterTuningJob", { TrainingJobDefinitions: Array(20_000).fill({}) });
  expect(tuning.settings.some(({ reason }) => reason?.code === "too-many-elements")).toBe(true);
  expect(tuning.settings.length).toBeLessThan(5_000);
});

it("a parameter of 200 KB that is joined 3,000 times leaves the key undetermined", () => {
  const join = { "Std:Join": { On: "", Values: Array(3_000).fill({ Get: "Parameters.Long" }) } };
  const training = {
    Name: "T",
    Type: "Training",
    Arguments: {
      OutputDataConfig: { S3OutputPath: join, KmsKeyId: join },
      ResourceConfig: { InstanceType: "ml.g5.xlarge" },
    },
  };
  const { verdict, settings } = pipeline(
    [training],
    [{ Name: "Long", Type: "String", DefaultValue: "x".repeat(200_000) }],
  );
  expect(verdict).toBe("undetermined");
  expect(settings.find(({ protects }) => protects === "output")).toMatchObject({ reason: { code: "depends-on" } });
});

it("a deny pattern with five stars is compared with a key of 2 KB", () => {
  const policy = policyOf({ keys: { accept: "any", deny: ["arn:aws:kms:*:111122223333:key/*a*a*a*b"] } });
  const key = `arn:aws:kms:us-east-1:111122223333:key/${"a".repeat(2_000)}`;
  expect(decide("CreateNotebookInstance", { KmsKeyId: key }, policy).verdict).toBe("compliant");
  expect(decide("CreateNotebookInstance", { KmsKeyId: `${key}b` }, policy).verdict).toBe("non-compliant");
});
