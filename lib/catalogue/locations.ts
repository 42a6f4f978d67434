import type { Locations } from "./vocabulary.ts";

/**
 * Where each operation's request names places in S3. `output` is written under a key that the request can name; `unkeyed`
 * is written, or read and written, and has no key member at all, so that the bucket's default encryption is all there is;
 * `input` is only read. Source: API Reference of each operation; a test holds the list against the SDK's schemas.
 */
export const locations: Readonly<Record<string, Locations>> = {
  CreateAIBenchmarkJob: {
    unkeyed: ["OutputConfig.S3OutputLocation"],
  },
  CreateAIRecommendationJob: {
    unkeyed: ["OutputConfig.S3OutputLocation"],
    input: ["ModelSource.S3.S3Uri"],
  },
  CreateAlgorithm: {
    output: [
      "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.OutputDataConfig.S3OutputPath",
      "ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformOutput.S3OutputPath",
    ],
    input: [
      "TrainingSpecification.AdditionalS3DataSource.S3Uri",
      "InferenceSpecification.Containers[].ModelDataUrl",
      "InferenceSpecification.Containers[].ModelDataSource.S3DataSource.S3Uri",
      "InferenceSpecification.Containers[].ModelDataSource.S3DataSource.ManifestS3Uri",
      "InferenceSpecification.Containers[].AdditionalModelDataSources[].S3DataSource.S3Uri",
      "InferenceSpecification.Containers[].AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
      "InferenceSpecification.Containers[].AdditionalS3DataSource.S3Uri",
      "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.InputDataConfig[].DataSource.S3DataSource.S3Uri",
      "ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformInput.DataSource.S3DataSource.S3Uri",
    ],
  },
  CreateAutoMLJob: {
    output: ["OutputDataConfig.S3OutputPath"],
    input: [
      "InputDataConfig[].DataSource.S3DataSource.S3Uri",
      "AutoMLJobConfig.CandidateGenerationConfig.FeatureSpecificationS3Uri",
    ],
  },
  CreateAutoMLJobV2: {
    output: ["OutputDataConfig.S3OutputPath"],
    input: [
      "AutoMLJobInputDataConfig[].DataSource.S3DataSource.S3Uri",
      "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig.FeatureSpecificationS3Uri",
      "AutoMLProblemTypeConfig.TabularJobConfig.FeatureSpecificationS3Uri",
    ],
  },
  CreateCluster: {
    input: ["InstanceGroups[].LifeCycleConfig.SourceS3Uri"],
  },
  CreateCompilationJob: {
    output: ["OutputConfig.S3OutputLocation"],
    input: ["InputConfig.S3Uri"],
  },
  CreateDataQualityJobDefinition: {
    output: ["DataQualityJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
    input: [
      "DataQualityBaselineConfig.ConstraintsResource.S3Uri",
      "DataQualityBaselineConfig.StatisticsResource.S3Uri",
      "DataQualityAppSpecification.RecordPreprocessorSourceUri",
      "DataQualityAppSpecification.PostAnalyticsProcessorSourceUri",
      "DataQualityJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
    ],
  },
  CreateDeviceFleet: {
    output: ["OutputConfig.S3OutputLocation"],
  },
  CreateDomain: {
    output: [
      "DefaultUserSettings.SharingSettings.S3OutputPath",
      "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
    ],
    unkeyed: [
      "DefaultUserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
      "DomainSettings.UnifiedStudioSettings.ProjectS3Path",
      "DefaultSpaceSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
    ],
  },
  CreateEdgePackagingJob: {
    output: ["OutputConfig.S3OutputLocation"],
  },
  CreateEndpointConfig: {
    output: [
      "ProductionVariants[].CoreDumpConfig.DestinationS3Uri",
      "DataCaptureConfig.DestinationS3Uri",
      "AsyncInferenceConfig.OutputConfig.S3OutputPath",
      "AsyncInferenceConfig.OutputConfig.S3FailurePath",
      "ShadowProductionVariants[].CoreDumpConfig.DestinationS3Uri",
    ],
    input: ["ExplainerConfig.ClarifyExplainerConfig.ShapConfig.ShapBaselineConfig.ShapBaselineUri"],
  },
  CreateFeatureGroup: {
    output: ["OfflineStoreConfig.S3StorageConfig.S3Uri"],
  },
  CreateFlowDefinition: {
    output: ["OutputConfig.S3OutputPath"],
  },
  CreateHub: {
    unkeyed: ["S3StorageConfig.S3OutputPath"],
  },
  CreateHyperParameterTuningJob: {
    output: [
      "TrainingJobDefinition.OutputDataConfig.S3OutputPath",
      "TrainingJobDefinitions[].OutputDataConfig.S3OutputPath",
    ],
    unkeyed: ["TrainingJobDefinition.CheckpointConfig.S3Uri", "TrainingJobDefinitions[].CheckpointConfig.S3Uri"],
    input: [
      "TrainingJobDefinition.InputDataConfig[].DataSource.S3DataSource.S3Uri",
      "TrainingJobDefinitions[].InputDataConfig[].DataSource.S3DataSource.S3Uri",
    ],
  },
  CreateInferenceExperiment: {
    output: ["DataStorageConfig.Destination"],
  },
  CreateInferenceRecommendationsJob: {
    output: ["OutputConfig.CompiledOutputConfig.S3OutputUri"],
    input: ["InputConfig.ContainerConfig.PayloadConfig.SamplePayloadUrl"],
  },
  CreateLabelingJob: {
    output: ["OutputConfig.S3OutputPath"],
    input: [
      "InputConfig.DataSource.S3DataSource.ManifestS3Uri",
      "LabelCategoryConfigS3Uri",
      "HumanTaskConfig.UiConfig.UiTemplateS3Uri",
    ],
  },
  CreateMlflowApp: {
    unkeyed: ["ArtifactStoreUri"],
  },
  CreateMlflowTrackingServer: {
    unkeyed: ["ArtifactStoreUri"],
  },
  CreateModel: {
    input: [
      "PrimaryContainer.ModelDataUrl",
      "PrimaryContainer.ModelDataSource.S3DataSource.S3Uri",
      "PrimaryContainer.ModelDataSource.S3DataSource.ManifestS3Uri",
      "PrimaryContainer.AdditionalModelDataSources[].S3DataSource.S3Uri",
      "PrimaryContainer.AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
      "Containers[].ModelDataUrl",
      "Containers[].ModelDataSource.S3DataSource.S3Uri",
      "Containers[].ModelDataSource.S3DataSource.ManifestS3Uri",
      "Containers[].AdditionalModelDataSources[].S3DataSource.S3Uri",
      "Containers[].AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
    ],
  },
  CreateModelBiasJobDefinition: {
    output: ["ModelBiasJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
    input: [
      "ModelBiasBaselineConfig.ConstraintsResource.S3Uri",
      "ModelBiasAppSpecification.ConfigUri",
      "ModelBiasJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
      "ModelBiasJobInput.GroundTruthS3Input.S3Uri",
    ],
  },
  CreateModelCardExportJob: {
    unkeyed: ["OutputConfig.S3OutputPath"],
  },
  CreateModelExplainabilityJobDefinition: {
    output: ["ModelExplainabilityJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
    input: [
      "ModelExplainabilityBaselineConfig.ConstraintsResource.S3Uri",
      "ModelExplainabilityAppSpecification.ConfigUri",
      "ModelExplainabilityJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
    ],
  },
  CreateModelPackage: {
    output: ["ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformOutput.S3OutputPath"],
    input: [
      "InferenceSpecification.Containers[].ModelDataUrl",
      "InferenceSpecification.Containers[].ModelDataSource.S3DataSource.S3Uri",
      "InferenceSpecification.Containers[].ModelDataSource.S3DataSource.ManifestS3Uri",
      "InferenceSpecification.Containers[].AdditionalModelDataSources[].S3DataSource.S3Uri",
      "InferenceSpecification.Containers[].AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
      "InferenceSpecification.Containers[].AdditionalS3DataSource.S3Uri",
      "ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformInput.DataSource.S3DataSource.S3Uri",
      "SourceAlgorithmSpecification.SourceAlgorithms[].ModelDataUrl",
      "SourceAlgorithmSpecification.SourceAlgorithms[].ModelDataSource.S3DataSource.S3Uri",
      "SourceAlgorithmSpecification.SourceAlgorithms[].ModelDataSource.S3DataSource.ManifestS3Uri",
      "ModelMetrics.ModelQuality.Statistics.S3Uri",
      "ModelMetrics.ModelQuality.Constraints.S3Uri",
      "ModelMetrics.ModelDataQuality.Statistics.S3Uri",
      "ModelMetrics.ModelDataQuality.Constraints.S3Uri",
      "ModelMetrics.Bias.Report.S3Uri",
      "ModelMetrics.Bias.PreTrainingReport.S3Uri",
      "ModelMetrics.Bias.PostTrainingReport.S3Uri",
      "ModelMetrics.Explainability.Report.S3Uri",
      "SamplePayloadUrl",
      "DriftCheckBaselines.Bias.ConfigFile.S3Uri",
      "DriftCheckBaselines.Bias.PreTrainingConstraints.S3Uri",
      "DriftCheckBaselines.Bias.PostTrainingConstraints.S3Uri",
      "DriftCheckBaselines.Explainability.Constraints.S3Uri",
      "DriftCheckBaselines.Explainability.ConfigFile.S3Uri",
      "DriftCheckBaselines.ModelQuality.Statistics.S3Uri",
      "DriftCheckBaselines.ModelQuality.Constraints.S3Uri",
      "DriftCheckBaselines.ModelDataQuality.Statistics.S3Uri",
      "DriftCheckBaselines.ModelDataQuality.Constraints.S3Uri",
      "AdditionalInferenceSpecifications[].Containers[].ModelDataUrl",
      "AdditionalInferenceSpecifications[].Containers[].ModelDataSource.S3DataSource.S3Uri",
      "AdditionalInferenceSpecifications[].Containers[].ModelDataSource.S3DataSource.ManifestS3Uri",
      "AdditionalInferenceSpecifications[].Containers[].AdditionalModelDataSources[].S3DataSource.S3Uri",
      "AdditionalInferenceSpecifications[].Containers[].AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
      "AdditionalInferenceSpecifications[].Containers[].AdditionalS3DataSource.S3Uri",
    ],
  },
  CreateModelQualityJobDefinition: {
    output: ["ModelQualityJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
    input: [
      "ModelQualityBaselineConfig.ConstraintsResource.S3Uri",
      "ModelQualityAppSpecification.RecordPreprocessorSourceUri",
      "ModelQualityAppSpecification.PostAnalyticsProcessorSourceUri",
      "ModelQualityJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
      "ModelQualityJobInput.GroundTruthS3Input.S3Uri",
    ],
  },
  CreateMonitoringSchedule: {
    output: [
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringOutputConfig.MonitoringOutputs[].S3Output.S3Uri",
    ],
    input: [
      "MonitoringScheduleConfig.MonitoringJobDefinition.BaselineConfig.ConstraintsResource.S3Uri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.BaselineConfig.StatisticsResource.S3Uri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs[].BatchTransformInput.DataCapturedDestinationS3Uri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringAppSpecification.RecordPreprocessorSourceUri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringAppSpecification.PostAnalyticsProcessorSourceUri",
    ],
  },
  CreateOptimizationJob: {
    output: ["OutputConfig.S3OutputLocation"],
    input: ["ModelSource.S3.S3Uri", "OptimizationConfigs[].ModelSpeculativeDecodingConfig.TrainingDataSource.S3Uri"],
  },
  CreateProcessingJob: {
    output: [
      "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.OutputS3Uri",
      "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.OutputS3Uri",
      "ProcessingOutputConfig.Outputs[].S3Output.S3Uri",
    ],
    input: ["ProcessingInputs[].S3Input.S3Uri"],
  },
  CreateSpace: {
    unkeyed: ["SpaceSettings.CustomFileSystems[].S3FileSystem.S3Uri"],
  },
  CreateTrainingJob: {
    output: ["OutputDataConfig.S3OutputPath"],
    unkeyed: [
      "CheckpointConfig.S3Uri",
      "DebugHookConfig.S3OutputPath",
      "DebugRuleConfigurations[].S3OutputPath",
      "TensorBoardOutputConfig.S3OutputPath",
      "ProfilerConfig.S3OutputPath",
      "ProfilerRuleConfigurations[].S3OutputPath",
    ],
    input: ["InputDataConfig[].DataSource.S3DataSource.S3Uri"],
  },
  CreateTransformJob: {
    output: ["TransformOutput.S3OutputPath", "DataCaptureConfig.DestinationS3Uri"],
    input: ["TransformInput.DataSource.S3DataSource.S3Uri"],
  },
  CreateUserProfile: {
    output: [
      "UserSettings.SharingSettings.S3OutputPath",
      "UserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
    ],
    unkeyed: ["UserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri"],
  },
  UpdateCluster: {
    input: ["InstanceGroups[].LifeCycleConfig.SourceS3Uri"],
  },
  UpdateDeviceFleet: {
    output: ["OutputConfig.S3OutputLocation"],
  },
  UpdateDomain: {
    output: [
      "DefaultUserSettings.SharingSettings.S3OutputPath",
      "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
    ],
    unkeyed: [
      "DefaultUserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
      "DomainSettingsForUpdate.UnifiedStudioSettings.ProjectS3Path",
      "DefaultSpaceSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
    ],
  },
  UpdateInferenceExperiment: {
    output: ["DataStorageConfig.Destination"],
  },
  UpdateMlflowApp: {
    unkeyed: ["ArtifactStoreUri"],
  },
  UpdateMlflowTrackingServer: {
    unkeyed: ["ArtifactStoreUri"],
  },
  UpdateMonitoringSchedule: {
    output: [
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringOutputConfig.MonitoringOutputs[].S3Output.S3Uri",
    ],
    input: [
      "MonitoringScheduleConfig.MonitoringJobDefinition.BaselineConfig.ConstraintsResource.S3Uri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.BaselineConfig.StatisticsResource.S3Uri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs[].BatchTransformInput.DataCapturedDestinationS3Uri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringAppSpecification.RecordPreprocessorSourceUri",
      "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringAppSpecification.PostAnalyticsProcessorSourceUri",
    ],
  },
  UpdateUserProfile: {
    output: [
      "UserSettings.SharingSettings.S3OutputPath",
      "UserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
    ],
    unkeyed: ["UserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri"],
  },
};
