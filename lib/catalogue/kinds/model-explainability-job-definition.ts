import { jobDefinition, LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model-explainability-job-definition",
  noun: "model explainability job definition",
  page: "API Reference, DescribeModelExplainabilityJobDefinition",
  describe: {
    operation: "DescribeModelExplainabilityJobDefinition",
    input: { JobDefinitionName: ["JobDefinitionName"] },
    arn: "JobDefinitionArn",
  },
  taggable: true,
  mounts: ["/opt/ml/processing", "/tmp"],
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModelExplainabilityJobDefinition",
    kind: "model-explainability-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("ModelExplainabilityJobOutputConfig"),
    locations: {
      output: ["ModelExplainabilityJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
      input: [
        "ModelExplainabilityBaselineConfig.ConstraintsResource.S3Uri",
        "ModelExplainabilityAppSpecification.ConfigUri",
        "ModelExplainabilityJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];
