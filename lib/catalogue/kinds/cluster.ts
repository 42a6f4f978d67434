import type { Condition } from "../condition.ts";
import type { Kind, Listing, Locations, Operation, Setting } from "../vocabulary.ts";

const HYPERPOD_KEYS = "Customer managed AWS KMS key encryption for SageMaker HyperPod";

/**
 * A HyperPod instance group has a root volume and may have a second one; each key is in its own list element.
 * `more` and `when`: whether SageMaker accepts a key.
 */
const clusterGroup = <M extends Pick<Setting, "describedWhen" | "ifGiven" | "takesNone">>(
  groups: string,
  more: M,
  when: readonly Condition[] = [],
) =>
  [
    {
      path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId`,
      protects: "root-volume",
      when,
      element: { path: "EbsVolumeConfig.RootVolume", is: true, required: true },
      without: "aws-owned-key",
      page: HYPERPOD_KEYS,
      ...more,
    },
    {
      path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId`,
      protects: "volume",
      when: [{ path: `${groups}[].InstanceStorageConfigs[].EbsVolumeConfig`, is: "present" }, ...when],
      element: { path: "EbsVolumeConfig.RootVolume", is: false, required: false },
      without: "aws-owned-key",
      page: HYPERPOD_KEYS,
      ...more,
    },
  ] as const satisfies readonly Setting[];

/** An update may omit the mode. Then the mode in Describe's answer applies. */
const CONTINUOUS = {
  path: "NodeProvisioningMode",
  is: "equals",
  value: "Continuous",
  otherwise: { code: "cluster-not-continuous" },
} as const satisfies Condition;

const restricted = clusterGroup("RestrictedInstanceGroups", { takesNone: { code: "restricted-instance-group" } });

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
    operation: "AttachClusterNodeVolume",
    kind: "cluster",
    name: "ClusterArn",
    settings: [],
    heldBy: { path: "VolumeId", protects: "volume", service: "EC2" },
  },
  {
    operation: "CreateCluster",
    kind: "cluster",
    name: "ClusterName",
    settings: [...clusterGroup("InstanceGroups", { ifGiven: "judged" }, [CONTINUOUS]), ...restricted],
    locations,
  },
  {
    operation: "UpdateCluster",
    kind: "cluster",
    name: "ClusterName",
    partial: true,
    settings: [...clusterGroup("InstanceGroups", { ifGiven: "judged", describedWhen: [CONTINUOUS] }), ...restricted],
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
