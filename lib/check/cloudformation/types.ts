/** A resource type of CloudFormation, with the API operation for it. */
export interface CloudFormationType {
  readonly type: string;
  /** The catalogue's operation that creates the same resource. */
  readonly operation: string;
  /** The properties whose path differs from the API's. All others have the API's names and paths. */
  readonly moves?: readonly { readonly from: string; readonly to: string; readonly because: string }[];
  /** The property whose text has the settings. */
  readonly settingsIn?: string;
}

const NESTED = "CloudFormation has one property for the definition's text and its S3 location, the API has two members";

/**
 * SageMaker's resource types that can have a key. Source: the resource provider schemas (CloudFormation registry, from
 * cfn-lint). A test checks that the catalogue has a setting for every property that names a key.
 */
export const cloudFormationTypes = [
  { type: "AWS::SageMaker::Cluster", operation: "CreateCluster" },
  { type: "AWS::SageMaker::DataQualityJobDefinition", operation: "CreateDataQualityJobDefinition" },
  { type: "AWS::SageMaker::DeviceFleet", operation: "CreateDeviceFleet" },
  { type: "AWS::SageMaker::Domain", operation: "CreateDomain" },
  { type: "AWS::SageMaker::EndpointConfig", operation: "CreateEndpointConfig" },
  { type: "AWS::SageMaker::FeatureGroup", operation: "CreateFeatureGroup" },
  { type: "AWS::SageMaker::InferenceExperiment", operation: "CreateInferenceExperiment" },
  { type: "AWS::SageMaker::ModelBiasJobDefinition", operation: "CreateModelBiasJobDefinition" },
  { type: "AWS::SageMaker::ModelCard", operation: "CreateModelCard" },
  { type: "AWS::SageMaker::ModelExplainabilityJobDefinition", operation: "CreateModelExplainabilityJobDefinition" },
  { type: "AWS::SageMaker::ModelPackage", operation: "CreateModelPackage" },
  { type: "AWS::SageMaker::ModelQualityJobDefinition", operation: "CreateModelQualityJobDefinition" },
  { type: "AWS::SageMaker::MonitoringSchedule", operation: "CreateMonitoringSchedule" },
  { type: "AWS::SageMaker::NotebookInstance", operation: "CreateNotebookInstance" },
  { type: "AWS::SageMaker::PartnerApp", operation: "CreatePartnerApp" },
  {
    type: "AWS::SageMaker::Pipeline",
    operation: "CreatePipeline",
    moves: [
      { from: "PipelineDefinition.PipelineDefinitionBody", to: "PipelineDefinition", because: NESTED },
      { from: "PipelineDefinition.PipelineDefinitionS3Location", to: "PipelineDefinitionS3Location", because: NESTED },
    ],
    settingsIn: "PipelineDefinition.PipelineDefinitionBody",
  },
  { type: "AWS::SageMaker::ProcessingJob", operation: "CreateProcessingJob" },
  { type: "AWS::SageMaker::UserProfile", operation: "CreateUserProfile" },
] as const satisfies readonly CloudFormationType[];

const byType = new Map<string, CloudFormationType>(cloudFormationTypes.map((row) => [row.type, row]));

/** The row of a resource type. Without a row, the operation is `Create` and the last part of the type's name. */
export const cloudFormationType = (type: string): CloudFormationType =>
  byType.get(type) ?? { type, operation: `Create${type.slice(type.lastIndexOf(":") + 1)}` };
