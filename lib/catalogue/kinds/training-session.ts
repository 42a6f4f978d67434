import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

/** Source: API Reference, CreateTrainingSession and DescribeTrainingSession. */
export const kind = {
  kind: "training-session",
  noun: "training session",
  page: "API Reference, DescribeTrainingSession",
  source: "reference",
  actsOn: false,
  describe: {
    operation: "DescribeTrainingSession",
    input: { TrainingSessionName: ["TrainingSessionName"] },
    arn: "TrainingSessionArn",
  },
  taggable: false,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateTrainingSession",
    kind: "training-session",
    name: "TrainingSessionName",
    source: "reference",
    settings: [{ path: "OutputConfig.S3Location.KmsKeyArn", protects: "output", without: "undocumented-s3" }],
    locations: {
      output: ["OutputConfig.S3Location.Path"],
    },
  },
] as const satisfies readonly Operation[];
