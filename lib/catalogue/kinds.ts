import type { Kind } from "./vocabulary.ts";

const COMPUTE = ["/opt/ml", "/tmp"] as const;
const LATER_NEW = "It cannot be given a key later: create a new one with the key in place.";
const UPDATABLE = "The key can be set with an update.";
const OF_THE_DOMAIN = "Its storage is under the domain's key, which cannot be given later: it takes a new domain.";
const WRITE_ELSEWHERE = "It takes no key of its own: give its bucket a default key, or name a bucket that has one.";

/**
 * What is true of each kind of resource. Describe and Stop are checked against the SDK by a test; statuses are the SDK's
 * enums; mount points and what stopping keeps are from the Developer Guide ("Protect Data at Rest Using Encryption",
 * "Use lifecycle configurations", StopTransformJob, StopTrainingJob).
 */
export const kinds = [
  {
    kind: "ai-benchmark-job",
    noun: "AI benchmark job",
    describe: {
      operation: "DescribeAIBenchmarkJob",
      input: { AIBenchmarkJobName: ["AIBenchmarkJobName"] },
      arn: "AIBenchmarkJobArn",
      status: "AIBenchmarkJobStatus",
    },
    stop: { operation: "StopAIBenchmarkJob", input: "AIBenchmarkJobName", from: ["InProgress"], later: [] },
    taggable: true,
    stopping: { keeps: "The model stays.", loses: "The benchmark's results are not written." },
    rekey: WRITE_ELSEWHERE,
  },
  {
    kind: "ai-recommendation-job",
    noun: "AI recommendation job",
    describe: {
      operation: "DescribeAIRecommendationJob",
      input: { AIRecommendationJobName: ["AIRecommendationJobName"] },
      arn: "AIRecommendationJobArn",
      status: "AIRecommendationJobStatus",
    },
    stop: { operation: "StopAIRecommendationJob", input: "AIRecommendationJobName", from: ["InProgress"], later: [] },
    taggable: true,
    stopping: { keeps: "The model stays.", loses: "The recommendation is not made." },
    rekey: WRITE_ELSEWHERE,
  },
  {
    kind: "algorithm",
    noun: "algorithm",
    describe: {
      operation: "DescribeAlgorithm",
      input: { AlgorithmName: ["AlgorithmName"] },
      arn: "AlgorithmArn",
      status: "AlgorithmStatus",
    },
    taggable: true,
    mounts: COMPUTE,
    rekey: LATER_NEW,
  },
  {
    kind: "app",
    noun: "Studio app",
    describe: {
      operation: "DescribeApp",
      input: { DomainId: ["DomainId"], AppType: ["AppType"], AppName: ["AppName"] },
      optional: { UserProfileName: ["UserProfileName"], SpaceName: ["SpaceName"] },
      arn: "AppArn",
      status: "Status",
    },
    taggable: true,
    mounts: ["/home/sagemaker-user"],
    rekey: OF_THE_DOMAIN,
  },
  {
    kind: "automl-job",
    noun: "AutoML job",
    describe: {
      operation: "DescribeAutoMLJobV2",
      input: { AutoMLJobName: ["AutoMLJobName"] },
      arn: "AutoMLJobArn",
      status: "AutoMLJobStatus",
    },
    stop: { operation: "StopAutoMLJob", input: "AutoMLJobName", from: ["InProgress"], later: [] },
    taggable: true,
    mounts: COMPUTE,
    stopping: {
      keeps: "Candidates that have finished stay in S3.",
      loses: "The candidates still in training are lost.",
    },
    rekey: LATER_NEW,
  },
  {
    kind: "cluster",
    noun: "HyperPod cluster",
    describe: {
      operation: "DescribeCluster",
      input: { ClusterName: ["ClusterName"] },
      arn: "ClusterArn",
      status: "ClusterStatus",
    },
    taggable: true,
    mounts: ["/", "/opt/sagemaker"],
    rekey: "Add an instance group whose storage has the key, and remove the old one.",
  },
  {
    kind: "compilation-job",
    noun: "compilation job",
    describe: {
      operation: "DescribeCompilationJob",
      input: { CompilationJobName: ["CompilationJobName"] },
      arn: "CompilationJobArn",
      status: "CompilationJobStatus",
    },
    stop: {
      operation: "StopCompilationJob",
      input: "CompilationJobName",
      from: ["INPROGRESS", "STARTING"],
      later: [],
    },
    taggable: true,
    stopping: { keeps: "The source model stays.", loses: "No compiled model is stored." },
    rekey: LATER_NEW,
  },
  {
    kind: "data-quality-job-definition",
    noun: "data quality job definition",
    describe: {
      operation: "DescribeDataQualityJobDefinition",
      input: { JobDefinitionName: ["JobDefinitionName"] },
      arn: "JobDefinitionArn",
    },
    taggable: true,
    mounts: ["/opt/ml/processing", "/tmp"],
    rekey: LATER_NEW,
  },
  {
    kind: "device-fleet",
    noun: "device fleet",
    describe: {
      operation: "DescribeDeviceFleet",
      input: { DeviceFleetName: ["DeviceFleetName"] },
      arn: "DeviceFleetArn",
    },
    taggable: true,
    rekey: UPDATABLE,
  },
  {
    kind: "domain",
    noun: "Studio domain",
    describe: {
      operation: "DescribeDomain",
      input: { DomainId: ["DomainId"] },
      arn: "DomainArn",
      status: "Status",
    },
    taggable: true,
    mounts: ["/home/sagemaker-user"],
    rekey:
      "Sharing and Canvas keys can be set with UpdateDomain; the key of the domain's storage cannot be given later: create a new domain with the key in place.",
  },
  {
    kind: "edge-packaging-job",
    noun: "edge packaging job",
    describe: {
      operation: "DescribeEdgePackagingJob",
      input: { EdgePackagingJobName: ["EdgePackagingJobName"] },
      arn: "EdgePackagingJobArn",
      status: "EdgePackagingJobStatus",
    },
    stop: {
      operation: "StopEdgePackagingJob",
      input: "EdgePackagingJobName",
      from: ["INPROGRESS", "STARTING"],
      later: [],
    },
    taggable: true,
    stopping: { keeps: "The compiled model stays.", loses: "No package is stored." },
    rekey: LATER_NEW,
  },
  {
    kind: "endpoint",
    noun: "endpoint",
    describe: {
      operation: "DescribeEndpoint",
      input: { EndpointName: ["EndpointName"] },
      arn: "EndpointArn",
      status: "EndpointStatus",
    },
    taggable: true,
    mounts: COMPUTE,
    rekey: "Create an endpoint configuration with the key in place and point the endpoint at it with UpdateEndpoint.",
  },
  {
    kind: "endpoint-config",
    noun: "endpoint configuration",
    describe: {
      operation: "DescribeEndpointConfig",
      input: { EndpointConfigName: ["EndpointConfigName"] },
      arn: "EndpointConfigArn",
    },
    taggable: true,
    mounts: COMPUTE,
    rekey:
      "It cannot be changed: create a new configuration with the key in place and point the endpoint at it with UpdateEndpoint.",
  },
  {
    kind: "feature-group",
    noun: "feature group",
    describe: {
      operation: "DescribeFeatureGroup",
      input: { FeatureGroupName: ["FeatureGroupName"] },
      arn: "FeatureGroupArn",
      status: "FeatureGroupStatus",
    },
    taggable: true,
    rekey: LATER_NEW,
  },
  {
    kind: "flow-definition",
    noun: "human review workflow",
    describe: {
      operation: "DescribeFlowDefinition",
      input: { FlowDefinitionName: ["FlowDefinitionName"] },
      arn: "FlowDefinitionArn",
      status: "FlowDefinitionStatus",
    },
    taggable: true,
    rekey: LATER_NEW,
  },
  {
    kind: "hub",
    noun: "hub",
    describe: { operation: "DescribeHub", input: { HubName: ["HubName"] }, arn: "HubArn", status: "HubStatus" },
    taggable: true,
    rekey: WRITE_ELSEWHERE,
  },
  {
    kind: "hyper-parameter-tuning-job",
    noun: "hyperparameter tuning job",
    describe: {
      operation: "DescribeHyperParameterTuningJob",
      input: { HyperParameterTuningJobName: ["HyperParameterTuningJobName"] },
      arn: "HyperParameterTuningJobArn",
      status: "HyperParameterTuningJobStatus",
    },
    stop: {
      operation: "StopHyperParameterTuningJob",
      input: "HyperParameterTuningJobName",
      from: ["InProgress"],
      later: [],
    },
    taggable: true,
    mounts: COMPUTE,
    stopping: {
      keeps: "Models of the training jobs that have finished stay in S3.",
      loses:
        "The training jobs that are running are stopped too; what they have not written as a checkpoint or output is lost.",
    },
    rekey: LATER_NEW,
  },
  {
    kind: "inference-component",
    noun: "inference component",
    describe: {
      operation: "DescribeInferenceComponent",
      input: { InferenceComponentName: ["InferenceComponentName"] },
      arn: "InferenceComponentArn",
      status: "InferenceComponentStatus",
    },
    taggable: true,
    mounts: COMPUTE,
    rekey:
      "The key is that of its endpoint's configuration: create one with the key in place and point the endpoint at it with UpdateEndpoint.",
  },
  {
    kind: "inference-experiment",
    noun: "inference experiment",
    describe: {
      operation: "DescribeInferenceExperiment",
      input: { Name: ["Name"] },
      arn: "Arn",
      status: "Status",
    },
    stop: {
      operation: "StopInferenceExperiment",
      input: "Name",
      from: ["Running"],
      later: ["Creating", "Created", "Starting", "Updating"],
    },
    taggable: false,
    mounts: COMPUTE,
    stopping: { keeps: "Every variant is retained as it is.", loses: "The experiment's traffic comparison ends." },
    rekey:
      "The key of captured data can be set with UpdateInferenceExperiment; the volumes' key needs a new experiment.",
  },
  {
    kind: "inference-recommendations-job",
    noun: "inference recommendations job",
    describe: {
      operation: "DescribeInferenceRecommendationsJob",
      input: { JobName: ["JobName"] },
      arn: "JobArn",
      status: "Status",
    },
    stop: {
      operation: "StopInferenceRecommendationsJob",
      input: "JobName",
      from: ["PENDING", "IN_PROGRESS"],
      later: [],
    },
    taggable: true,
    mounts: COMPUTE,
    stopping: { keeps: "The model stays.", loses: "The recommendation is not made." },
    rekey: LATER_NEW,
  },
  {
    kind: "labeling-job",
    noun: "labeling job",
    describe: {
      operation: "DescribeLabelingJob",
      input: { LabelingJobName: ["LabelingJobName"] },
      arn: "LabelingJobArn",
      status: "LabelingJobStatus",
    },
    stop: { operation: "StopLabelingJob", input: "LabelingJobName", from: ["InProgress"], later: ["Initializing"] },
    taggable: true,
    mounts: COMPUTE,
    stopping: { keeps: "Labels given so far stay in S3.", loses: "Open tasks are withdrawn from the workers." },
    rekey: LATER_NEW,
  },
  {
    kind: "mlflow-app",
    noun: "MLflow app",
    describe: { operation: "DescribeMlflowApp", input: { Arn: ["Arn"] }, arn: "Arn", status: "Status" },
    taggable: true,
    rekey: LATER_NEW,
  },
  {
    kind: "mlflow-tracking-server",
    noun: "MLflow tracking server",
    describe: {
      operation: "DescribeMlflowTrackingServer",
      input: { TrackingServerName: ["TrackingServerName"] },
      arn: "TrackingServerArn",
      status: "TrackingServerStatus",
    },
    stop: {
      operation: "StopMlflowTrackingServer",
      input: "TrackingServerName",
      from: ["Created", "Started", "Updated", "MaintenanceComplete"],
      later: ["Creating", "Starting", "Updating", "MaintenanceInProgress"],
    },
    taggable: true,
    stopping: {
      keeps: "The artifacts in S3 and the recorded runs stay.",
      loses: "Nothing can be recorded until it is started again.",
    },
    rekey: "The artifact store can be changed with UpdateMlflowTrackingServer, or its bucket be given a default key.",
  },
  {
    kind: "model",
    noun: "model",
    describe: { operation: "DescribeModel", input: { ModelName: ["ModelName"] }, arn: "ModelArn" },
    taggable: true,
    rekey: "Give the buckets that it is read from a default key, or keep its artifacts elsewhere.",
  },
  {
    kind: "model-bias-job-definition",
    noun: "model bias job definition",
    describe: {
      operation: "DescribeModelBiasJobDefinition",
      input: { JobDefinitionName: ["JobDefinitionName"] },
      arn: "JobDefinitionArn",
    },
    taggable: true,
    mounts: ["/opt/ml/processing", "/tmp"],
    rekey: LATER_NEW,
  },
  {
    kind: "model-card",
    noun: "model card",
    describe: {
      operation: "DescribeModelCard",
      input: { ModelCardName: ["ModelCardName"] },
      arn: "ModelCardArn",
      status: "ModelCardStatus",
    },
    taggable: true,
    rekey: LATER_NEW,
  },
  {
    kind: "model-card-export-job",
    noun: "model card export job",
    describe: {
      operation: "DescribeModelCardExportJob",
      input: { ModelCardExportJobArn: ["ModelCardExportJobArn"] },
      arn: "ModelCardExportJobArn",
      status: "Status",
    },
    taggable: false,
    rekey: WRITE_ELSEWHERE,
  },
  {
    kind: "model-explainability-job-definition",
    noun: "model explainability job definition",
    describe: {
      operation: "DescribeModelExplainabilityJobDefinition",
      input: { JobDefinitionName: ["JobDefinitionName"] },
      arn: "JobDefinitionArn",
    },
    taggable: true,
    mounts: ["/opt/ml/processing", "/tmp"],
    rekey: LATER_NEW,
  },
  {
    kind: "model-package",
    noun: "model package",
    describe: {
      operation: "DescribeModelPackage",
      input: { ModelPackageName: ["ModelPackageName", "ModelPackageArn"] },
      arn: "ModelPackageArn",
      status: "ModelPackageStatus",
    },
    taggable: { unless: "ModelPackageGroupName" },
    mounts: COMPUTE,
    rekey: LATER_NEW,
  },
  {
    kind: "model-quality-job-definition",
    noun: "model quality job definition",
    describe: {
      operation: "DescribeModelQualityJobDefinition",
      input: { JobDefinitionName: ["JobDefinitionName"] },
      arn: "JobDefinitionArn",
    },
    taggable: true,
    mounts: ["/opt/ml/processing", "/tmp"],
    rekey: LATER_NEW,
  },
  {
    kind: "monitoring-schedule",
    noun: "monitoring schedule",
    describe: {
      operation: "DescribeMonitoringSchedule",
      input: { MonitoringScheduleName: ["MonitoringScheduleName"] },
      arn: "MonitoringScheduleArn",
      status: "MonitoringScheduleStatus",
    },
    stop: {
      operation: "StopMonitoringSchedule",
      input: "MonitoringScheduleName",
      from: ["Scheduled"],
      later: ["Pending"],
    },
    taggable: true,
    mounts: ["/opt/ml/processing", "/tmp"],
    stopping: {
      keeps: "The schedule and its results so far stay.",
      loses: "No monitoring job runs until it is started again.",
    },
    rekey: "The keys can be set with UpdateMonitoringSchedule.",
  },
  {
    kind: "notebook-instance",
    noun: "notebook instance",
    describe: {
      operation: "DescribeNotebookInstance",
      input: { NotebookInstanceName: ["NotebookInstanceName"] },
      arn: "NotebookInstanceArn",
      status: "NotebookInstanceStatus",
    },
    stop: {
      operation: "StopNotebookInstance",
      input: "NotebookInstanceName",
      from: ["InService"],
      later: ["Pending", "Updating", "InMaintenance", "PendingMaintenance"],
    },
    taggable: true,
    mounts: ["/home/ec2-user/SageMaker"],
    stopping: {
      keeps: "Everything in /home/ec2-user/SageMaker stays.",
      loses: "Everything outside it is lost: installed libraries, system settings, running kernels.",
    },
    rekey: "A notebook can never be given a key later: create a new one with the key in place and copy the files over.",
  },
  {
    kind: "optimization-job",
    noun: "optimization job",
    describe: {
      operation: "DescribeOptimizationJob",
      input: { OptimizationJobName: ["OptimizationJobName"] },
      arn: "OptimizationJobArn",
      status: "OptimizationJobStatus",
    },
    stop: {
      operation: "StopOptimizationJob",
      input: "OptimizationJobName",
      from: ["INPROGRESS", "STARTING"],
      later: [],
    },
    taggable: true,
    stopping: { keeps: "The source model stays.", loses: "No optimized model is stored." },
    rekey: LATER_NEW,
  },
  {
    kind: "partner-app",
    noun: "partner app",
    describe: { operation: "DescribePartnerApp", input: { Arn: ["Arn"] }, arn: "Arn", status: "Status" },
    taggable: true,
    rekey: LATER_NEW,
  },
  {
    kind: "pipeline",
    noun: "pipeline",
    describe: {
      operation: "DescribePipeline",
      input: { PipelineName: ["PipelineName"] },
      arn: "PipelineArn",
      status: "PipelineStatus",
    },
    taggable: true,
    rekey: "Set the key in the step's arguments and update the pipeline.",
  },
  {
    kind: "pipeline-execution",
    noun: "pipeline execution",
    describe: {
      operation: "DescribePipelineExecution",
      input: { PipelineExecutionArn: ["PipelineExecutionArn"] },
      arn: "PipelineExecutionArn",
      status: "PipelineExecutionStatus",
    },
    stop: {
      operation: "StopPipelineExecution",
      input: "PipelineExecutionArn",
      from: ["Executing"],
      later: [],
    },
    taggable: false,
    stopping: { keeps: "The outputs of steps that have finished stay.", loses: "Running steps are stopped." },
    rekey: "Set the key in the step's arguments and start the pipeline again.",
  },
  {
    kind: "processing-job",
    noun: "processing job",
    describe: {
      operation: "DescribeProcessingJob",
      input: { ProcessingJobName: ["ProcessingJobName"] },
      arn: "ProcessingJobArn",
      status: "ProcessingJobStatus",
    },
    stop: { operation: "StopProcessingJob", input: "ProcessingJobName", from: ["InProgress"], later: [] },
    taggable: true,
    mounts: ["/opt/ml/processing", "/tmp"],
    stopping: {
      keeps: "Outputs uploaded continuously so far stay in S3.",
      loses: "Outputs that are uploaded at the end of the job are lost.",
    },
    rekey: LATER_NEW,
    parents: { AutoMLJobArn: "automl-job", MonitoringScheduleArn: "monitoring-schedule" },
  },
  {
    kind: "space",
    noun: "Studio space",
    describe: {
      operation: "DescribeSpace",
      input: { DomainId: ["DomainId"], SpaceName: ["SpaceName"] },
      arn: "SpaceArn",
      status: "Status",
    },
    taggable: true,
    mounts: ["/home/sagemaker-user"],
    rekey: OF_THE_DOMAIN,
  },
  {
    kind: "training-job",
    noun: "training job",
    describe: {
      operation: "DescribeTrainingJob",
      input: { TrainingJobName: ["TrainingJobName"] },
      arn: "TrainingJobArn",
      status: "TrainingJobStatus",
    },
    stop: { operation: "StopTrainingJob", input: "TrainingJobName", from: ["InProgress"], later: [] },
    taggable: true,
    mounts: COMPUTE,
    stopping: {
      keeps: "The algorithm has 120 seconds to save its model artifacts; checkpoints in S3 stay.",
      loses: "Everything else on the training volume is lost.",
    },
    rekey: LATER_NEW,
    parents: { TuningJobArn: "hyper-parameter-tuning-job", AutoMLJobArn: "automl-job", LabelingJobArn: "labeling-job" },
  },
  {
    kind: "transform-job",
    noun: "batch transform job",
    describe: {
      operation: "DescribeTransformJob",
      input: { TransformJobName: ["TransformJobName"] },
      arn: "TransformJobArn",
      status: "TransformJobStatus",
    },
    stop: { operation: "StopTransformJob", input: "TransformJobName", from: ["InProgress"], later: [] },
    taggable: true,
    mounts: COMPUTE,
    stopping: { keeps: "The input data and the model stay.", loses: "A stopped transform job stores nothing in S3." },
    rekey: LATER_NEW,
    parents: { AutoMLJobArn: "automl-job", LabelingJobArn: "labeling-job" },
  },
  {
    kind: "user-profile",
    noun: "Studio user profile",
    describe: {
      operation: "DescribeUserProfile",
      input: { DomainId: ["DomainId"], UserProfileName: ["UserProfileName"] },
      arn: "UserProfileArn",
      status: "Status",
    },
    taggable: true,
    rekey: "The keys can be set with UpdateUserProfile.",
  },
] as const satisfies readonly Kind[];

export type KindName = (typeof kinds)[number]["kind"];

const byName = new Map<string, Kind>(kinds.map((kind) => [kind.kind, kind]));

/** The facts of a kind; throws on a kind that the catalogue does not hold, which is a bug. */
export function kindOf(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw new Error(`kind "${name}" is not in the catalogue`);
  return kind;
}
