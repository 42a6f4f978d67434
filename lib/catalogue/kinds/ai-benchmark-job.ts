import { WRITE_ELSEWHERE } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "ai-benchmark-job",
  noun: "AI benchmark job",
  page: "API Reference, StopAIBenchmarkJob",
  describe: {
    operation: "DescribeAIBenchmarkJob",
    input: { AIBenchmarkJobName: ["AIBenchmarkJobName"] },
    arn: "AIBenchmarkJobArn",
    status: "AIBenchmarkJobStatus",
  },
  stop: { operation: "StopAIBenchmarkJob", input: "AIBenchmarkJobName", from: ["InProgress"], later: [] },
  taggable: true,
  stopping: { keeps: "The model stays.", loses: "The benchmark's results are not written." },
  rekey: WRITE_ELSEWHERE,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateAIBenchmarkJob",
    kind: "ai-benchmark-job",
    name: "AIBenchmarkJobName",
    settings: [],
    locations: {
      unkeyed: ["OutputConfig.S3OutputLocation"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "ai-benchmark-job",
  operation: "CreateAIBenchmarkJob",
  list: "ListAIBenchmarkJobs",
  items: "AIBenchmarkJobs",
  filters: [{ StatusEquals: "InProgress" }],
} as const satisfies Listing;
