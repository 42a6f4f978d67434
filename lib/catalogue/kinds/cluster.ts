import type { Kind, Listing, Locations, Operation, Setting } from "../vocabulary.ts";

const HYPERPOD_KEYS = "Customer managed AWS KMS key encryption for SageMaker HyperPod";

/** A HyperPod instance group has a root volume and may have a second one; each key is in its own list element. */
const clusterGroup = (groups: string) =>
  [
    {
      path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId`,
      protects: "root-volume",
      element: { path: "EbsVolumeConfig.RootVolume", is: true, required: true },
      without: "aws-owned-key",
      page: HYPERPOD_KEYS,
    },
    {
      path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig`, is: "present" }],
      element: { path: "EbsVolumeConfig.RootVolume", is: false, required: false },
      without: "aws-owned-key",
      page: HYPERPOD_KEYS,
    },
  ] as const satisfies readonly Setting[];

export const kind = {
  kind: "cluster",
  noun: "HyperPod cluster",
  page: "API Reference, ClusterEbsVolumeConfig",
  describe: {
    operation: "DescribeCluster",
    input: { ClusterName: ["ClusterName"] },
    arn: "ClusterArn",
    status: "ClusterStatus",
  },
  taggable: true,
  mounts: ["/", "/opt/sagemaker"],
  rekey: "Add an instance group whose storage has the key, and remove the old one.",
} as const satisfies Kind;

const locations = {
  input: ["InstanceGroups[].LifeCycleConfig.SourceS3Uri"],
} as const satisfies Locations;

export const operations = [
  {
    operation: "CreateCluster",
    kind: "cluster",
    name: "ClusterName",
    settings: [...clusterGroup("InstanceGroups"), ...clusterGroup("RestrictedInstanceGroups")],
    locations,
  },
  {
    operation: "UpdateCluster",
    kind: "cluster",
    name: "ClusterName",
    partial: true,
    settings: [...clusterGroup("InstanceGroups"), ...clusterGroup("RestrictedInstanceGroups")],
    locations,
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "cluster",
  operation: "CreateCluster",
  list: "ListClusters",
  items: "ClusterSummaries",
  statuses: ["Creating", "InService", "RollingBack", "SystemUpdating", "Updating"],
} as const satisfies Listing;
