import { jobDefinition, LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model-bias-job-definition",
  noun: "model bias job definition",
  page: "API Reference, DescribeModelBiasJobDefinition",
  describe: {
    operation: "DescribeModelBiasJobDefinition",
    input: { JobDefinitionName: ["JobDefinitionName"] },
    arn: "JobDefinitionArn",
  },
  taggable: true,
  mounts: ["/opt/ml/processing", "/tmp"],
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModelBiasJobDefinition",
    kind: "model-bias-job-definition",
    name: "JobDefinitionName",
    settings: jobDefinition("ModelBiasJobOutputConfig"),
    locations: {
      output: ["ModelBiasJobOutputConfig.MonitoringOutputs[].S3Output.S3Uri"],
      input: [
        "ModelBiasBaselineConfig.ConstraintsResource.S3Uri",
        "ModelBiasAppSpecification.ConfigUri",
        "ModelBiasJobInput.BatchTransformInput.DataCapturedDestinationS3Uri",
        "ModelBiasJobInput.GroundTruthS3Input.S3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];
