/**
 * The parts that several files in `kinds/` share: settings of several requests, condition keys, sentences. Source of
 * the conditions of a member, and of SageMaker's behaviour without it: API Reference of each operation, Developer Guide
 * "Protect Data at Rest Using Encryption"; condition keys: Service Authorization Reference.
 */
import type { Reference, Setting } from "./vocabulary.ts";

export const VOLUME_KEY = "sagemaker:VolumeKmsKeyArn";
export const OUTPUT_KEY = "sagemaker:OutputKmsKeyArn";
export const SHARING_KEY = "sagemaker:DomainSharingOutputKmsKeyArn";
export const ONLINE_STORE_KEY = "sagemaker:FeatureGroupOnlineStoreKmsKeyArn";
export const OFFLINE_STORE_KEY = "sagemaker:FeatureGroupOfflineStoreKmsKeyArn";
export const IN_TRANSIT = "sagemaker:InterContainerTrafficEncryption";

/** The instance types of a training job's `ResourceConfig`; preferences exclude the other members (API Reference). */
export const onInstances = (at: string) =>
  ({
    instanceTypes: [`${at}.InstanceType`, `${at}.InstanceGroups[].InstanceType`],
    alternatives: { types: [`${at}.InstancePreferences[].InstanceType`], selected: `${at}.SelectedInstanceType` },
  }) as const;

/**
 * A Create and its Update have the same settings, and so have several parents. These functions add a prefix to the
 * paths.
 */
export const trainingDefinition = (at: string) =>
  [
    {
      path: `${at}.OutputDataConfig.KmsKeyId`,
      protects: "output",
      when: [{ path: at, is: "present" }],
      without: "aws-managed-s3",
      conditionKey: OUTPUT_KEY,
    },
    {
      path: `${at}.ResourceConfig.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: `${at}.ResourceConfig`, is: "present" }],
      ...onInstances(`${at}.ResourceConfig`),
      without: "transient-key",
      conditionKey: VOLUME_KEY,
    },
    {
      path: `${at}.HyperParameterTuningResourceConfig.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: `${at}.HyperParameterTuningResourceConfig`, is: "present" }],
      instanceTypes: [`${at}.HyperParameterTuningResourceConfig.InstanceType`],
      alternatives: { types: [`${at}.HyperParameterTuningResourceConfig.InstanceConfigs[].InstanceType`] },
      without: "transient-key",
      conditionKey: VOLUME_KEY,
    },
    {
      path: `${at}.EnableInterContainerTrafficEncryption`,
      protects: "in-transit",
      when: [{ path: at, is: "present" }],
      without: "plaintext-between-nodes",
      conditionKey: IN_TRANSIT,
    },
  ] as const satisfies readonly Setting[];

export const transformDefinition = (at: string) =>
  [
    {
      path: `${at}.TransformOutput.KmsKeyId`,
      protects: "output",
      when: [{ path: at, is: "present" }],
      without: "aws-managed-s3",
    },
    {
      path: `${at}.TransformResources.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: at, is: "present" }],
      instanceTypes: [`${at}.TransformResources.InstanceType`],
      without: "transient-key",
    },
  ] as const satisfies readonly Setting[];

export const jobDefinition = (output: string) =>
  [
    { path: `${output}.KmsKeyId`, protects: "output", without: "undocumented-s3", conditionKey: OUTPUT_KEY },
    {
      path: "JobResources.ClusterConfig.VolumeKmsKeyId",
      protects: "volume",
      instanceTypes: ["JobResources.ClusterConfig.InstanceType"],
      without: "transient-key",
      conditionKey: VOLUME_KEY,
    },
    {
      path: "NetworkConfig.EnableInterContainerTrafficEncryption",
      protects: "in-transit",
      without: "plaintext-between-nodes",
      conditionKey: IN_TRANSIT,
    },
  ] as const satisfies readonly Setting[];

export const userSettings = (at: string) =>
  [
    {
      path: `${at}.SharingSettings.S3KmsKeyId`,
      protects: "sharing",
      when: [{ path: `${at}.SharingSettings.NotebookOutputOption`, is: "equals", value: "Allowed" }],
      without: "studio-default",
      conditionKey: SHARING_KEY,
    },
    {
      path: `${at}.CanvasAppSettings.WorkspaceSettings.S3KmsKeyId`,
      protects: "canvas-artifacts",
      // Without the structure, Canvas is not set up: any domain may still run it (docs/look-ups.md, "References").
      when: [{ path: `${at}.CanvasAppSettings`, is: "present" }],
      without: "undocumented-s3",
      page: "Encrypt Your SageMaker Canvas Data with AWS KMS",
    },
  ] as const satisfies readonly Setting[];

export const endpointConfig = [
  {
    path: "KmsKeyId",
    protects: "volume",
    when: [
      {
        path: "ProductionVariants[].ServerlessConfig",
        is: "lacking-in-some",
        otherwise: { code: "serverless" },
      },
    ],
    instanceTypes: [
      "ProductionVariants[].InstanceType",
      "ProductionVariants[].InstancePools[].InstanceType",
      "ShadowProductionVariants[].InstanceType",
      "ShadowProductionVariants[].InstancePools[].InstanceType",
    ],
    mixed: "key",
    ifGiven: "judged",
    serverless: "policy",
    without: "transient-key",
    conditionKey: VOLUME_KEY,
  },
  {
    path: "DataCaptureConfig.KmsKeyId",
    protects: "data-capture",
    when: [
      { path: "DataCaptureConfig", is: "present" },
      { path: "DataCaptureConfig.EnableCapture", is: "not", value: false },
    ],
    without: "undocumented-s3",
  },
  {
    path: "AsyncInferenceConfig.OutputConfig.KmsKeyId",
    protects: "async-output",
    when: [{ path: "AsyncInferenceConfig", is: "present" }],
    without: "undocumented-s3",
  },
  {
    path: "ProductionVariants[].CoreDumpConfig.KmsKeyId",
    protects: "core-dump",
    when: [{ path: "ProductionVariants[].CoreDumpConfig", is: "present" }],
    without: "aws-managed-s3",
  },
  {
    path: "ShadowProductionVariants[].CoreDumpConfig.KmsKeyId",
    protects: "core-dump",
    when: [{ path: "ShadowProductionVariants[].CoreDumpConfig", is: "present" }],
    without: "aws-managed-s3",
  },
] as const satisfies readonly Setting[];

export const toEndpointConfig = {
  at: "EndpointConfigName",
  describe: "DescribeEndpointConfig",
  as: "EndpointConfigName",
  settings: endpointConfig,
} as const satisfies Reference;

/** Home directories on EFS and the volumes of every app and space in the domain. */
export const domainStorage = {
  path: "KmsKeyId",
  protects: "studio-storage",
  twin: "HomeEfsFileSystemKmsKeyId",
  without: "studio-default",
  conditionKey: VOLUME_KEY,
} as const satisfies Setting;

export const toDomain = {
  at: "DomainId",
  describe: "DescribeDomain",
  as: "DomainId",
  settings: [domainStorage],
} as const satisfies Reference;

export const edgeOutput = { path: "OutputConfig.KmsKeyId", protects: "output", without: "aws-managed-s3" } as const;

export const COMPUTE = ["/opt/ml", "/tmp"] as const;
export const LATER_NEW = "Create a new one with the key: a key cannot be added later.";
export const UPDATABLE = "Set the key with an update.";
export const OF_THE_DOMAIN =
  "Create a new domain with the key: its storage is under the domain's key, which cannot be added later.";
export const WRITE_ELSEWHERE =
  "Set a default key on its bucket, or use a bucket that has one: its request has no key member.";
