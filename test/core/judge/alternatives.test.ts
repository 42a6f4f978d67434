import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import type { SettingIs } from "../../../lib/core/model/types.ts";
import { answersOf, callOf, KEY, policyOf, verdictOf } from "../../support/build.ts";

const OutputDataConfig = { S3OutputPath: "s3://b/o", KmsKeyId: KEY };
const G5 = "ml.g5.2xlarge";
const G6 = "ml.g6.2xlarge";
const M5 = "ml.m5.xlarge";
const NEW = "ml.zz9.xlarge";
const preferring = (...types: string[]): JsonObject => ({
  InstancePreferences: types.map((InstanceType) => ({ InstanceType })),
});

const cases: [string, JsonObject, SettingIs, string][] = [
  ["all local", preferring(G5, G6), "not-applicable", "local-storage"],
  ["none local", preferring(M5, "ml.c5.xlarge"), "missing", "no-key"],
  ["mixed", preferring(G5, M5), "undetermined", "instance-type-alternatives"],
  ["local and unknown", preferring(G5, NEW), "undetermined", "instance-type-alternatives"],
  ["EBS and unknown", preferring(M5, NEW), "undetermined", "instance-type-alternatives"],
  ["unknown", preferring(NEW), "undetermined", "instance-type-alternatives"],
  ["mixed, with a key", { ...preferring(G5, M5), VolumeKmsKeyId: KEY }, "accepted", "any-key-accepted"],
  ["mixed, EBS chosen", { ...preferring(G5, M5), SelectedInstanceType: M5 }, "missing", "no-key"],
  ["mixed, local chosen", { ...preferring(G5, M5), SelectedInstanceType: G5 }, "not-applicable", "local-storage"],
  [
    "a choice that is not one of them",
    { ...preferring(M5), SelectedInstanceType: G5 },
    "undetermined",
    "instance-type-alternatives",
  ],
  [
    "local and one without a name",
    { InstancePreferences: [{ InstanceType: G5 }, {}] },
    "undetermined",
    "instance-type-alternatives",
  ],
  ["only one without a name", { InstancePreferences: [null, {}] }, "undetermined", "instance-type-alternatives"],
  ["an instance type beside them", { ...preferring(G5), InstanceType: M5 }, "missing", "no-key"],
];

/** Every request with instance preferences, with the setting that depends on them. */
const holders: [string, string, (config: JsonObject) => JsonObject][] = [
  [
    "CreateTrainingJob",
    "ResourceConfig.VolumeKmsKeyId",
    (ResourceConfig) => ({ TrainingJobName: "j", OutputDataConfig, ResourceConfig }),
  ],
  [
    "CreateProcessingJob",
    "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
    (ClusterConfig) => ({ ProcessingJobName: "j", ProcessingResources: { ClusterConfig } }),
  ],
  [
    "CreateHyperParameterTuningJob",
    "TrainingJobDefinitions[1].ResourceConfig.VolumeKmsKeyId",
    (ResourceConfig) => ({
      HyperParameterTuningJobName: "j",
      TrainingJobDefinitions: [
        { OutputDataConfig, ResourceConfig: { InstanceType: M5, VolumeKmsKeyId: KEY } },
        { OutputDataConfig, ResourceConfig },
      ],
    }),
  ],
  [
    "CreateAlgorithm",
    "ValidationSpecification.ValidationProfiles[0].TrainingJobDefinition.ResourceConfig.VolumeKmsKeyId",
    (ResourceConfig) => ({
      AlgorithmName: "a",
      ValidationSpecification: {
        ValidationProfiles: [{ TrainingJobDefinition: { OutputDataConfig, ResourceConfig } }],
      },
    }),
  ],
  [
    "CreatePipeline",
    "Steps[Train].Arguments.ResourceConfig.VolumeKmsKeyId",
    (ResourceConfig) => ({
      PipelineName: "p",
      PipelineDefinition: JSON.stringify({
        Steps: [{ Name: "Train", Type: "Training", Arguments: { OutputDataConfig, ResourceConfig } }],
      }),
    }),
  ],
];

describe.each(holders)("instance preferences in %s", (operation, path, requestOf) => {
  it.each(cases)("are judged: %s", (_what, config, is, code) => {
    const found = verdictOf(operation, requestOf(config)).settings.find((setting) => setting.path === path);
    expect({ is: found?.is, code: found?.reason?.code }).toEqual({ is, code });
  });
});

describe("instance preferences that need Describe's answer", () => {
  const policy = policyOf();
  const call = callOf("CreateTrainingJob", {
    TrainingJobName: "j",
    OutputDataConfig,
    ResourceConfig: preferring(G5, M5),
  });
  const [lookUp] = judge(call, policy, new Map()).lookUps;
  if (!lookUp) throw new Error("nothing is asked");
  const verdictWith = (ResourceConfig: JsonObject) =>
    judge(call, policy, answersOf([lookUp, { is: "described", output: { OutputDataConfig, ResourceConfig } }]));

  it("are looked up", () => {
    expect(lookUp).toMatchObject({
      ask: "describe",
      operation: "DescribeTrainingJob",
      input: { TrainingJobName: "j" },
    });
  });

  it.each([
    [{ ...preferring(G5, M5), SelectedInstanceType: M5 }, "non-compliant"],
    [{ ...preferring(G5, M5), SelectedInstanceType: G5 }, "compliant"],
    [preferring(G5, M5), "undetermined"],
  ] as const)("are judged by the chosen type: %j is %s", (config, verdict) => {
    expect(verdictWith(config)).toMatchObject({ verdict, lookUps: [] });
  });

  it("stay undetermined if Describe does not answer", () => {
    const reason = { code: "aws-denied", error: "AccessDeniedException", message: "" } as const;
    const judged = judge(call, policy, answersOf([lookUp, { is: "unknown", reason }]));
    expect(judged).toMatchObject({ verdict: "undetermined", lookUps: [] });
  });

  it.each([preferring(G5, G6), { ...preferring(G5, M5), VolumeKmsKeyId: KEY }])("are not looked up: %j", (config) => {
    const request = { TrainingJobName: "j", OutputDataConfig, ResourceConfig: config };
    expect(judge(callOf("CreateTrainingJob", request), policy, new Map()).lookUps).toEqual([]);
  });
});

describe("a tuning job's instance configurations", () => {
  it.each([
    [[G5, G6], "not-applicable"],
    [[M5], "missing"],
    [[G5, M5], "undetermined"],
  ] as const)("with the types %j make the key %s", (types, is) => {
    const InstanceConfigs = types.map((InstanceType) => ({ InstanceType }));
    const TrainingJobDefinition = { OutputDataConfig, HyperParameterTuningResourceConfig: { InstanceConfigs } };
    const { settings } = verdictOf("CreateHyperParameterTuningJob", { TrainingJobDefinition });
    const path = "TrainingJobDefinition.HyperParameterTuningResourceConfig.VolumeKmsKeyId";
    expect(settings.find((setting) => setting.path === path)?.is).toBe(is);
  });
});

describe("a recommendation job", () => {
  const supporting = (...SupportedInstanceTypes: string[]) => ({ ContainerConfig: { SupportedInstanceTypes } });
  const on = (...types: string[]) => ({ EndpointConfigurations: types.map((InstanceType) => ({ InstanceType })) });
  const serverless = { ServerlessConfig: { MaxConcurrency: 1 } };
  it.each([
    [supporting(G5, G6), "not-applicable"],
    [supporting(M5), "missing"],
    [supporting(G5, M5), "undetermined"],
    [{ ...supporting(G5), ...on(M5) }, "missing"],
    [{ ...supporting(M5), ...on(G5) }, "not-applicable"],
    [{ EndpointConfigurations: [serverless] }, "not-applicable"],
    [{ EndpointConfigurations: [serverless, { InstanceType: M5 }] }, "missing"],
    [{ EndpointConfigurations: [serverless], VolumeKmsKeyId: KEY }, "accepted"],
  ])("with %j has the key %s", (InputConfig, is) => {
    const { settings } = verdictOf("CreateInferenceRecommendationsJob", { JobName: "j", InputConfig });
    expect(settings[0]).toMatchObject({ path: "InputConfig.VolumeKmsKeyId", is });
  });
});
