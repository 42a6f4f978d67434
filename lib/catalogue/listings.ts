import type { KindName } from "./kinds.ts";

/** How what exists of a kind is found: as few pages as the service's own filters allow. */
export interface Listing {
  readonly kind: string;
  /** The operation that made it, by whose settings it is judged. */
  readonly operation: string;
  readonly list: string;
  /** The member of List's answer that holds the summaries. */
  readonly items: string;
  /** One listing for each of these, added to its input; what has ended is not asked for. */
  readonly filters?: readonly Readonly<Record<string, string>>[];
  /** Statuses that count, where List has no filter for them. */
  readonly statuses?: readonly string[];
}

const byStatus = (...statuses: readonly string[]) => statuses.map((StatusEquals) => ({ StatusEquals }));

/**
 * What a sweep looks for: what runs or holds data now. Filters and summaries are held against the SDK's schemas by a
 * test; statuses are the SDK's enums.
 */
export const listings = [
  {
    kind: "ai-benchmark-job",
    operation: "CreateAIBenchmarkJob",
    list: "ListAIBenchmarkJobs",
    items: "AIBenchmarkJobs",
    filters: byStatus("InProgress"),
  },
  {
    kind: "ai-recommendation-job",
    operation: "CreateAIRecommendationJob",
    list: "ListAIRecommendationJobs",
    items: "AIRecommendationJobs",
    filters: byStatus("InProgress"),
  },
  {
    kind: "automl-job",
    operation: "CreateAutoMLJobV2",
    list: "ListAutoMLJobs",
    items: "AutoMLJobSummaries",
    filters: byStatus("InProgress"),
  },
  {
    kind: "cluster",
    operation: "CreateCluster",
    list: "ListClusters",
    items: "ClusterSummaries",
    statuses: ["Creating", "InService", "RollingBack", "SystemUpdating", "Updating"],
  },
  {
    kind: "compilation-job",
    operation: "CreateCompilationJob",
    list: "ListCompilationJobs",
    items: "CompilationJobSummaries",
    filters: byStatus("INPROGRESS", "STARTING"),
  },
  { kind: "domain", operation: "CreateDomain", list: "ListDomains", items: "Domains" },
  {
    kind: "edge-packaging-job",
    operation: "CreateEdgePackagingJob",
    list: "ListEdgePackagingJobs",
    items: "EdgePackagingJobSummaries",
    filters: byStatus("INPROGRESS", "STARTING"),
  },
  {
    kind: "endpoint",
    operation: "CreateEndpoint",
    list: "ListEndpoints",
    items: "Endpoints",
    filters: byStatus("InService", "Creating", "Updating", "SystemUpdating"),
  },
  {
    kind: "feature-group",
    operation: "CreateFeatureGroup",
    list: "ListFeatureGroups",
    items: "FeatureGroupSummaries",
    filters: [{ FeatureGroupStatusEquals: "Created" }, { FeatureGroupStatusEquals: "Creating" }],
  },
  { kind: "hub", operation: "CreateHub", list: "ListHubs", items: "HubSummaries", statuses: ["InService", "Updating"] },
  {
    kind: "hyper-parameter-tuning-job",
    operation: "CreateHyperParameterTuningJob",
    list: "ListHyperParameterTuningJobs",
    items: "HyperParameterTuningJobSummaries",
    filters: byStatus("InProgress"),
  },
  {
    kind: "inference-experiment",
    operation: "CreateInferenceExperiment",
    list: "ListInferenceExperiments",
    items: "InferenceExperiments",
    filters: byStatus("Running", "Created", "Creating", "Starting", "Updating"),
  },
  {
    kind: "inference-recommendations-job",
    operation: "CreateInferenceRecommendationsJob",
    list: "ListInferenceRecommendationsJobs",
    items: "InferenceRecommendationsJobs",
    filters: byStatus("PENDING", "IN_PROGRESS"),
  },
  {
    kind: "labeling-job",
    operation: "CreateLabelingJob",
    list: "ListLabelingJobs",
    items: "LabelingJobSummaryList",
    filters: byStatus("InProgress", "Initializing"),
  },
  { kind: "mlflow-app", operation: "CreateMlflowApp", list: "ListMlflowApps", items: "Summaries" },
  {
    kind: "mlflow-tracking-server",
    operation: "CreateMlflowTrackingServer",
    list: "ListMlflowTrackingServers",
    items: "TrackingServerSummaries",
  },
  {
    kind: "monitoring-schedule",
    operation: "CreateMonitoringSchedule",
    list: "ListMonitoringSchedules",
    items: "MonitoringScheduleSummaries",
    filters: byStatus("Scheduled", "Pending"),
  },
  {
    kind: "notebook-instance",
    operation: "CreateNotebookInstance",
    list: "ListNotebookInstances",
    items: "NotebookInstances",
    filters: byStatus("InService", "Pending", "Stopped", "Updating"),
  },
  {
    kind: "optimization-job",
    operation: "CreateOptimizationJob",
    list: "ListOptimizationJobs",
    items: "OptimizationJobSummaries",
    filters: byStatus("INPROGRESS", "STARTING"),
  },
  { kind: "partner-app", operation: "CreatePartnerApp", list: "ListPartnerApps", items: "Summaries" },
  {
    kind: "processing-job",
    operation: "CreateProcessingJob",
    list: "ListProcessingJobs",
    items: "ProcessingJobSummaries",
    filters: byStatus("InProgress"),
  },
  {
    kind: "training-job",
    operation: "CreateTrainingJob",
    list: "ListTrainingJobs",
    items: "TrainingJobSummaries",
    // A warm pool keeps its volume, with the data on it, after the job has ended.
    filters: [{ StatusEquals: "InProgress" }, { WarmPoolStatusEquals: "Available" }],
  },
  {
    kind: "transform-job",
    operation: "CreateTransformJob",
    list: "ListTransformJobs",
    items: "TransformJobSummaries",
    filters: byStatus("InProgress"),
  },
  { kind: "user-profile", operation: "CreateUserProfile", list: "ListUserProfiles", items: "UserProfiles" },
] as const satisfies readonly (Listing & { kind: KindName })[];
