import { WRITE_ELSEWHERE } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model-card-export-job",
  noun: "model card export job",
  page: "API Reference, DescribeModelCardExportJob",
  arnType: "model-card/*/export-job",
  describe: {
    operation: "DescribeModelCardExportJob",
    input: { ModelCardExportJobArn: ["ModelCardExportJobArn"] },
    arn: "ModelCardExportJobArn",
    status: "Status",
  },
  taggable: false,
  rekey: WRITE_ELSEWHERE,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModelCardExportJob",
    kind: "model-card-export-job",
    name: "ModelCardExportJobName",
    settings: [],
    locations: {
      unkeyed: ["OutputConfig.S3OutputPath"],
    },
  },
] as const satisfies readonly Operation[];
