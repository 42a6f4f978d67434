import type { WithoutDataGroup } from "./reasons.ts";

/** SageMaker's own operations without data at rest. */
export const sageMakerWithoutData = [
  {
    because: "capacity",
    operations: [
      "CreateClusterSchedulerConfig",
      "CreateComputeQuota",
      "CreateTrainingPlan",
      "ExtendTrainingPlan",
      "UpdateClusterSchedulerConfig",
      "UpdateComputeQuota",
    ],
  },
  {
    because: "configuration",
    operations: [
      "CreateAIWorkloadConfig",
      "CreateAppImageConfig",
      "CreateHumanTaskUi",
      "CreateNotebookInstanceLifecycleConfig",
      "CreateStudioLifecycleConfig",
      "UpdateAppImageConfig",
      "UpdateMonitoringAlert",
      "UpdateNotebookInstanceLifecycleConfig",
    ],
  },
  {
    because: "devices",
    operations: [
      "CreateEdgeDeploymentPlan",
      "CreateEdgeDeploymentStage",
      "RegisterDevices",
      "StartEdgeDeploymentStage",
      "UpdateDevices",
    ],
  },
  {
    because: "made-by-other-calls",
    operations: ["CreateProject", "UpdateProject"],
  },
  {
    because: "metadata",
    operations: [
      "AddAssociation",
      "CreateAction",
      "CreateArtifact",
      "CreateContext",
      "CreateExperiment",
      "CreateTrial",
      "CreateTrialComponent",
      "UpdateAction",
      "UpdateArtifact",
      "UpdateContext",
      "UpdateExperiment",
      "UpdateFeatureMetadata",
      "UpdateHub",
      "UpdatePipelineExecution",
      "UpdatePipelineVersion",
      "UpdateTrial",
      "UpdateTrialComponent",
    ],
  },
  {
    because: "metadata",
    unless: "ManagedConfiguration",
    operations: ["CreateModelPackageGroup"],
  },
  {
    because: "metadata",
    source: "reference",
    operations: ["BatchPutMetrics"],
  },
  {
    because: "people",
    operations: ["CreateWorkforce", "CreateWorkteam", "UpdateWorkforce", "UpdateWorkteam"],
  },
  {
    because: "permission",
    operations: ["EnableSagemakerServicecatalogPortfolio", "PutModelPackageGroupPolicy"],
  },
  {
    because: "reference",
    operations: [
      "CreateCodeRepository",
      "CreateHubContentReference",
      "CreateImage",
      "CreateImageVersion",
      "UpdateCodeRepository",
      "UpdateHubContentReference",
      "UpdateImage",
      "UpdateImageVersion",
    ],
  },
  {
    because: "session",
    operations: [
      "CreateHubContentPresignedUrls",
      "CreatePartnerAppPresignedUrl",
      "CreatePresignedDomainUrl",
      "CreatePresignedMlflowAppUrl",
      "CreatePresignedMlflowTrackingServerUrl",
      "CreatePresignedNotebookInstanceUrl",
      "StartSession",
    ],
  },
  {
    because: "starts-nothing-new",
    operations: [
      "AttachClusterNodeNetworkInterface",
      "StartClusterHealthCheck",
      "UpdateEndpointWeightsAndCapacities",
      "UpdateInferenceComponentRuntimeConfig",
    ],
  },
  {
    because: "tags",
    operations: ["AddTags"],
  },
  {
    because: "under-judged-key",
    operations: [
      "BatchAddClusterNodes",
      "BatchReplaceClusterNodes",
      "ImportHubContent",
      "UpdateClusterSoftware",
      "UpdateFeatureGroup",
      "UpdateHubContent",
      "UpdateInferenceComponent",
      "UpdateModelCard",
      "UpdateModelPackage",
      "UpdatePartnerApp",
    ],
  },
  {
    because: "under-judged-key",
    source: "reference",
    operations: ["PutRecord"],
  },
] as const satisfies readonly WithoutDataGroup[];
