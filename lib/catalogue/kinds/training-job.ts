import type { Condition } from "../condition.ts";
import { COMPUTE, IN_TRANSIT, LATER_NEW, OUTPUT_KEY, onInstances, VOLUME_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "training-job",
  noun: "training job",
  page: "API Reference, StopTrainingJob",
  describe: {
    operation: "DescribeTrainingJob",
    input: { TrainingJobName: ["TrainingJobName"] },
    arn: "TrainingJobArn",
    status: "TrainingJobStatus",
  },
  stop: { operation: "StopTrainingJob", input: "TrainingJobName", from: ["InProgress"], later: [] },
  taggable: true,
  mounts: COMPUTE,
  stopping: {
    keeps: "The algorithm has 120 seconds to save its model artifacts; checkpoints in S3 stay.",
    loses: "Everything else on the training volume is lost.",
  },
  rekey: LATER_NEW,
  parents: { TuningJobArn: "hyper-parameter-tuning-job", AutoMLJobArn: "automl-job", LabelingJobArn: "labeling-job" },
} as const satisfies Kind;

const PROFILER_ON = { path: "ProfilerConfig.DisableProfiler", is: "not", value: true } as const satisfies Condition;

/** The profiler and its rules write nothing once it is turned off (API Reference of ProfilerConfig). */
const whenProfiling = {
  "ProfilerConfig.S3OutputPath": PROFILER_ON,
  "ProfilerRuleConfigurations[].S3OutputPath": PROFILER_ON,
} as const;

export const operations = [
  {
    operation: "CreateTrainingJob",
    kind: "training-job",
    name: "TrainingJobName",
    settings: [
      { path: "OutputDataConfig.KmsKeyId", protects: "output", without: "aws-managed-s3", conditionKey: OUTPUT_KEY },
      {
        path: "ResourceConfig.VolumeKmsKeyId",
        protects: "volume",
        when: [{ path: "ResourceConfig", is: "present", otherwise: { code: "serverless-job", lacks: "volume" } }],
        ...onInstances("ResourceConfig"),
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        when: [
          { path: "ResourceConfig", is: "present", otherwise: { code: "serverless-job", lacks: "nodes of its own" } },
        ],
        without: "plaintext-between-nodes",
        conditionKey: IN_TRANSIT,
      },
    ],
    locations: {
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
      when: whenProfiling,
    },
  },
  {
    operation: "UpdateTrainingJob",
    kind: "training-job",
    name: "TrainingJobName",
    settings: [],
    locations: {
      unkeyed: ["ProfilerConfig.S3OutputPath", "ProfilerRuleConfigurations[].S3OutputPath"],
      when: whenProfiling,
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "training-job",
  operation: "CreateTrainingJob",
  list: "ListTrainingJobs",
  items: "TrainingJobSummaries",
  // A warm pool keeps its volume, with the data on it, after the job has ended.
  filters: [{ StatusEquals: "InProgress" }, { WarmPoolStatusEquals: "Available" }],
} as const satisfies Listing;
