export interface CloudFormationType {
  readonly type: string;
  /** The catalogue's operation that creates the same resource. */
  readonly operation: string;
  /** Properties that the API has elsewhere; all others have the API's names and places. */
  readonly moves?: readonly { readonly from: string; readonly to: string; readonly because: string }[];
  /** The property that holds the settings as text of its own. */
  readonly inside?: string;
}

const NESTED = "CloudFormation holds the definition's text or its place in S3 in one property, the API in two members";

/**
 * SageMaker's resource types that can hold a key. A test holds them against the resource provider schemas (CloudFormation
 * registry, as cfn-lint carries them): every property of theirs that names a key is reached.
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
    inside: "PipelineDefinition.PipelineDefinitionBody",
  },
  { type: "AWS::SageMaker::ProcessingJob", operation: "CreateProcessingJob" },
  { type: "AWS::SageMaker::UserProfile", operation: "CreateUserProfile" },
] as const satisfies readonly CloudFormationType[];

const byType = new Map<string, CloudFormationType>(cloudFormationTypes.map((row) => [row.type, row]));

/** What a resource type of SageMaker's creates; one that nobody here has heard of, by its name. */
export const cloudFormationType = (type: string): CloudFormationType =>
  byType.get(type) ?? { type, operation: `Create${type.slice(type.lastIndexOf(":") + 1)}` };
