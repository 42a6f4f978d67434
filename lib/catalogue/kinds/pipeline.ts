import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "pipeline",
  noun: "pipeline",
  page: "API Reference, DescribePipeline",
  describe: {
    operation: "DescribePipeline",
    input: { PipelineName: ["PipelineName"] },
    arn: "PipelineArn",
    status: "PipelineStatus",
  },
  taggable: true,
  rekey: "Set the key in the step's arguments and update the pipeline.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreatePipeline",
    kind: "pipeline",
    name: "PipelineName",
    settings: [],
    definition: "PipelineDefinition",
  },
  {
    operation: "UpdatePipeline",
    kind: "pipeline",
    name: "PipelineName",
    definedBy: "PipelineName",
    settings: [],
    definition: "PipelineDefinition",
  },
] as const satisfies readonly Operation[];
