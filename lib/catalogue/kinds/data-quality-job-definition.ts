import { jobDefinition, LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "data-quality-job-definition",
  noun: "data quality job definition",
  page: "API Reference, DescribeDataQualityJobDefinition",
  describe: {
    operation: "DescribeDataQualityJobDefinition",
    input: { JobDefinitionName: ["JobDefinitionName"] },
    arn: "JobDefinitionArn",
  },
  taggable: true,
  mounts: ["/opt/ml/processing", "/tmp"],
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateDataQualityJobDefinition",
    kind: "data-quality-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("DataQualityJobOutputConfig"),
    locations: {
      output: ["DataQualityJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
      input: [
        "DataQualityBaselineConfig.ConstraintsResource.S3Uri",
        "DataQualityBaselineConfig.StatisticsResource.S3Uri",
        "DataQualityAppSpecification.RecordPreprocessorSourceUri",
        "DataQualityAppSpecification.PostAnalyticsProcessorSourceUri",
        "DataQualityJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];
