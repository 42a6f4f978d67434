import type { Kind, Operation, Reference } from "../vocabulary.ts";

const toExecutionsDefinition = {
  at: "PipelineExecutionArn",
  describe: "DescribePipelineDefinitionForExecution",
  as: "PipelineExecutionArn",
  settings: [],
} as const satisfies Reference;

export const kind = {
  kind: "pipeline-execution",
  noun: "pipeline execution",
  page: "API Reference, StopPipelineExecution",
  arnType: "pipeline/*/execution",
  describe: {
    operation: "DescribePipelineExecution",
    input: { PipelineExecutionArn: ["PipelineExecutionArn"] },
    arn: "PipelineExecutionArn",
    status: "PipelineExecutionStatus",
  },
  stop: {
    operation: "StopPipelineExecution",
    input: "PipelineExecutionArn",
    from: ["Executing"],
    later: [],
  },
  taggable: false,
  stopping: { keeps: "The outputs of steps that have finished stay.", loses: "Running steps are stopped." },
  rekey: "Set the key in the step's arguments and start the pipeline again.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "RetryPipelineExecution",
    kind: "pipeline-execution",
    name: "PipelineExecutionArn",
    definedBy: "PipelineExecutionArn",
    settings: [],
    refersTo: [toExecutionsDefinition],
    definition: "PipelineDefinition",
  },
  {
    operation: "StartPipelineExecution",
    kind: "pipeline-execution",
    name: "PipelineExecutionArn",
    definedBy: "PipelineName",
    settings: [],
    refersTo: [toExecutionsDefinition],
    definition: "PipelineDefinition",
  },
] as const satisfies readonly Operation[];
