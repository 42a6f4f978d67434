import type { KindName } from "./kinds.ts";
import type { FollowedOperation, Operation, Reference, Setting } from "./vocabulary.ts";

const VOLUME_KEY = "sagemaker:VolumeKmsKeyArn";
const OUTPUT_KEY = "sagemaker:OutputKmsKeyArn";
const SHARING_KEY = "sagemaker:DomainSharingOutputKmsKeyArn";
const IN_TRANSIT = "sagemaker:InterContainerTrafficEncryption";

/** The same settings stand in a Create and its Update, or under several parents; these print them under a prefix. */
const trainingDefinition = (at: string) =>
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
      instanceTypes: [`${at}.ResourceConfig.InstanceType`, `${at}.ResourceConfig.InstanceGroups[].InstanceType`],
      without: "transient-key",
      conditionKey: VOLUME_KEY,
    },
    {
      path: `${at}.HyperParameterTuningResourceConfig.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: `${at}.HyperParameterTuningResourceConfig`, is: "present" }],
      instanceTypes: [
        `${at}.HyperParameterTuningResourceConfig.InstanceType`,
        `${at}.HyperParameterTuningResourceConfig.InstanceConfigs[].InstanceType`,
      ],
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

const transformDefinition = (at: string) =>
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

const jobDefinition = (output: string) =>
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

const MONITORING = "MonitoringScheduleConfig.MonitoringJobDefinition";
const MONITORING_NAME = "MonitoringScheduleConfig.MonitoringJobDefinitionName";
const monitoring = [
  {
    path: `${MONITORING}.MonitoringOutputConfig.KmsKeyId`,
    protects: "output",
    when: [{ path: MONITORING, is: "present" }],
    elsewhere: MONITORING_NAME,
    without: "undocumented-s3",
    conditionKey: OUTPUT_KEY,
  },
  {
    path: `${MONITORING}.MonitoringResources.ClusterConfig.VolumeKmsKeyId`,
    protects: "volume",
    when: [{ path: MONITORING, is: "present" }],
    elsewhere: MONITORING_NAME,
    instanceTypes: [`${MONITORING}.MonitoringResources.ClusterConfig.InstanceType`],
    without: "transient-key",
    conditionKey: VOLUME_KEY,
  },
  {
    path: `${MONITORING}.NetworkConfig.EnableInterContainerTrafficEncryption`,
    protects: "in-transit",
    when: [{ path: MONITORING, is: "present" }],
    elsewhere: MONITORING_NAME,
    without: "plaintext-between-nodes",
    conditionKey: IN_TRANSIT,
  },
] as const satisfies readonly Setting[];

const userSettings = (at: string) =>
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
      when: [{ path: `${at}.CanvasAppSettings`, is: "present" }],
      without: "undocumented-s3",
    },
  ] as const satisfies readonly Setting[];

/** A HyperPod instance group has a root volume and may have a second one; each key sits in a list element of its own. */
const clusterGroup = (groups: string) =>
  [
    {
      path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId`,
      protects: "root-volume",
      element: { path: "EbsVolumeConfig.RootVolume", is: true, required: true },
      without: "aws-owned-key",
    },
    {
      path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig`, is: "present" }],
      element: { path: "EbsVolumeConfig.RootVolume", is: false, required: false },
      without: "aws-owned-key",
    },
  ] as const satisfies readonly Setting[];

const endpointConfig = [
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
    mixed: "split",
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

const toEndpointConfig = {
  at: "EndpointConfigName",
  describe: "DescribeEndpointConfig",
  as: "EndpointConfigName",
  settings: endpointConfig,
} as const satisfies Reference;

/** Home directories on EFS and the volumes of every app and space in the domain. */
const domainStorage = {
  path: "KmsKeyId",
  protects: "studio-storage",
  twin: "HomeEfsFileSystemKmsKeyId",
  without: "studio-default",
  conditionKey: VOLUME_KEY,
} as const satisfies Setting;

const toDomain = {
  at: "DomainId",
  describe: "DescribeDomain",
  as: "DomainId",
  settings: [domainStorage],
} as const satisfies Reference;

/** A schedule may name the definition that it runs, by the type of its monitoring. */
const toJobDefinition = (["DataQuality", "ModelBias", "ModelExplainability", "ModelQuality"] as const).map(
  (type) =>
    ({
      at: MONITORING_NAME,
      when: { path: "MonitoringScheduleConfig.MonitoringType", is: "equals", value: type },
      describe: `Describe${type}JobDefinition`,
      as: "JobDefinitionName",
      settings: jobDefinition(`${type}JobOutputConfig`),
    }) as const satisfies Reference,
);

const toExecutionsDefinition = {
  at: "PipelineExecutionArn",
  describe: "DescribePipelineDefinitionForExecution",
  as: "PipelineExecutionArn",
  settings: [],
} as const satisfies Reference;

const edgeOutput = { path: "OutputConfig.KmsKeyId", protects: "output", without: "aws-managed-s3" } as const;
const experimentStorage = {
  path: "DataStorageConfig.KmsKey",
  protects: "data-capture",
  when: [{ path: "DataStorageConfig", is: "present" }],
  without: "undocumented-s3",
} as const;

/**
 * Every SageMaker operation whose request can hold a KMS key. A test walks the SDK's run-time schemas and fails on a key
 * member that no row holds. When a member applies and what SageMaker does without it: API Reference of each operation,
 * Developer Guide "Protect Data at Rest Using Encryption"; condition keys: Service Authorization Reference.
 */
export const operations = [
  {
    operation: "CreateAlgorithm",
    kind: "algorithm",
    name: "AlgorithmName",
    settings: [
      {
        path: "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.OutputDataConfig.KmsKeyId",
        protects: "output",
        without: "aws-managed-s3",
      },
      {
        path: "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.ResourceConfig.VolumeKmsKeyId",
        protects: "volume",
        instanceTypes: [
          "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.ResourceConfig.InstanceType",
          "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.ResourceConfig.InstanceGroups[].InstanceType",
        ],
        without: "transient-key",
      },
      ...transformDefinition("ValidationSpecification.ValidationProfiles[].TransformJobDefinition"),
    ],
  },
  {
    operation: "CreateAutoMLJob",
    kind: "automl-job",
    name: "AutoMLJobName",
    settings: [
      { path: "OutputDataConfig.KmsKeyId", protects: "output", without: "undocumented-s3", conditionKey: OUTPUT_KEY },
      {
        path: "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId",
        protects: "volume",
        without: "transient-key",
        describedAt: "SecurityConfig.VolumeKmsKeyId",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        without: "plaintext-between-nodes",
        describedAt: "SecurityConfig.EnableInterContainerTrafficEncryption",
        conditionKey: IN_TRANSIT,
      },
    ],
  },
  {
    operation: "CreateAutoMLJobV2",
    kind: "automl-job",
    name: "AutoMLJobName",
    settings: [
      { path: "OutputDataConfig.KmsKeyId", protects: "output", without: "undocumented-s3", conditionKey: OUTPUT_KEY },
      {
        path: "SecurityConfig.VolumeKmsKeyId",
        protects: "volume",
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "SecurityConfig.EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        without: "plaintext-between-nodes",
        conditionKey: IN_TRANSIT,
      },
    ],
  },
  {
    operation: "CreateCluster",
    kind: "cluster",
    name: "ClusterName",
    settings: [...clusterGroup("InstanceGroups"), ...clusterGroup("RestrictedInstanceGroups")],
  },
  {
    operation: "CreateCompilationJob",
    kind: "compilation-job",
    name: "CompilationJobName",
    settings: [{ path: "OutputConfig.KmsKeyId", protects: "output", without: "aws-managed-s3" }],
  },
  {
    operation: "CreateDataQualityJobDefinition",
    kind: "data-quality-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("DataQualityJobOutputConfig"),
  },
  { operation: "CreateDeviceFleet", kind: "device-fleet", name: "DeviceFleetName", settings: [edgeOutput] },
  {
    operation: "CreateDomain",
    kind: "domain",
    name: "DomainName",
    settings: [
      ...userSettings("DefaultUserSettings"),
      {
        path: "HomeEfsFileSystemKmsKeyId",
        protects: "home-efs",
        when: [
          {
            path: "HomeEfsFileSystemKmsKeyId",
            is: "present",
            otherwise: { code: "deprecated-member", replacement: "KmsKeyId" },
          },
        ],
        without: "studio-default",
        conditionKey: VOLUME_KEY,
      },
      domainStorage,
    ],
  },
  {
    operation: "CreateEdgePackagingJob",
    kind: "edge-packaging-job",
    name: "EdgePackagingJobName",
    settings: [edgeOutput, { path: "ResourceKey", protects: "volume", without: "undocumented" }],
  },
  {
    operation: "CreateEndpointConfig",
    kind: "endpoint-config",
    name: "EndpointConfigName",
    settings: endpointConfig,
  },
  {
    operation: "CreateFeatureGroup",
    kind: "feature-group",
    name: "FeatureGroupName",
    settings: [
      {
        path: "OnlineStoreConfig.SecurityConfig.KmsKeyId",
        protects: "feature-store-online",
        when: [{ path: "OnlineStoreConfig.EnableOnlineStore", is: "equals", value: true }],
        without: "aws-owned-key",
        conditionKey: "sagemaker:FeatureGroupOnlineStoreKmsKeyArn",
      },
      {
        path: "OfflineStoreConfig.S3StorageConfig.KmsKeyId",
        protects: "feature-store-offline",
        when: [{ path: "OfflineStoreConfig", is: "present" }],
        without: "aws-managed-s3",
        conditionKey: "sagemaker:FeatureGroupOfflineStoreKmsKeyArn",
      },
    ],
  },
  {
    operation: "CreateFlowDefinition",
    kind: "flow-definition",
    name: "FlowDefinitionName",
    settings: [{ path: "OutputConfig.KmsKeyId", protects: "output", without: "undocumented-s3" }],
  },
  {
    operation: "CreateHyperParameterTuningJob",
    kind: "hyper-parameter-tuning-job",
    name: "HyperParameterTuningJobName",
    oneOf: ["TrainingJobDefinition", "TrainingJobDefinitions"],
    settings: [...trainingDefinition("TrainingJobDefinition"), ...trainingDefinition("TrainingJobDefinitions[]")],
  },
  {
    operation: "CreateInferenceExperiment",
    kind: "inference-experiment",
    name: "Name",
    settings: [
      experimentStorage,
      {
        path: "KmsKey",
        protects: "volume",
        instanceTypes: ["ModelVariants[].InfrastructureConfig.RealTimeInferenceConfig.InstanceType"],
        without: "transient-key",
      },
    ],
  },
  {
    operation: "CreateInferenceRecommendationsJob",
    kind: "inference-recommendations-job",
    name: "JobName",
    settings: [
      {
        path: "InputConfig.VolumeKmsKeyId",
        protects: "volume",
        instanceTypes: ["InputConfig.EndpointConfigurations[].InstanceType"],
        without: "transient-key",
      },
      {
        path: "OutputConfig.KmsKeyId",
        protects: "output",
        when: [{ path: "OutputConfig", is: "present" }],
        without: "undocumented-s3",
        describedAt: null,
      },
    ],
  },
  {
    operation: "CreateLabelingJob",
    kind: "labeling-job",
    name: "LabelingJobName",
    settings: [
      { path: "OutputConfig.KmsKeyId", protects: "output", without: "aws-managed-s3", conditionKey: OUTPUT_KEY },
      {
        path: "LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId",
        protects: "volume",
        when: [{ path: "LabelingJobAlgorithmsConfig", is: "present" }],
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
    ],
  },
  {
    operation: "CreateMlflowApp",
    kind: "mlflow-app",
    name: "Name",
    settings: [{ path: "KmsKeyId", protects: "mlflow-app", without: "undocumented" }],
  },
  {
    operation: "CreateModelBiasJobDefinition",
    kind: "model-bias-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("ModelBiasJobOutputConfig"),
  },
  {
    operation: "CreateModelCard",
    kind: "model-card",
    name: "ModelCardName",
    settings: [{ path: "SecurityConfig.KmsKeyId", protects: "model-card", without: "undocumented" }],
  },
  {
    operation: "CreateModelExplainabilityJobDefinition",
    kind: "model-explainability-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("ModelExplainabilityJobOutputConfig"),
  },
  {
    operation: "CreateModelPackage",
    kind: "model-package",
    name: "ModelPackageName",
    settings: [
      ...transformDefinition("ValidationSpecification.ValidationProfiles[].TransformJobDefinition"),
      { path: "SecurityConfig.KmsKeyId", protects: "model-package", without: "undocumented" },
    ],
  },
  {
    operation: "CreateModelQualityJobDefinition",
    kind: "model-quality-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("ModelQualityJobOutputConfig"),
  },
  {
    operation: "CreateMonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    settings: monitoring,
    refersTo: toJobDefinition,
  },
  {
    operation: "CreateNotebookInstance",
    kind: "notebook-instance",
    name: "NotebookInstanceName",
    settings: [
      {
        // A notebook always has an EBS volume, whatever its instance type has besides.
        path: "KmsKeyId",
        protects: "volume",
        instanceTypes: ["InstanceType"],
        localStorage: "policy",
        without: "notebook-system-managed-key",
        conditionKey: VOLUME_KEY,
      },
    ],
  },
  {
    operation: "CreateOptimizationJob",
    kind: "optimization-job",
    name: "OptimizationJobName",
    settings: [{ path: "OutputConfig.KmsKeyId", protects: "output", without: "undocumented-s3" }],
  },
  {
    operation: "CreatePartnerApp",
    kind: "partner-app",
    name: "Name",
    settings: [{ path: "KmsKeyId", protects: "partner-app", without: "aws-managed-key" }],
  },
  {
    operation: "CreateProcessingJob",
    kind: "processing-job",
    name: "ProcessingJobName",
    settings: [
      {
        path: "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.KmsKeyId",
        protects: "input-dataset",
        when: [{ path: "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition", is: "present" }],
        without: "undocumented-s3",
      },
      {
        path: "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId",
        protects: "input-dataset",
        when: [{ path: "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition", is: "present" }],
        without: "undocumented-s3",
      },
      {
        path: "ProcessingOutputConfig.KmsKeyId",
        protects: "output",
        when: [
          { path: "ProcessingOutputConfig.Outputs[].S3Output", is: "present", otherwise: { code: "no-s3-output" } },
        ],
        without: "undocumented-s3",
        conditionKey: OUTPUT_KEY,
      },
      {
        path: "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
        protects: "volume",
        instanceTypes: ["ProcessingResources.ClusterConfig.InstanceType"],
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "NetworkConfig.EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        without: "plaintext-between-nodes",
        conditionKey: IN_TRANSIT,
      },
    ],
  },
  {
    operation: "CreateTrainingJob",
    kind: "training-job",
    name: "TrainingJobName",
    settings: [
      { path: "OutputDataConfig.KmsKeyId", protects: "output", without: "aws-managed-s3", conditionKey: OUTPUT_KEY },
      {
        path: "ResourceConfig.VolumeKmsKeyId",
        protects: "volume",
        when: [{ path: "ResourceConfig", is: "present", otherwise: { code: "serverless-job", lacks: "volume" } }],
        instanceTypes: ["ResourceConfig.InstanceType", "ResourceConfig.InstanceGroups[].InstanceType"],
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        when: [
          { path: "ResourceConfig", is: "present", otherwise: { code: "serverless-job", lacks: "nodes of its own" } },
        ],
        without: "plaintext-between-nodes",
        conditionKey: IN_TRANSIT,
      },
    ],
  },
  {
    operation: "CreateTransformJob",
    kind: "transform-job",
    name: "TransformJobName",
    settings: [
      { path: "TransformOutput.KmsKeyId", protects: "output", without: "aws-managed-s3", conditionKey: OUTPUT_KEY },
      {
        path: "DataCaptureConfig.KmsKeyId",
        protects: "data-capture",
        when: [{ path: "DataCaptureConfig", is: "present" }],
        without: "undocumented-s3",
      },
      {
        path: "TransformResources.VolumeKmsKeyId",
        protects: "volume",
        instanceTypes: ["TransformResources.InstanceType"],
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
    ],
  },
  {
    operation: "CreateUserProfile",
    kind: "user-profile",
    name: "UserProfileName",
    settings: userSettings("UserSettings"),
  },
  {
    operation: "UpdateCluster",
    kind: "cluster",
    name: "ClusterName",
    partial: true,
    settings: [...clusterGroup("InstanceGroups"), ...clusterGroup("RestrictedInstanceGroups")],
  },
  { operation: "UpdateDeviceFleet", kind: "device-fleet", name: "DeviceFleetName", settings: [edgeOutput] },
  {
    operation: "UpdateDomain",
    kind: "domain",
    name: "DomainId",
    partial: true,
    settings: userSettings("DefaultUserSettings"),
  },
  {
    operation: "UpdateInferenceExperiment",
    kind: "inference-experiment",
    name: "Name",
    settings: [experimentStorage],
  },
  {
    operation: "UpdateMonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    settings: monitoring,
    refersTo: toJobDefinition,
  },
  {
    operation: "UpdateUserProfile",
    kind: "user-profile",
    name: "UserProfileName",
    partial: true,
    settings: userSettings("UserSettings"),
  },
] as const satisfies readonly (Operation & { kind: KindName })[];

/**
 * Calls that have no key member and yet decide what key data lies under: by what they refer to, by the definition that they
 * hold, or by the bucket that they write to (`locations.ts`).
 */
export const keylessOperations = [
  { operation: "CreateAIBenchmarkJob", kind: "ai-benchmark-job", name: "AIBenchmarkJobName", settings: [] },
  {
    operation: "CreateAIRecommendationJob",
    kind: "ai-recommendation-job",
    name: "AIRecommendationJobName",
    settings: [],
  },
  { operation: "CreateApp", kind: "app", name: "AppName", settings: [], refersTo: [toDomain] },
  { operation: "CreateEndpoint", kind: "endpoint", name: "EndpointName", settings: [], refersTo: [toEndpointConfig] },
  { operation: "CreateHub", kind: "hub", name: "HubName", settings: [] },
  {
    operation: "CreateInferenceComponent",
    kind: "inference-component",
    name: "InferenceComponentName",
    settings: [],
    refersTo: [
      { at: "EndpointName", describe: "DescribeEndpoint", as: "EndpointName", settings: [] },
      toEndpointConfig,
    ],
  },
  {
    operation: "CreateMlflowTrackingServer",
    kind: "mlflow-tracking-server",
    name: "TrackingServerName",
    settings: [],
  },
  { operation: "CreateModel", kind: "model", name: "ModelName", settings: [] },
  {
    operation: "CreateModelCardExportJob",
    kind: "model-card-export-job",
    name: "ModelCardExportJobName",
    settings: [],
  },
  {
    operation: "CreatePipeline",
    kind: "pipeline",
    name: "PipelineName",
    settings: [],
    definition: "PipelineDefinition",
  },
  { operation: "CreateSpace", kind: "space", name: "SpaceName", settings: [], refersTo: [toDomain] },
  {
    operation: "RetryPipelineExecution",
    kind: "pipeline-execution",
    name: "PipelineExecutionArn",
    settings: [],
    refersTo: [toExecutionsDefinition],
    definition: "PipelineDefinition",
  },
  {
    operation: "StartPipelineExecution",
    kind: "pipeline-execution",
    name: "PipelineExecutionArn",
    settings: [],
    refersTo: [toExecutionsDefinition],
    definition: "PipelineDefinition",
  },
  { operation: "UpdateEndpoint", kind: "endpoint", name: "EndpointName", settings: [], refersTo: [toEndpointConfig] },
  { operation: "UpdateMlflowApp", kind: "mlflow-app", name: "Arn", settings: [] },
  {
    operation: "UpdateMlflowTrackingServer",
    kind: "mlflow-tracking-server",
    name: "TrackingServerName",
    settings: [],
  },
  {
    operation: "UpdatePipeline",
    kind: "pipeline",
    name: "PipelineName",
    settings: [],
    definition: "PipelineDefinition",
  },
] as const satisfies readonly (Operation & { kind: KindName })[];

/** Calls that put to use again what exists: its Describe is judged by the settings of the operation that made it. */
export const followedOperations = [
  {
    operation: "StartInferenceExperiment",
    kind: "inference-experiment",
    name: "Name",
    settingsOf: "CreateInferenceExperiment",
  },
  {
    operation: "StartMlflowTrackingServer",
    kind: "mlflow-tracking-server",
    name: "TrackingServerName",
    settingsOf: "CreateMlflowTrackingServer",
  },
  {
    operation: "StartMonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    settingsOf: "CreateMonitoringSchedule",
  },
  {
    operation: "StartNotebookInstance",
    kind: "notebook-instance",
    name: "NotebookInstanceName",
    settingsOf: "CreateNotebookInstance",
  },
  {
    operation: "UpdateNotebookInstance",
    kind: "notebook-instance",
    name: "NotebookInstanceName",
    settingsOf: "CreateNotebookInstance",
  },
] as const satisfies readonly (FollowedOperation & { kind: KindName })[];

/** Every operation whose name wakes something in the catalogue. */
export const judgedOperations = [...operations, ...keylessOperations, ...followedOperations] as const;
