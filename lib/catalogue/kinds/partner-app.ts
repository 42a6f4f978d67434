import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "partner-app",
  noun: "partner app",
  page: "API Reference, DescribePartnerApp",
  describe: { operation: "DescribePartnerApp", input: { Arn: ["Arn"] }, arn: "Arn", status: "Status" },
  taggable: true,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreatePartnerApp",
    kind: "partner-app",
    name: "Name",
    settings: [{ path: "KmsKeyId", protects: "partner-app", without: "aws-managed-key" }],
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "partner-app",
  operation: "CreatePartnerApp",
  list: "ListPartnerApps",
  items: "Summaries",
} as const satisfies Listing;
