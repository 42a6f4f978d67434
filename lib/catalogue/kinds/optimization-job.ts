import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "optimization-job",
  noun: "optimization job",
  page: "API Reference, StopOptimizationJob",
  describe: {
    operation: "DescribeOptimizationJob",
    input: { OptimizationJobName: ["OptimizationJobName"] },
    arn: "OptimizationJobArn",
    status: "OptimizationJobStatus",
  },
  stop: {
    operation: "StopOptimizationJob",
    input: "OptimizationJobName",
    from: ["INPROGRESS", "STARTING"],
    later: [],
  },
  taggable: true,
  stopping: { keeps: "The source model stays.", loses: "No optimized model is stored." },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateOptimizationJob",
    kind: "optimization-job",
    name: "OptimizationJobName",
    settings: [{ path: "OutputConfig.KmsKeyId", protects: "output", without: "undocumented-s3" }],
    locations: {
      output: ["OutputConfig.S3OutputLocation"],
      input: ["ModelSource.S3.S3Uri", "OptimizationConfigs[].ModelSpeculativeDecodingConfig.TrainingDataSource.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "optimization-job",
  operation: "CreateOptimizationJob",
  list: "ListOptimizationJobs",
  items: "OptimizationJobSummaries",
  filters: [{ StatusEquals: "INPROGRESS" }, { StatusEquals: "STARTING" }],
} as const satisfies Listing;
