import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { Json, JsonObject } from "../../../lib/core/model/json.ts";
import { plan } from "../../../lib/core/plan/plan.ts";
import { parse } from "../../../lib/core/read/parse.ts";
import { callOf, KEY, policyOf, verdictOf } from "../../support/build.ts";
import { recordOf } from "../../support/world.ts";

const OutputDataConfig = { S3OutputPath: "s3://b/o", KmsKeyId: KEY };
const ResourceConfig = { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY };
const without = { InstanceType: "ml.m5.large" };

const stops = (operation: string, request: JsonObject): boolean => {
  const policy = policyOf();
  const planned = plan(judge(callOf(operation, request), policy, new Map()), policy, new Date(0));
  return planned.some((action) => action.do === "stop" && !("skip" in action));
};

describe("a member in both spellings", () => {
  const both: [string, JsonObject, string, string][] = [
    [
      "a key",
      { VolumeKmsKeyId: KEY, volumeKmsKeyId: "alias/other", InstanceType: "ml.m5.large" },
      "undetermined",
      "both-spellings",
    ],
    [
      "a key, once empty",
      { VolumeKmsKeyId: "", volumeKmsKeyId: KEY, InstanceType: "ml.m5.large" },
      "undetermined",
      "both-spellings",
    ],
    [
      "a key, once null",
      { VolumeKmsKeyId: null, volumeKmsKeyId: KEY, InstanceType: "ml.m5.large" },
      "accepted",
      "any-key-accepted",
    ],
    [
      "a key, twice the same",
      { VolumeKmsKeyId: KEY, volumeKmsKeyId: KEY, InstanceType: "ml.m5.large" },
      "accepted",
      "any-key-accepted",
    ],
    [
      "an instance type",
      { InstanceType: "ml.g5.xlarge", instanceType: "ml.m5.large" },
      "undetermined",
      "both-spellings",
    ],
  ];
  it.each(both)("is judged in ResourceConfig: %s", (_what, config, is, code) => {
    const judged = verdictOf("CreateTrainingJob", { OutputDataConfig, ResourceConfig: config });
    expect(judged.settings[1]).toMatchObject({ path: "ResourceConfig.VolumeKmsKeyId", is, reason: { code } });
  });

  it.each([
    [{ ResourceConfig, resourceConfig: without }, "undetermined"],
    [{ ResourceConfig, resourceConfig: { ...ResourceConfig } }, "compliant"],
  ])("is judged if it is a structure: %j", (request, verdict) => {
    const whole = { OutputDataConfig, ...request } as JsonObject;
    expect(verdictOf("CreateTrainingJob", whole).verdict).toBe(verdict);
    expect(stops("CreateTrainingJob", whole)).toBe(false);
  });

  it("leaves a switch undetermined", () => {
    const OnlineStoreConfig = { EnableOnlineStore: false, enableOnlineStore: true };
    const judged = verdictOf("CreateFeatureGroup", { OnlineStoreConfig });
    expect(judged.settings[0]).toMatchObject({ is: "undetermined", reason: { code: "both-spellings" } });
  });

  it("leaves a bucket undetermined", () => {
    const CheckpointConfig = { S3Uri: "s3://one/a", s3Uri: "s3://two/a" };
    const judged = verdictOf("CreateTrainingJob", { OutputDataConfig, ResourceConfig, CheckpointConfig });
    expect(judged.settings.at(-1)).toMatchObject({ is: "undetermined", reason: { code: "both-spellings" } });
  });
});

describe("a member that is neither a structure nor a list as expected", () => {
  const odd: [string, JsonObject, string][] = [
    ["CreateTrainingJob", { OutputDataConfig, ResourceConfig: [without] }, "ResourceConfig"],
    ["CreateTrainingJob", { OutputDataConfig, ResourceConfig: 7 }, "ResourceConfig"],
    ["CreateTrainingJob", { OutputDataConfig: [OutputDataConfig], ResourceConfig }, "OutputDataConfig"],
    [
      "CreateTrainingJob",
      { OutputDataConfig, ResourceConfig: { InstanceGroups: without } },
      "ResourceConfig.InstanceGroups",
    ],
    ["CreateFeatureGroup", { OnlineStoreConfig: [{ EnableOnlineStore: true }] }, "OnlineStoreConfig"],
    ["CreateHyperParameterTuningJob", { TrainingJobDefinitions: { OutputDataConfig } }, "TrainingJobDefinitions"],
    ["CreateHyperParameterTuningJob", { TrainingJobDefinitions: [7] }, "TrainingJobDefinitions[]"],
    ["CreateUserProfile", { UserSettings: "all" }, "UserSettings"],
    ["CreateEndpointConfig", { ProductionVariants: without }, "ProductionVariants"],
    [
      "CreateCluster",
      { NodeProvisioningMode: "Continuous", InstanceGroups: [{ InstanceStorageConfigs: [7] }] },
      "InstanceGroups[].InstanceStorageConfigs",
    ],
  ];
  it.each(odd)("makes %s %j undetermined, and the reason has its path", (operation, request, path) => {
    const judged = verdictOf(operation, request);
    expect(judged.verdict).toBe("undetermined");
    expect(judged.settings.map(({ reason }) => reason)).toContainEqual({ code: "unexpected-shape", path });
    expect(stops(operation, request)).toBe(false);
  });
});

describe("a key of another partition", () => {
  const elsewhere = KEY.replace("arn:aws:kms:us-east-1", "arn:aws-cn:kms:cn-north-1");
  const judged = (key: string, region: string) => {
    const call = { ...callOf("CreateNotebookInstance", { KmsKeyId: key }), region };
    return judge(call, policyOf({ keys: { accept: "customer-managed" } }), new Map());
  };
  it("is never looked up", () => {
    expect(judged(elsewhere, "us-east-1")).toMatchObject({
      verdict: "undetermined",
      lookUps: [],
      settings: [{ reason: { code: "key-of-other-partition", partition: "aws-cn" } }],
    });
  });
  it.each([
    ["cn-north-1", elsewhere],
    ["us-gov-west-1", KEY.replace("arn:aws:kms:us-east-1", "arn:aws-us-gov:kms:us-gov-west-1")],
    ["eusc-de-east-1", KEY.replace("arn:aws:kms:us-east-1", "arn:aws-eusc:kms:eusc-de-east-1")],
    ["us-iso-east-1", KEY.replace("arn:aws:kms:us-east-1", "arn:aws-iso:kms:us-iso-east-1")],
    ["us-isob-east-1", KEY.replace("arn:aws:kms:us-east-1", "arn:aws-iso-b:kms:us-isob-east-1")],
  ])("is looked up in its own partition: %s", (region, key) => {
    expect(judged(key, region).lookUps).toMatchObject([{ ask: "key", key }]);
  });
  it("is not recognised as a key if its account is aws", () => {
    const key = KEY.replace("111122223333", "aws");
    expect(judged(key, "us-east-1")).toMatchObject({
      verdict: "undetermined",
      settings: [{ reason: { code: "key-unrecognised" } }],
    });
  });
});

describe("a record with parts of the wrong type", () => {
  const record = recordOf(callOf("CreateNotebookInstance", { NotebookInstanceName: "nb" }));
  it.each([
    [{ requestParameters: [{ notebookInstanceName: "nb" }] }, "request-not-an-object"],
    [{ requestParameters: 7 }, "request-not-an-object"],
    [{ requestParameters: "nb" }, "request-not-an-object"],
    [{ requestParameters: null }, "member-missing"],
    [{ eventName: "CreateQuantumJob", requestParameters: [1] }, "request-not-an-object"],
    [{ recipientAccountId: "aws" }, "not-an-account"],
    [{ recipientAccountId: "11112222333" }, "not-an-account"],
    [{ awsRegion: "us-east-1.example.com/" }, "not-a-region"],
  ] as [Record<string, Json>, string][])("is malformed: %j", (change, code) => {
    expect(parse({ ...record, ...change })).toMatchObject({ is: "malformed", reason: { code } });
  });
});

describe("a parent that cannot be stopped for its child", () => {
  const policy = policyOf();
  const stopOf = (operation: string, request: JsonObject, output?: JsonObject) => {
    const call = { ...callOf(operation, request), byService: true } as const;
    const first = judge(call, policy, new Map());
    const [lookUp] = first.lookUps;
    const id =
      lookUp?.ask === "describe"
        ? `describe 111122223333 us-east-1 ${lookUp.operation} ${Object.entries(lookUp.input).sort().join(" ")}`
        : "";
    const judged = output ? judge(call, policy, new Map([[id, { is: "described", output }]])) : first;
    return { parent: judged.parent, stop: plan(judged, policy, new Date(0)).find((action) => action.do === "stop") };
  };

  it("is the training job of a Debugger rule", () => {
    const TrainingJobArn = "arn:aws:sagemaker:us-east-1:111122223333:training-job/churn";
    const request = { ProcessingJobName: "churn-rule", ProcessingResources: { ClusterConfig: without } };
    expect(stopOf("CreateProcessingJob", request, { TrainingJobArn })).toMatchObject({
      parent: { kind: "training-job", name: "churn" },
      stop: { skip: { code: "parent-takes-no-key", kind: "training-job" } },
    });
  });

  it("is no parent if it is an execution of a pipeline that AWS owns: the job is stopped alone", () => {
    const Value = "arn:aws:sagemaker:us-east-1:aws:pipeline/model-customization/execution/a";
    const Tags = [{ Key: "sagemaker:pipeline-execution-arn", Value }];
    const request = { TrainingJobName: "j", OutputDataConfig, ResourceConfig: without, Tags };
    expect(stopOf("CreateTrainingJob", request)).toMatchObject({
      parent: undefined,
      stop: { order: { operation: "StopTrainingJob", input: { TrainingJobName: "j" } } },
    });
  });
});
