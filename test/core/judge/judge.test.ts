import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import type { Verdict } from "../../../lib/core/model/types.ts";
import { plan } from "../../../lib/core/plan/plan.ts";
import { answersOf, callOf, KEY, policyOf, verdictOf } from "../../support/build.ts";

type Case = [what: string, operation: string, request: JsonObject, verdict: Verdict, said: string[]];
const on = (type: string, key?: string) => ({ InstanceType: type, ...(key ? { VolumeKmsKeyId: key } : {}) });
const out = (key?: string) => ({ S3OutputPath: "s3://b/o", ...(key ? { KmsKeyId: key } : {}) });
const tuned = (path: string) => `TrainingJobDefinition.${path}`;
const root = "InstanceStorageConfigs[0].EbsVolumeConfig.VolumeKmsKeyId";
const continuous = { NodeProvisioningMode: "Continuous" };
const group = (...EbsVolumeConfigs: JsonObject[]) => ({
  InstanceStorageConfigs: EbsVolumeConfigs.map((EbsVolumeConfig) => ({ EbsVolumeConfig })),
});

const cases: Case[] = [
  [
    "training, all keys",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ResourceConfig: on("ml.m5.large", KEY) },
    "compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId accepted",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training, CloudTrail's spelling",
    "CreateTrainingJob",
    { outputDataConfig: { kmsKeyId: KEY }, resourceConfig: { instanceType: "ml.m5.large", volumeKmsKeyId: KEY } },
    "compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId accepted",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training on local storage",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ResourceConfig: on("ml.g5.xlarge") },
    "compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId not-applicable",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training on an unknown family",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ResourceConfig: on("ml.zz9.xlarge") },
    "undetermined",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId undetermined",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training on an unknown family, with a key",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ResourceConfig: on("ml.zz9.xlarge", KEY) },
    "compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId accepted",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training groups, one without local storage",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ResourceConfig: { InstanceGroups: [on("ml.g5.xlarge"), on("ml.m5.large")] } },
    "undetermined",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId undetermined",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training groups, all with local storage",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ResourceConfig: { InstanceGroups: [on("ml.g5.xlarge"), on("ml.p4d.24xlarge")] } },
    "compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId not-applicable",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "serverless training",
    "CreateTrainingJob",
    { OutputDataConfig: out(KEY), ServerlessJobConfig: {} },
    "compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "ResourceConfig.VolumeKmsKeyId not-applicable",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "training, output missing",
    "CreateTrainingJob",
    { OutputDataConfig: out(), ResourceConfig: on("ml.m5.large", KEY) },
    "non-compliant",
    [
      "OutputDataConfig.KmsKeyId missing",
      "ResourceConfig.VolumeKmsKeyId accepted",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "empty and null keys",
    "CreateTrainingJob",
    { OutputDataConfig: { KmsKeyId: "" }, ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: null } },
    "non-compliant",
    [
      "OutputDataConfig.KmsKeyId missing",
      "ResourceConfig.VolumeKmsKeyId missing",
      "EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  ["a key that is no string", "CreateNotebookInstance", { KmsKeyId: 7 }, "undetermined", ["KmsKeyId undetermined"]],
  [
    "a key that is no key",
    "CreateNotebookInstance",
    { KmsKeyId: "not a key!" },
    "undetermined",
    ["KmsKeyId undetermined"],
  ],
  [
    "notebook on local storage still needs its key",
    "CreateNotebookInstance",
    { InstanceType: "ml.g5.xlarge" },
    "non-compliant",
    ["KmsKeyId missing"],
  ],
  [
    "AutoML without SecurityConfig",
    "CreateAutoMLJobV2",
    { OutputDataConfig: out(KEY) },
    "non-compliant",
    [
      "OutputDataConfig.KmsKeyId accepted",
      "SecurityConfig.VolumeKmsKeyId missing",
      "SecurityConfig.EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "tuning, one definition with configs",
    "CreateHyperParameterTuningJob",
    {
      TrainingJobDefinition: {
        OutputDataConfig: out(KEY),
        HyperParameterTuningResourceConfig: { InstanceConfigs: [on("ml.m5.large")], VolumeKmsKeyId: KEY },
      },
    },
    "compliant",
    [
      tuned("OutputDataConfig.KmsKeyId accepted"),
      tuned("ResourceConfig.VolumeKmsKeyId not-applicable"),
      tuned("HyperParameterTuningResourceConfig.VolumeKmsKeyId accepted"),
      tuned("EnableInterContainerTrafficEncryption not-applicable"),
      ...[
        "OutputDataConfig.KmsKeyId",
        "ResourceConfig.VolumeKmsKeyId",
        "HyperParameterTuningResourceConfig.VolumeKmsKeyId",
        "EnableInterContainerTrafficEncryption",
      ].map((path) => `TrainingJobDefinitions[].${path} not-applicable`),
    ],
  ],
  [
    "tuning, the second definition lacks its volume key",
    "CreateHyperParameterTuningJob",
    {
      TrainingJobDefinitions: [
        { OutputDataConfig: out(KEY), ResourceConfig: on("ml.m5.large", KEY) },
        { OutputDataConfig: out(KEY), ResourceConfig: on("ml.m5.large") },
      ],
    },
    "non-compliant",
    [
      ...[
        "OutputDataConfig.KmsKeyId",
        "ResourceConfig.VolumeKmsKeyId",
        "HyperParameterTuningResourceConfig.VolumeKmsKeyId",
        "EnableInterContainerTrafficEncryption",
      ].map((path) => tuned(`${path} not-applicable`)),
      "TrainingJobDefinitions[0].OutputDataConfig.KmsKeyId accepted",
      "TrainingJobDefinitions[1].OutputDataConfig.KmsKeyId accepted",
      "TrainingJobDefinitions[0].ResourceConfig.VolumeKmsKeyId accepted",
      "TrainingJobDefinitions[1].ResourceConfig.VolumeKmsKeyId missing",
      "TrainingJobDefinitions[0].HyperParameterTuningResourceConfig.VolumeKmsKeyId not-applicable",
      "TrainingJobDefinitions[1].HyperParameterTuningResourceConfig.VolumeKmsKeyId not-applicable",
      "TrainingJobDefinitions[0].EnableInterContainerTrafficEncryption not-applicable",
      "TrainingJobDefinitions[1].EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  ["a card without SecurityConfig", "CreateModelCard", {}, "non-compliant", ["SecurityConfig.KmsKeyId missing"]],
  [
    "online store off, no offline store",
    "CreateFeatureGroup",
    { OnlineStoreConfig: { EnableOnlineStore: false } },
    "compliant",
    [
      "OnlineStoreConfig.SecurityConfig.KmsKeyId not-applicable",
      "OfflineStoreConfig.S3StorageConfig.KmsKeyId not-applicable",
    ],
  ],
  [
    "online store on",
    "CreateFeatureGroup",
    { OnlineStoreConfig: { EnableOnlineStore: true }, OfflineStoreConfig: { S3StorageConfig: { KmsKeyId: KEY } } },
    "non-compliant",
    ["OnlineStoreConfig.SecurityConfig.KmsKeyId missing", "OfflineStoreConfig.S3StorageConfig.KmsKeyId accepted"],
  ],
  [
    "processing without outputs",
    "CreateProcessingJob",
    { ProcessingResources: { ClusterConfig: on("ml.m5.large", KEY) } },
    "compliant",
    [
      "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.KmsKeyId not-applicable",
      "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId not-applicable",
      "ProcessingOutputConfig.KmsKeyId not-applicable",
      "ProcessingResources.ClusterConfig.VolumeKmsKeyId accepted",
      "NetworkConfig.EnableInterContainerTrafficEncryption not-applicable",
    ],
  ],
  [
    "domain with the deprecated name of the key",
    "CreateDomain",
    { HomeEfsFileSystemKmsKeyId: KEY },
    "compliant",
    [
      "DefaultUserSettings.SharingSettings.S3KmsKeyId not-applicable",
      "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3KmsKeyId not-applicable",
      "HomeEfsFileSystemKmsKeyId accepted",
      "KmsKeyId not-applicable",
    ],
  ],
  [
    "domain without a key",
    "CreateDomain",
    { DefaultUserSettings: { SharingSettings: { NotebookOutputOption: "Allowed", S3KmsKeyId: KEY } } },
    "non-compliant",
    [
      "DefaultUserSettings.SharingSettings.S3KmsKeyId accepted",
      "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3KmsKeyId not-applicable",
      "HomeEfsFileSystemKmsKeyId not-applicable",
      "KmsKeyId missing",
    ],
  ],
  [
    "cluster with its root volume under a key",
    "CreateCluster",
    { ...continuous, InstanceGroups: [group({ RootVolume: true, VolumeKmsKeyId: KEY })] },
    "compliant",
    [
      `InstanceGroups[0].${root} accepted`,
      "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
      "RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
      "RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
    ],
  ],
  [
    "cluster with a second volume only",
    "CreateCluster",
    { ...continuous, InstanceGroups: [group({ VolumeSizeInGB: 500, VolumeKmsKeyId: KEY })] },
    "non-compliant",
    [
      "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId missing",
      `InstanceGroups[0].${root} accepted`,
      "RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
      "RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
    ],
  ],
  [
    "cluster without storage configs",
    "CreateCluster",
    { ...continuous, InstanceGroups: [{}] },
    "non-compliant",
    [
      "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId missing",
      "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
      "RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
      "RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId not-applicable",
    ],
  ],
];

const endpoint: [string, JsonObject, Verdict, string, string?][] = [
  ["one EBS variant, no key", { ProductionVariants: [on("ml.m5.large")] }, "non-compliant", "missing"],
  ["local storage only", { ProductionVariants: [on("ml.g5.xlarge")] }, "compliant", "not-applicable"],
  [
    "serverless only",
    { ProductionVariants: [{ ServerlessConfig: { MaxConcurrency: 1 } }] },
    "compliant",
    "not-applicable",
  ],
  [
    "serverless and EBS",
    { ProductionVariants: [{ ServerlessConfig: {} }, on("ml.m5.large")] },
    "non-compliant",
    "missing",
  ],
  [
    "local and EBS",
    { ProductionVariants: [on("ml.g5.xlarge"), on("ml.m5.large")] },
    "non-compliant",
    "missing",
    "key-for-ebs-variants",
  ],
  [
    "local, EBS in a shadow variant",
    { ProductionVariants: [on("ml.g5.xlarge")], ShadowProductionVariants: [on("ml.m5.large")] },
    "non-compliant",
    "missing",
    "key-for-ebs-variants",
  ],
  [
    "local, EBS in an instance pool",
    { ProductionVariants: [{ InstancePools: [on("ml.g5.xlarge"), on("ml.m5.large")] }] },
    "non-compliant",
    "missing",
    "key-for-ebs-variants",
  ],
  [
    "EBS and unknown",
    { ProductionVariants: [on("ml.m5.large"), on("ml.zz9.large")] },
    "non-compliant",
    "missing",
    "key-for-ebs-variants",
  ],
  [
    "EBS, and unknown in a shadow variant",
    { ProductionVariants: [on("ml.m5.large")], ShadowProductionVariants: [on("ml.zz9.large")] },
    "non-compliant",
    "missing",
    "key-for-ebs-variants",
  ],
  [
    "EBS, local and unknown",
    { ProductionVariants: [on("ml.m5.large"), on("ml.g5.xlarge"), on("ml.zz9.large")] },
    "non-compliant",
    "missing",
    "key-for-ebs-variants",
  ],
  [
    "local and unknown",
    { ProductionVariants: [on("ml.g5.xlarge"), on("ml.zz9.large")] },
    "undetermined",
    "undetermined",
    "instance-type-unknown",
  ],
];

describe("judge", () => {
  it.each(cases)("gives the right verdict: %s", (_what, operation, request, verdict, said) => {
    const judged = verdictOf(operation, request);
    expect({ verdict: judged.verdict, said: judged.said }).toEqual({ verdict, said });
  });

  it.each(endpoint)("gives the right verdict for an endpoint config: %s", (_what, request, verdict, is, code) => {
    const judged = verdictOf("CreateEndpointConfig", request);
    const [volume] = judged.settings;
    expect({ verdict: judged.verdict, is: volume?.is }).toEqual({ verdict, is });
    if (code) expect(volume?.reason?.code).toBe(code);
  });

  it.each([
    [{}, "missing"],
    [{ EnableCapture: false }, "not-applicable"],
    [{ EnableCapture: true, KmsKeyId: KEY }, "accepted"],
    [{ EnableCapture: true }, "missing"],
  ])("finds the key of data capture %j %s", (DataCaptureConfig, is) => {
    const request = { KmsKeyId: KEY, ProductionVariants: [on("ml.m5.large")], DataCaptureConfig };
    const { settings } = verdictOf("CreateEndpointConfig", request);
    expect(settings.find(({ path }) => path === "DataCaptureConfig.KmsKeyId")?.is).toBe(is);
  });

  it("requires in-transit encryption if the policy does", () => {
    const policy = policyOf({ require: { "in-transit": true } });
    const request = { OutputDataConfig: out(KEY), ResourceConfig: on("ml.m5.large", KEY) };
    expect(verdictOf("CreateTrainingJob", request, policy).said[2]).toBe(
      "EnableInterContainerTrafficEncryption missing",
    );
    const both = { ...request, EnableInterContainerTrafficEncryption: true };
    expect(verdictOf("CreateTrainingJob", both, policy)).toMatchObject({ verdict: "compliant" });
  });

  it("finds nothing wrong with a key that the policy does not require", () => {
    const policy = policyOf({ require: { output: false } });
    const request = { OutputDataConfig: out(), ResourceConfig: on("ml.m5.large", KEY) };
    expect(verdictOf("CreateTrainingJob", request, policy)).toMatchObject({ verdict: "compliant" });
  });

  it("finds a tuning job without a definition undetermined", () => {
    expect(verdictOf("CreateHyperParameterTuningJob", {})).toMatchObject({
      verdict: "undetermined",
      reason: { code: "needs-one-of", paths: ["TrainingJobDefinition", "TrainingJobDefinitions"] },
    });
  });

  it("finds a schedule that refers to its definition undetermined", () => {
    const MonitoringScheduleConfig = { MonitoringJobDefinitionName: "d", MonitoringType: "DataQuality" };
    const judged = verdictOf("CreateMonitoringSchedule", { MonitoringScheduleConfig });
    expect(judged.verdict).toBe("undetermined");
    expect(judged.settings[0]).toMatchObject({ is: "undetermined" });
  });
});

describe("a setting that only Describe returns", () => {
  const policy = policyOf();
  const start = callOf("StartNotebookInstance", { notebookInstanceName: "nb" });
  const [lookUp] = judge(start, policy, new Map()).lookUps;
  if (!lookUp) throw new Error("no question");

  it("is looked up, and undetermined until there is an answer", () => {
    expect(lookUp).toMatchObject({ operation: "DescribeNotebookInstance", input: { NotebookInstanceName: "nb" } });
    expect(judge(start, policy, new Map())).toMatchObject({ verdict: "undetermined" });
    const unknown = answersOf([
      lookUp,
      { is: "unknown", reason: { code: "aws-throttled", error: "ThrottlingException", message: "" } },
    ]);
    expect(judge(start, policy, unknown)).toMatchObject({ verdict: "undetermined", lookUps: [] });
  });

  it("decides the verdict after the answer", () => {
    const output = { NotebookInstanceArn: "arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/nb" };
    const without = answersOf([lookUp, { is: "described", output }]);
    expect(judge(start, policy, without)).toMatchObject({
      verdict: "non-compliant",
      resource: { arn: output.NotebookInstanceArn },
    });
    const withKey = answersOf([lookUp, { is: "described", output: { ...output, KmsKeyId: KEY } }]);
    expect(judge(start, policy, withKey)).toMatchObject({ verdict: "compliant" });
  });

  it("is read by Describe's own paths if CloudTrail omitted the parameters", () => {
    const response = { autoMLJobArn: "arn:aws:sagemaker:us-east-1:111122223333:automl-job/a" };
    const call = callOf("CreateAutoMLJob", "omitted", response);
    const [asked] = judge(call, policy, new Map()).lookUps;
    expect(asked).toMatchObject({ operation: "DescribeAutoMLJobV2", input: { AutoMLJobName: "a" } });
    const output = { OutputDataConfig: { KmsKeyId: KEY }, SecurityConfig: { VolumeKmsKeyId: KEY } };
    expect(judge(call, policy, answersOf([asked ?? lookUp, { is: "described", output }]))).toMatchObject({
      verdict: "compliant",
    });
  });

  it("decides a partial update that does not mention a key, and not one that does", () => {
    const settings = { SharingSettings: { NotebookOutputOption: "Allowed" } };
    const update = callOf("UpdateUserProfile", { DomainId: "d-1", UserProfileName: "ana", UserSettings: settings });
    const [asked] = judge(update, policy, new Map()).lookUps;
    expect(asked).toMatchObject({
      operation: "DescribeUserProfile",
      input: { DomainId: "d-1", UserProfileName: "ana" },
    });
    const output = { UserSettings: settings };
    expect(judge(update, policy, answersOf([asked ?? lookUp, { is: "described", output }]))).toMatchObject({
      verdict: "non-compliant",
    });
    const withKey = {
      DomainId: "d-1",
      UserSettings: { SharingSettings: { ...settings.SharingSettings, S3KmsKeyId: KEY } },
    };
    expect(verdictOf("UpdateUserProfile", withKey)).toMatchObject({ verdict: "compliant", lookUps: [] });
  });
});

describe("a notebook on an instance type with local storage", () => {
  it.each([
    ["required", "ml.g5.xlarge", "missing"],
    ["not-required", "ml.g5.xlarge", "not-applicable"],
    ["not-required", "ml.t3.large", "missing"],
    ["not-required", "ml.zz9.large", "undetermined"],
  ])("under the policy %s, on %s: the key is %s", (required, InstanceType, is) => {
    const policy = policyOf({ notebooks: { "on-local-storage": required } });
    const { settings } = verdictOf("CreateNotebookInstance", { NotebookInstanceName: "nb", InstanceType }, policy);
    expect(settings).toMatchObject([{ path: "KmsKeyId", is }]);
  });
});

describe("an operation that the catalogue does not have", () => {
  it("is undetermined if its request names a key at any depth", () => {
    const request = { quantumConfig: [{ storage: { kmsKeyId: KEY } }], enableEncryption: true };
    expect(verdictOf("CreateQuantumJob", request)).toMatchObject({
      verdict: "undetermined",
      reason: { code: "unknown-operation" },
      settings: [{ path: "QuantumConfig[0].Storage.KmsKeyId", key: KEY }, { path: "EnableEncryption" }],
    });
  });

  it("is undetermined if a string holds its whole configuration, with any content", () => {
    const named = verdictOf("CreateJob", { JobName: "j", JobConfigDocument: `{"OutputConfig":{"KmsKeyId":"${KEY}"}}` });
    expect(named).toMatchObject({
      verdict: "undetermined",
      settings: [{ path: "JobConfigDocument.OutputConfig.KmsKeyId", key: KEY }],
    });
    for (const JobConfigDocument of ["{}", "not JSON", ""]) {
      expect(verdictOf("CreateJob", { JobName: "j", JobConfigDocument }).verdict).toBe("undetermined");
    }
  });

  it.each([{ environment: { kmsKeyId: KEY } }, { tags: [{ key: "kms", value: "x" }] }, { KMS_KEY_ID: "x" }, {}])(
    "is ignored if only the caller's own text mentions a key: %j",
    (request) => expect(verdictOf("CreateWorkteam", request)).toMatchObject({ verdict: "ignored", settings: [] }),
  );
});

describe("a member of the wrong type", () => {
  const odd = JSON.parse('{"toString": 1, "valueOf": 1}') as JsonObject;
  it.each([
    [
      "CreateTrainingJob",
      {
        ResourceConfig: { InstanceType: odd, KeepAlivePeriodInSeconds: odd },
        EnableInterContainerTrafficEncryption: odd,
      },
    ],
    ["CreateFeatureGroup", { OnlineStoreConfig: { EnableOnlineStore: odd } }],
    ["CreateInferenceExperiment", { ModelVariants: [{ VariantName: odd }] }],
  ] as [string, JsonObject][])("is judged without an exception: %s", (operation, request) => {
    const policy = policyOf({ require: { "in-transit": true } });
    const call = callOf(operation, request);
    expect(() => plan(judge(call, policy, new Map()), policy, new Date(0))).not.toThrow();
  });
});
