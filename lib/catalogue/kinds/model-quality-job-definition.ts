import { jobDefinition, LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model-quality-job-definition",
  noun: "model quality job definition",
  page: "API Reference, DescribeModelQualityJobDefinition",
  describe: {
    operation: "DescribeModelQualityJobDefinition",
    input: { JobDefinitionName: ["JobDefinitionName"] },
    arn: "JobDefinitionArn",
  },
  taggable: true,
  mounts: ["/opt/ml/processing", "/tmp"],
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModelQualityJobDefinition",
    kind: "model-quality-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("ModelQualityJobOutputConfig"),
    locations: {
      output: ["ModelQualityJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
      input: [
        "ModelQualityBaselineConfig.ConstraintsResource.S3Uri",
        "ModelQualityAppSpecification.RecordPreprocessorSourceUri",
        "ModelQualityAppSpecification.PostAnalyticsProcessorSourceUri",
        "ModelQualityJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
        "ModelQualityJobInput.GroundTruthS3Input.S3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];
