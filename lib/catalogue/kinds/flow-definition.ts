import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "flow-definition",
  noun: "human review workflow",
  page: "API Reference, DescribeFlowDefinition",
  describe: {
    operation: "DescribeFlowDefinition",
    input: { FlowDefinitionName: ["FlowDefinitionName"] },
    arn: "FlowDefinitionArn",
    status: "FlowDefinitionStatus",
  },
  taggable: true,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateFlowDefinition",
    kind: "flow-definition",
    name: "FlowDefinitionName",
    settings: [{ path: "OutputConfig.KmsKeyId", protects: "output", without: "undocumented-s3" }],
    locations: {
      output: ["OutputConfig.S3OutputPath"],
    },
  },
] as const satisfies readonly Operation[];
