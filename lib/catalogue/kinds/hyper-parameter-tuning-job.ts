import { COMPUTE, LATER_NEW, trainingDefinition } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "hyper-parameter-tuning-job",
  noun: "hyperparameter tuning job",
  page: "API Reference, StopHyperParameterTuningJob",
  describe: {
    operation: "DescribeHyperParameterTuningJob",
    input: { HyperParameterTuningJobName: ["HyperParameterTuningJobName"] },
    arn: "HyperParameterTuningJobArn",
    status: "HyperParameterTuningJobStatus",
  },
  stop: {
    operation: "StopHyperParameterTuningJob",
    input: "HyperParameterTuningJobName",
    from: ["InProgress"],
    later: [],
  },
  taggable: true,
  mounts: COMPUTE,
  stopping: {
    keeps: "Models of the training jobs that have finished stay in S3.",
    loses: "Running training jobs are stopped too. Data that they have not written as a checkpoint or output is lost.",
  },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateHyperParameterTuningJob",
    kind: "hyper-parameter-tuning-job",
    name: "HyperParameterTuningJobName",
    oneOf: ["TrainingJobDefinition", "TrainingJobDefinitions"],
    settings: [...trainingDefinition("TrainingJobDefinition"), ...trainingDefinition("TrainingJobDefinitions[]")],
    locations: {
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
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "hyper-parameter-tuning-job",
  operation: "CreateHyperParameterTuningJob",
  list: "ListHyperParameterTuningJobs",
  items: "HyperParameterTuningJobSummaries",
  filters: [{ StatusEquals: "InProgress" }],
} as const satisfies Listing;
