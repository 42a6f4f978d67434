import type { operations } from "../../lib/catalogue/operations.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { KEY } from "./build.ts";

type KeyedOperation = (typeof operations)[number]["operation"];

const role = "arn:aws:iam::111122223333:role/sagemaker-execution";
const s3 = (path: string) => `s3://ml-data-111122223333/${path}`;
const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1";

const output = { S3OutputPath: s3("output"), KmsKeyId: KEY };
const onMachines = { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 50, VolumeKmsKeyId: KEY };
const limit = { MaxRuntimeInSeconds: 3600 };
const channel = {
  ChannelName: "train",
  DataSource: {
    S3DataSource: { S3DataType: "S3Prefix", S3Uri: s3("train"), S3DataDistributionType: "FullyReplicated" },
  },
};
const transform = {
  TransformInput: {
    DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: s3("in") } },
    ContentType: "text/csv",
  },
  TransformOutput: output,
  TransformResources: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeKmsKeyId: KEY },
};
const tuned = {
  AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
  InputDataConfig: [channel],
  OutputDataConfig: output,
  RoleArn: role,
  StoppingCondition: limit,
};
const onConfig = { ...tuned, ResourceConfig: onMachines };
const onChoice = {
  ...tuned,
  HyperParameterTuningResourceConfig: {
    InstanceConfigs: [{ InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 50 }],
    VolumeKmsKeyId: KEY,
  },
};
const geospatial = "arn:aws:sagemaker-geospatial:us-west-2:111122223333";
const geospatialExport = (kind: string) => ({
  Arn: `${geospatial}:${kind}/abcdefghijkl`,
  ExecutionRoleArn: role,
  OutputConfig: { S3Data: { S3Uri: s3("exported/"), KmsKeyId: KEY } },
});
const tuning = {
  HyperParameterTuningJobName: "churn-tuning",
  HyperParameterTuningJobConfig: {
    Strategy: "Bayesian",
    ResourceLimits: { MaxNumberOfTrainingJobs: 10, MaxParallelTrainingJobs: 2 },
  },
};
const monitored = (Output: string, Input: JsonObject, App: JsonObject) => ({
  JobDefinitionName: "churn-monitor",
  ...App,
  ...Input,
  [Output]: {
    MonitoringOutputs: [{ S3Output: { S3Uri: s3("monitor"), LocalPath: "/opt/ml/processing/output" } }],
    KmsKeyId: KEY,
  },
  JobResources: {
    ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 50, VolumeKmsKeyId: KEY },
  },
  NetworkConfig: { EnableInterContainerTrafficEncryption: true },
  RoleArn: role,
});
const EndpointInput = { EndpointName: "churn", LocalPath: "/opt/ml/processing/input" };
const truth = { EndpointInput, GroundTruthS3Input: { S3Uri: s3("truth") } };
const schedule = {
  MonitoringScheduleName: "churn-hourly",
  MonitoringScheduleConfig: {
    ScheduleConfig: { ScheduleExpression: "cron(0 * ? * * *)" },
    MonitoringJobDefinition: {
      MonitoringInputs: [{ EndpointInput }],
      MonitoringOutputConfig: {
        MonitoringOutputs: [{ S3Output: { S3Uri: s3("monitor"), LocalPath: "/opt/ml/processing/output" } }],
        KmsKeyId: KEY,
      },
      MonitoringResources: {
        ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 50, VolumeKmsKeyId: KEY },
      },
      MonitoringAppSpecification: { ImageUri: image },
      NetworkConfig: { EnableInterContainerTrafficEncryption: true },
      RoleArn: role,
    },
  },
};
const group = (name: string) => ({
  InstanceGroupName: name,
  InstanceType: "ml.m5.xlarge",
  InstanceCount: 1,
  LifeCycleConfig: { SourceS3Uri: s3("lifecycle"), OnCreate: "on_create.sh" },
  ExecutionRole: role,
  InstanceStorageConfigs: [
    { EbsVolumeConfig: { RootVolume: true, VolumeKmsKeyId: KEY } },
    { EbsVolumeConfig: { VolumeSizeInGB: 500, VolumeKmsKeyId: KEY } },
  ],
});
const restricted = (name: string) => {
  const { LifeCycleConfig: _, ...rest } = group(name);
  return { ...rest, EnvironmentConfig: {} };
};
const cluster = {
  ClusterName: "foundation",
  InstanceGroups: [group("controller"), group("workers")],
  RestrictedInstanceGroups: [restricted("nova-a"), restricted("nova-b")],
  Orchestrator: { Eks: { ClusterArn: "arn:aws:eks:us-east-1:111122223333:cluster/ml" } },
  NodeProvisioningMode: "Continuous",
};
const userSettings = {
  SharingSettings: { NotebookOutputOption: "Allowed", S3OutputPath: s3("sharing"), S3KmsKeyId: KEY },
  CanvasAppSettings: { WorkspaceSettings: { S3ArtifactPath: s3("canvas"), S3KmsKeyId: KEY } },
};
const domain = {
  DomainName: "research",
  AuthMode: "IAM",
  DefaultUserSettings: { ExecutionRole: role, ...userSettings },
  SubnetIds: ["subnet-0a1b2c3d4e5f67890"],
  VpcId: "vpc-0a1b2c3d4e5f67890",
};
const fleet = {
  DeviceFleetName: "cameras",
  RoleArn: role,
  OutputConfig: { S3OutputLocation: s3("edge"), KmsKeyId: KEY },
};
const variant = (name: string) => ({
  VariantName: name,
  ModelName: "churn",
  InitialInstanceCount: 1,
  InstanceType: "ml.m5.xlarge",
  InitialVariantWeight: 1,
  CoreDumpConfig: { DestinationS3Uri: s3("dumps"), KmsKeyId: KEY },
});
const experimentStorage = { Destination: s3("captured"), KmsKey: KEY };
const dataset = (service: "Athena" | "Redshift"): JsonObject => ({
  InputName: service.toLowerCase(),
  DatasetDefinition: {
    LocalPath: "/opt/ml/processing/input",
    [`${service}DatasetDefinition`]: {
      ...(service === "Athena"
        ? { Catalog: "AwsDataCatalog" }
        : { ClusterId: "dwh", DbUser: "ml", ClusterRoleArn: role }),
      Database: "sales",
      QueryString: "select 1",
      OutputS3Uri: s3("staging"),
      OutputFormat: "PARQUET",
      KmsKeyId: KEY,
    },
  },
});

/**
 * Requests of each operation with every key that the operation can hold; each key applies. Together they hold every key
 * member of the SDK. A request without one of its keys has exactly one finding.
 */
export const encryptedRequests: Readonly<Record<KeyedOperation, readonly JsonObject[]>> = {
  CreateAlgorithm: [
    {
      AlgorithmName: "churn",
      TrainingSpecification: {
        TrainingImage: image,
        SupportedTrainingInstanceTypes: ["ml.m5.xlarge"],
        TrainingChannels: [{ Name: "train", SupportedContentTypes: ["text/csv"], SupportedInputModes: ["File"] }],
      },
      ValidationSpecification: {
        ValidationRole: role,
        ValidationProfiles: [
          {
            ProfileName: "one",
            TrainingJobDefinition: {
              TrainingInputMode: "File",
              InputDataConfig: [channel],
              OutputDataConfig: output,
              ResourceConfig: onMachines,
              StoppingCondition: limit,
            },
            TransformJobDefinition: transform,
          },
        ],
      },
    },
  ],
  CreateAutoMLJob: [
    {
      AutoMLJobName: "churn-automl",
      InputDataConfig: [
        { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: s3("train") } }, TargetAttributeName: "y" },
      ],
      OutputDataConfig: output,
      AutoMLJobConfig: { SecurityConfig: { VolumeKmsKeyId: KEY, EnableInterContainerTrafficEncryption: true } },
      RoleArn: role,
    },
  ],
  CreateAutoMLJobV2: [
    {
      AutoMLJobName: "churn-automl-v2",
      AutoMLJobInputDataConfig: [
        { ChannelType: "training", DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: s3("train") } } },
      ],
      AutoMLProblemTypeConfig: { TabularJobConfig: { TargetAttributeName: "y" } },
      OutputDataConfig: output,
      SecurityConfig: { VolumeKmsKeyId: KEY, EnableInterContainerTrafficEncryption: true },
      RoleArn: role,
    },
  ],
  CreateCluster: [cluster],
  CreateCompilationJob: [
    {
      CompilationJobName: "churn-arm",
      RoleArn: role,
      InputConfig: { S3Uri: s3("model.tar.gz"), DataInputConfig: '{"input":[1,3,224,224]}', Framework: "PYTORCH" },
      OutputConfig: { S3OutputLocation: s3("compiled"), TargetDevice: "ml_m5", KmsKeyId: KEY },
      StoppingCondition: limit,
    },
  ],
  CreateDataQualityJobDefinition: [
    monitored(
      "DataQualityJobOutputConfig",
      { DataQualityJobInput: { EndpointInput } },
      { DataQualityAppSpecification: { ImageUri: image } },
    ),
  ],
  CreateDeviceFleet: [fleet],
  CreateDomain: [
    { ...domain, KmsKeyId: KEY },
    { ...domain, HomeEfsFileSystemKmsKeyId: KEY },
  ],
  CreateEdgePackagingJob: [
    {
      EdgePackagingJobName: "churn-edge",
      CompilationJobName: "churn-arm",
      ModelName: "churn",
      ModelVersion: "1",
      RoleArn: role,
      OutputConfig: { S3OutputLocation: s3("edge"), KmsKeyId: KEY },
      ResourceKey: KEY,
    },
  ],
  CreateEndpointConfig: [
    {
      EndpointConfigName: "churn-config",
      ProductionVariants: [variant("blue"), variant("green")],
      ShadowProductionVariants: [variant("shadow")],
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 10,
        DestinationS3Uri: s3("captured"),
        KmsKeyId: KEY,
        CaptureOptions: [{ CaptureMode: "Input" }],
      },
      AsyncInferenceConfig: { OutputConfig: { S3OutputPath: s3("async"), KmsKeyId: KEY } },
      KmsKeyId: KEY,
    },
  ],
  CreateFeatureGroup: [
    {
      FeatureGroupName: "customers",
      RecordIdentifierFeatureName: "id",
      EventTimeFeatureName: "at",
      FeatureDefinitions: [
        { FeatureName: "id", FeatureType: "String" },
        { FeatureName: "at", FeatureType: "Fractional" },
      ],
      OnlineStoreConfig: { EnableOnlineStore: true, SecurityConfig: { KmsKeyId: KEY } },
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: s3("features"), KmsKeyId: KEY } },
      RoleArn: role,
    },
  ],
  CreateFlowDefinition: [
    {
      FlowDefinitionName: "review",
      HumanLoopConfig: {
        WorkteamArn: "arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/reviewers",
        HumanTaskUiArn: "arn:aws:sagemaker:us-east-1:111122223333:human-task-ui/review",
        TaskTitle: "Review",
        TaskDescription: "Review a prediction",
        TaskCount: 1,
      },
      OutputConfig: { S3OutputPath: s3("reviews"), KmsKeyId: KEY },
      RoleArn: role,
    },
  ],
  CreateHyperParameterTuningJob: [
    { ...tuning, TrainingJobDefinition: onConfig },
    { ...tuning, TrainingJobDefinition: onChoice },
    { ...tuning, TrainingJobDefinitions: [onConfig, onChoice] },
    { ...tuning, TrainingJobDefinitions: [onChoice, onConfig] },
  ],
  CreateInferenceExperiment: [
    {
      Name: "churn-shadow",
      Type: "ShadowMode",
      RoleArn: role,
      EndpointName: "churn",
      ModelVariants: ["production", "shadow"].map((name) => ({
        ModelName: "churn",
        VariantName: name,
        InfrastructureConfig: {
          InfrastructureType: "RealTimeInference",
          RealTimeInferenceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 },
        },
      })),
      ShadowModeConfig: {
        SourceModelVariantName: "production",
        ShadowModelVariants: [{ ShadowModelVariantName: "shadow", SamplingPercentage: 10 }],
      },
      DataStorageConfig: experimentStorage,
      KmsKey: KEY,
    },
  ],
  CreateInferenceRecommendationsJob: [
    {
      JobName: "churn-sizes",
      JobType: "Advanced",
      RoleArn: role,
      InputConfig: {
        ModelName: "churn",
        EndpointConfigurations: [{ InstanceType: "ml.m5.xlarge" }, { InstanceType: "ml.c5.xlarge" }],
        VolumeKmsKeyId: KEY,
      },
      OutputConfig: { KmsKeyId: KEY, CompiledOutputConfig: { S3OutputUri: s3("sizes") } },
    },
  ],
  CreateLabelingJob: [
    {
      LabelingJobName: "labels",
      LabelAttributeName: "label",
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: s3("manifest") } } },
      OutputConfig: { S3OutputPath: s3("labels"), KmsKeyId: KEY },
      RoleArn: role,
      LabelingJobAlgorithmsConfig: {
        LabelingJobAlgorithmSpecificationArn:
          "arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/image-classification",
        LabelingJobResourceConfig: { VolumeKmsKeyId: KEY },
      },
      HumanTaskConfig: {
        WorkteamArn: "arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/labelers",
        UiConfig: { UiTemplateS3Uri: s3("ui.html") },
        TaskTitle: "Label",
        TaskDescription: "Label an image",
        NumberOfHumanWorkersPerDataObject: 1,
        TaskTimeLimitInSeconds: 300,
      },
    },
  ],
  CreateMlflowApp: [{ Name: "tracking", ArtifactStoreUri: s3("mlflow"), RoleArn: role, KmsKeyId: KEY }],
  CreateModelBiasJobDefinition: [
    monitored(
      "ModelBiasJobOutputConfig",
      { ModelBiasJobInput: truth },
      { ModelBiasAppSpecification: { ImageUri: image, ConfigUri: s3("bias.json") } },
    ),
  ],
  CreateModelCard: [
    { ModelCardName: "churn-card", Content: "{}", ModelCardStatus: "Draft", SecurityConfig: { KmsKeyId: KEY } },
  ],
  CreateModelExplainabilityJobDefinition: [
    monitored(
      "ModelExplainabilityJobOutputConfig",
      { ModelExplainabilityJobInput: { EndpointInput } },
      { ModelExplainabilityAppSpecification: { ImageUri: image, ConfigUri: s3("shap.json") } },
    ),
  ],
  CreateModelPackage: [
    {
      ModelPackageName: "churn-package",
      ValidationSpecification: {
        ValidationRole: role,
        ValidationProfiles: [{ ProfileName: "one", TransformJobDefinition: transform }],
      },
      SecurityConfig: { KmsKeyId: KEY },
    },
  ],
  CreateModelQualityJobDefinition: [
    monitored(
      "ModelQualityJobOutputConfig",
      { ModelQualityJobInput: truth },
      { ModelQualityAppSpecification: { ImageUri: image, ProblemType: "BinaryClassification" } },
    ),
  ],
  CreateMonitoringSchedule: [schedule],
  CreateNotebookInstance: [
    { NotebookInstanceName: "ana-notebook", InstanceType: "ml.t3.medium", RoleArn: role, KmsKeyId: KEY },
  ],
  CreateOptimizationJob: [
    {
      OptimizationJobName: "llm-quantized",
      RoleArn: role,
      ModelSource: { S3: { S3Uri: s3("llm") } },
      DeploymentInstanceType: "ml.g5.2xlarge",
      OptimizationConfigs: [{ ModelQuantizationConfig: { Image: image } }],
      OutputConfig: { S3OutputLocation: s3("optimized"), KmsKeyId: KEY },
      StoppingCondition: limit,
    },
  ],
  CreatePartnerApp: [
    {
      Name: "comet",
      Type: "comet",
      ExecutionRoleArn: role,
      Tier: "small",
      AuthType: "IAM",
      KmsKeyId: KEY,
    },
  ],
  CreateProcessingJob: [
    {
      ProcessingJobName: "features",
      ProcessingInputs: [dataset("Athena"), dataset("Redshift")],
      ProcessingOutputConfig: {
        Outputs: [
          {
            OutputName: "out",
            S3Output: { S3Uri: s3("features"), LocalPath: "/opt/ml/processing/output", S3UploadMode: "EndOfJob" },
          },
        ],
        KmsKeyId: KEY,
      },
      ProcessingResources: {
        ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 50, VolumeKmsKeyId: KEY },
      },
      AppSpecification: { ImageUri: image },
      NetworkConfig: { EnableInterContainerTrafficEncryption: true },
      RoleArn: role,
    },
  ],
  CreateTrainingJob: [
    {
      TrainingJobName: "churn",
      ...tuned,
      ResourceConfig: onMachines,
      EnableInterContainerTrafficEncryption: true,
    },
  ],
  CreateTrainingSession: [
    {
      TrainingSessionName: "churn-session",
      ModelPackageGroupArn: "arn:aws:sagemaker:us-east-1:111122223333:model-package-group/churn",
      OutputConfig: { S3Location: { Path: s3("sessions"), KmsKeyArn: KEY } },
      RoleArn: role,
    },
  ],
  CreateTransformJob: [
    {
      TransformJobName: "churn-scores",
      ModelName: "churn",
      ...transform,
      DataCaptureConfig: { DestinationS3Uri: s3("captured"), KmsKeyId: KEY },
    },
  ],
  CreateUserProfile: [{ DomainId: "d-abcdefghijkl", UserProfileName: "ana", UserSettings: userSettings }],
  UpdateCluster: [cluster],
  UpdateDeviceFleet: [fleet],
  UpdateDomain: [{ DomainId: "d-abcdefghijkl", DefaultUserSettings: userSettings }],
  UpdateInferenceExperiment: [{ Name: "churn-shadow", DataStorageConfig: experimentStorage }],
  UpdateMonitoringSchedule: [schedule],
  UpdateUserProfile: [{ DomainId: "d-abcdefghijkl", UserProfileName: "ana", UserSettings: userSettings }],
  "datazone:CreateConnection": [
    {
      domainIdentifier: "dzd-abcdefghijklmn",
      name: "crm",
      props: {
        glueProperties: {
          glueConnectionInput: {
            name: "crm",
            connectionType: "SNOWFLAKE",
            authenticationConfiguration: {
              authenticationType: "BASIC",
              basicAuthenticationCredentials: { userName: "ana", password: "EXAMPLE" },
              kmsKeyArn: KEY,
            },
          },
        },
      },
    },
  ],
  "datazone:CreateDomain": [{ name: "ml-studio", domainExecutionRole: role, kmsKeyIdentifier: KEY }],
  "datazone:PutDataExportConfiguration": [
    {
      domainIdentifier: "dzd-abcdefghijklmn",
      enableExport: true,
      encryptionConfiguration: { kmsKeyArn: KEY, sseAlgorithm: "aws:kms" },
    },
  ],
  // The key is in the response, which is read as the request is.
  "datazone:StartNotebookRun": [{ id: "run1", storageConfiguration: { projectS3Path: s3("project"), kmsKeyArn: KEY } }],
  "sagemaker-geospatial:ExportEarthObservationJob": [geospatialExport("earth-observation-job")],
  "sagemaker-geospatial:ExportVectorEnrichmentJob": [geospatialExport("vector-enrichment-job")],
  "sagemaker-geospatial:StartEarthObservationJob": [
    {
      Name: "floods",
      KmsKeyId: KEY,
      InputConfig: { PreviousEarthObservationJobArn: `${geospatial}:earth-observation-job/abcdefghijkl` },
      JobConfig: { CloudMaskingConfig: {} },
      ExecutionRoleArn: role,
    },
  ],
  "sagemaker-geospatial:StartVectorEnrichmentJob": [
    {
      Name: "addresses",
      KmsKeyId: KEY,
      InputConfig: { DocumentType: "CSV", DataSourceConfig: { S3Data: { S3Uri: s3("addresses.csv") } } },
      JobConfig: { ReverseGeocodingConfig: { XAttributeName: "x", YAttributeName: "y" } },
      ExecutionRoleArn: role,
    },
  ],
};

/** The requests of an operation with keys. Throws, naming the file to open, where there is none yet. */
export function requestsOf(operation: KeyedOperation): readonly JsonObject[] {
  if (Object.hasOwn(encryptedRequests, operation)) return encryptedRequests[operation];
  throw new Error(`${operation} has no request: add one, with every key, to test/support/encrypted-requests.ts`);
}
