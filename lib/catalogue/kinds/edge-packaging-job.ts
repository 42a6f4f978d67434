import { edgeOutput, LATER_NEW } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "edge-packaging-job",
  noun: "edge packaging job",
  page: "API Reference, StopEdgePackagingJob",
  describe: {
    operation: "DescribeEdgePackagingJob",
    input: { EdgePackagingJobName: ["EdgePackagingJobName"] },
    arn: "EdgePackagingJobArn",
    status: "EdgePackagingJobStatus",
  },
  stop: {
    operation: "StopEdgePackagingJob",
    input: "EdgePackagingJobName",
    from: ["INPROGRESS", "STARTING"],
    later: [],
  },
  taggable: true,
  stopping: { keeps: "The compiled model stays.", loses: "No package is stored." },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateEdgePackagingJob",
    kind: "edge-packaging-job",
    name: "EdgePackagingJobName",
    settings: [edgeOutput, { path: "ResourceKey", protects: "volume", without: "undocumented" }],
    locations: {
      output: ["OutputConfig.S3OutputLocation"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "edge-packaging-job",
  operation: "CreateEdgePackagingJob",
  list: "ListEdgePackagingJobs",
  items: "EdgePackagingJobSummaries",
  filters: [{ StatusEquals: "INPROGRESS" }, { StatusEquals: "STARTING" }],
} as const satisfies Listing;
