import { WRITE_ELSEWHERE } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "hub",
  noun: "hub",
  page: "API Reference, DescribeHub",
  describe: { operation: "DescribeHub", input: { HubName: ["HubName"] }, arn: "HubArn", status: "HubStatus" },
  taggable: true,
  rekey: WRITE_ELSEWHERE,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateHub",
    kind: "hub",
    name: "HubName",
    settings: [],
    locations: {
      unkeyed: ["S3StorageConfig.S3OutputPath"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "hub",
  operation: "CreateHub",
  list: "ListHubs",
  items: "HubSummaries",
  statuses: ["InService", "Updating"],
} as const satisfies Listing;
