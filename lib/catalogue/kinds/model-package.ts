import { COMPUTE, LATER_NEW, transformDefinition } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model-package",
  noun: "model package",
  page: "API Reference, DescribeModelPackage",
  describe: {
    operation: "DescribeModelPackage",
    input: { ModelPackageName: ["ModelPackageName", "ModelPackageArn"] },
    arn: "ModelPackageArn",
    status: "ModelPackageStatus",
  },
  taggable: { unless: "ModelPackageGroupName" },
  mounts: COMPUTE,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModelPackage",
    kind: "model-package",
    name: "ModelPackageName",
    settings: [
      ...transformDefinition("ValidationSpecification.ValidationProfiles[].TransformJobDefinition"),
      { path: "SecurityConfig.KmsKeyId", protects: "model-package", without: "undocumented" },
    ],
    locations: {
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
  },
] as const satisfies readonly Operation[];
