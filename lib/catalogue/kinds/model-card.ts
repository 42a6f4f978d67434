import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model-card",
  noun: "model card",
  page: "API Reference, DescribeModelCard",
  describe: {
    operation: "DescribeModelCard",
    input: { ModelCardName: ["ModelCardName"] },
    arn: "ModelCardArn",
    status: "ModelCardStatus",
  },
  taggable: true,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModelCard",
    kind: "model-card",
    name: "ModelCardName",
    settings: [{ path: "SecurityConfig.KmsKeyId", protects: "model-card", without: "undocumented" }],
  },
] as const satisfies readonly Operation[];
