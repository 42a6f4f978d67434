import { LATER_NEW, OFFLINE_STORE_KEY, ONLINE_STORE_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "feature-group",
  noun: "feature group",
  page: "API Reference, DescribeFeatureGroup",
  describe: {
    operation: "DescribeFeatureGroup",
    input: { FeatureGroupName: ["FeatureGroupName"] },
    arn: "FeatureGroupArn",
    status: "FeatureGroupStatus",
  },
  taggable: true,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateFeatureGroup",
    kind: "feature-group",
    name: "FeatureGroupName",
    settings: [
      {
        path: "OnlineStoreConfig.SecurityConfig.KmsKeyId",
        protects: "feature-store-online",
        when: [{ path: "OnlineStoreConfig.EnableOnlineStore", is: "equals", value: true }],
        without: "aws-owned-key",
        page: "API Reference, OnlineStoreSecurityConfig",
        conditionKey: ONLINE_STORE_KEY,
      },
      {
        path: "OfflineStoreConfig.S3StorageConfig.KmsKeyId",
        protects: "feature-store-offline",
        when: [{ path: "OfflineStoreConfig", is: "present" }],
        without: "aws-managed-s3",
        conditionKey: OFFLINE_STORE_KEY,
      },
    ],
    locations: {
      output: ["OfflineStoreConfig.S3StorageConfig.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "feature-group",
  operation: "CreateFeatureGroup",
  list: "ListFeatureGroups",
  items: "FeatureGroupSummaries",
  filters: [{ FeatureGroupStatusEquals: "Created" }, { FeatureGroupStatusEquals: "Creating" }],
} as const satisfies Listing;
