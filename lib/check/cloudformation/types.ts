export interface CloudFormationType {
  readonly type: string;
  /** The catalogue's operation that creates the same resource. */
  readonly operation: string;
  /** Properties that have another path in the API's request; all others have the API's names and paths. */
  readonly moves?: readonly { readonly from: string; readonly to: string; readonly because: string }[];
  /** The property that holds the settings, as a text of its own. */
  readonly settingsIn?: string;
}

const NESTED = "CloudFormation has one property for the definition's text and its S3 location, the API has two members";

/**
 * SageMaker's resource types that can hold a key. A test compares them with the resource provider schemas (CloudFormation
 * registry, as cfn-lint carries them): a setting of the catalogue covers every property that names a key.
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

/** The row of a resource type; a type without a row gets the operation that its name suggests. */
export const cloudFormationType = (type: string): CloudFormationType =>
  byType.get(type) ?? { type, operation: `Create${type.slice(type.lastIndexOf(":") + 1)}` };
