/**
 * The members of the SageMaker Python SDK's config.yaml that hold a key or an in-transit flag, and the request members
 * that the SDK fills from each. Source: aws/sagemaker-python-sdk (Apache-2.0), `config_schema.py` and every use of its
 * paths, in 2.257.6 and 3.20.0.
 */

/** The versions of the SDK that read the file differently. */
export type SdkVersion = "v2" | "v3";

/**
 * `always`: the SDK fills the member wherever the author leaves it out. `estimator`: an Estimator does; a ModelTrainer
 * only as in `whole-object`. `whole-object`: only if the author gives no such object at all (`compute`,
 * `output_data_config`). `plain-deployment`: a ModelBuilder does, except for a recommendation, a customized model or a
 * Nova model. `jumpstart`: only for JumpStart's models.
 */
export type Reading = "always" | "estimator" | "whole-object" | "plain-deployment" | "jumpstart";

/** What else the SDK does with a member. `local-storage`: it adds the key on instance types that take none, too. */
export type SideEffect = "local-storage" | "offline-store-without-location";

/** Why a member of the file is not used as a default. */
export type LeftOut = "turns-on-online-store";

export interface SdkMember {
  /** The path in the file, below `SageMaker`; `[]` is the only element of a list. */
  readonly config: string;
  readonly operation: string;
  /** API spelling, as in the catalogue. */
  readonly path: string;
  readonly v2?: Reading;
  readonly v3?: Reading;
  /** The section is read for these calls only, and not for every call of the operation. */
  readonly only?: "remote functions" | "notebook jobs";
  readonly effect?: SideEffect;
  readonly leftOut?: LeftOut;
}

const BOTH = { v2: "always", v3: "always" } as const;
const FLAG = "EnableInterContainerTrafficEncryption";
const TUNED = ["TrainingJobDefinition", "TrainingJobDefinitions[]"] as const;
const MONITORING = "MonitoringSchedule.MonitoringScheduleConfig.MonitoringJobDefinition";
const PROFILE = "ValidationSpecification.ValidationProfiles[].TransformJobDefinition";
const DEFINITIONS = ["DataQuality", "ModelQuality", "ModelBias", "ModelExplainability"] as const;

const REMOTE = "PythonSDK.Modules.RemoteFunction";
const NOTEBOOK = "PythonSDK.Modules.NotebookJob";

/** The parts of a request that the SDK fills from the section of the same name, member by member. */
const inSection = (section: string, path: string, reading: Pick<SdkMember, "v2" | "v3" | "effect">): SdkMember => ({
  config: `${section}.${path}`,
  operation: `Create${section}`,
  path,
  ...reading,
});

const training: readonly SdkMember[] = [
  inSection("TrainingJob", "OutputDataConfig.KmsKeyId", { v2: "estimator", v3: "whole-object" }),
  inSection("TrainingJob", "ResourceConfig.VolumeKmsKeyId", { v2: "estimator", v3: "whole-object" }),
  inSection("TrainingJob", FLAG, { v2: "estimator", v3: "jumpstart" }),
  ...(["OutputDataConfig.KmsKeyId", "ResourceConfig.VolumeKmsKeyId", FLAG] as const).flatMap((path) =>
    TUNED.map(
      (definition): SdkMember => ({
        config: `TrainingJob.${path}`,
        operation: "CreateHyperParameterTuningJob",
        path: `${definition}.${path}`,
        v2: "always",
        ...(path === "OutputDataConfig.KmsKeyId" ? { v3: "whole-object" } : {}),
      }),
    ),
  ),
  ...TUNED.map(
    (definition): SdkMember => ({
      config: "TrainingJob.ResourceConfig.VolumeKmsKeyId",
      operation: "CreateHyperParameterTuningJob",
      path: `${definition}.HyperParameterTuningResourceConfig.VolumeKmsKeyId`,
      v2: "always",
    }),
  ),
];

const ofModule = (config: string, path: string, only: SdkMember["only"] & string): SdkMember => ({
  config,
  operation: "CreateTrainingJob",
  path,
  ...BOTH,
  only,
  ...(path === "ResourceConfig.VolumeKmsKeyId" ? { effect: "local-storage" } : {}),
});

const modules: readonly SdkMember[] = [
  ofModule(`${REMOTE}.S3KmsKeyId`, "OutputDataConfig.KmsKeyId", "remote functions"),
  ofModule(`${REMOTE}.VolumeKmsKeyId`, "ResourceConfig.VolumeKmsKeyId", "remote functions"),
  ofModule(`${REMOTE}.${FLAG}`, FLAG, "remote functions"),
  ofModule(`${NOTEBOOK}.S3KmsKeyId`, "OutputDataConfig.KmsKeyId", "notebook jobs"),
  ofModule(`${NOTEBOOK}.VolumeKmsKeyId`, "ResourceConfig.VolumeKmsKeyId", "notebook jobs"),
];

const jobs: readonly SdkMember[] = [
  inSection("ProcessingJob", "ProcessingOutputConfig.KmsKeyId", BOTH),
  inSection("ProcessingJob", "ProcessingResources.ClusterConfig.VolumeKmsKeyId", { ...BOTH, effect: "local-storage" }),
  inSection("ProcessingJob", `NetworkConfig.${FLAG}`, BOTH),
  inSection("TransformJob", "TransformOutput.KmsKeyId", BOTH),
  inSection("TransformJob", "DataCaptureConfig.KmsKeyId", BOTH),
  inSection("TransformJob", "TransformResources.VolumeKmsKeyId", { ...BOTH, effect: "local-storage" }),
  inSection("CompilationJob", "OutputConfig.KmsKeyId", { v2: "always" }),
  inSection("EdgePackagingJob", "OutputConfig.KmsKeyId", { v2: "always" }),
  inSection("EdgePackagingJob", "ResourceKey", { v2: "always" }),
];

/** AutoMLV2 reads the section of AutoML; of its own section only the output's key is read. */
const autoMl: readonly SdkMember[] = [
  inSection("AutoMLJob", "OutputDataConfig.KmsKeyId", { v2: "always" }),
  inSection("AutoMLJob", "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId", { v2: "always" }),
  inSection("AutoMLJob", `AutoMLJobConfig.SecurityConfig.${FLAG}`, { v2: "always" }),
  inSection("AutoMLJobV2", "OutputDataConfig.KmsKeyId", { v2: "always" }),
  ...(["VolumeKmsKeyId", FLAG] as const).map(
    (member): SdkMember => ({
      config: `AutoMLJob.AutoMLJobConfig.SecurityConfig.${member}`,
      operation: "CreateAutoMLJobV2",
      path: `SecurityConfig.${member}`,
      v2: "always",
    }),
  ),
];

const monitored = (config: string, path: string, effect: Pick<SdkMember, "effect"> = {}): SdkMember[] => [
  {
    config: `${MONITORING}.${config}`,
    operation: "CreateMonitoringSchedule",
    path: `MonitoringScheduleConfig.MonitoringJobDefinition.${config}`,
    ...BOTH,
    ...effect,
  },
  ...DEFINITIONS.map(
    (type): SdkMember => ({
      config: `${MONITORING}.${config}`,
      operation: `Create${type}JobDefinition`,
      path: path.replace("TYPE", type),
      ...BOTH,
      ...effect,
    }),
  ),
];

const monitoring: readonly SdkMember[] = [
  ...monitored("MonitoringOutputConfig.KmsKeyId", "TYPEJobOutputConfig.KmsKeyId"),
  ...monitored("MonitoringResources.ClusterConfig.VolumeKmsKeyId", "JobResources.ClusterConfig.VolumeKmsKeyId", {
    effect: "local-storage",
  }),
  ...monitored(`NetworkConfig.${FLAG}`, `NetworkConfig.${FLAG}`),
];

const serving: readonly SdkMember[] = [
  inSection("EndpointConfig", "KmsKeyId", { v2: "always", v3: "plain-deployment" }),
  inSection("EndpointConfig", "DataCaptureConfig.KmsKeyId", BOTH),
  inSection("EndpointConfig", "AsyncInferenceConfig.OutputConfig.KmsKeyId", BOTH),
  inSection("ModelPackage", `${PROFILE}.TransformOutput.KmsKeyId`, BOTH),
  inSection("ModelPackage", `${PROFILE}.TransformResources.VolumeKmsKeyId`, { ...BOTH, effect: "local-storage" }),
  {
    ...inSection("FeatureGroup", "OfflineStoreConfig.S3StorageConfig.KmsKeyId", { v2: "always" }),
    effect: "offline-store-without-location",
  },
  {
    ...inSection("FeatureGroup", "OnlineStoreConfig.SecurityConfig.KmsKeyId", { v2: "always" }),
    leftOut: "turns-on-online-store",
  },
];

export const sdkMembers: readonly SdkMember[] = [
  ...training,
  ...modules,
  ...jobs,
  ...autoMl,
  ...monitoring,
  ...serving,
];
