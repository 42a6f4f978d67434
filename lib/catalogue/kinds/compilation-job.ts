import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "compilation-job",
  noun: "compilation job",
  page: "API Reference, StopCompilationJob",
  describe: {
    operation: "DescribeCompilationJob",
    input: { CompilationJobName: ["CompilationJobName"] },
    arn: "CompilationJobArn",
    status: "CompilationJobStatus",
  },
  stop: {
    operation: "StopCompilationJob",
    input: "CompilationJobName",
    from: ["INPROGRESS", "STARTING"],
    later: [],
  },
  taggable: true,
  stopping: { keeps: "The source model stays.", loses: "No compiled model is stored." },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateCompilationJob",
    kind: "compilation-job",
    name: "CompilationJobName",
    settings: [{ path: "OutputConfig.KmsKeyId", protects: "output", without: "aws-managed-s3" }],
    locations: {
      output: ["OutputConfig.S3OutputLocation"],
      input: ["InputConfig.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "compilation-job",
  operation: "CreateCompilationJob",
  list: "ListCompilationJobs",
  items: "CompilationJobSummaries",
  filters: [{ StatusEquals: "INPROGRESS" }, { StatusEquals: "STARTING" }],
} as const satisfies Listing;
