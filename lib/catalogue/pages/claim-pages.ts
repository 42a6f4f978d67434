import type { Without } from "../condition.ts";
import type { Page } from "./pages.ts";

/**
 * AWS's pages about SageMaker's behaviour without a key. For `undocumented`, the operation's page says nothing about
 * it.
 */
export const withoutPages: Readonly<Record<Without, readonly Page[]>> = {
  "transient-key": ["Notebook instances, SageMaker AI jobs, and Endpoints"],
  "notebook-system-managed-key": ["Notebook instances, SageMaker AI jobs, and Endpoints"],
  "aws-managed-s3": ["API Reference, OutputDataConfig", "Notebook instances, SageMaker AI jobs, and Endpoints"],
  "undocumented-s3": ["Protect Data at Rest Using Encryption"],
  "s3-managed-key": ["API Reference, EncryptionConfiguration"],
  "aws-owned-key": [
    "Customer managed AWS KMS key encryption for SageMaker HyperPod",
    "API Reference, OnlineStoreSecurityConfig",
  ],
  "aws-managed-key": ["API Reference, CreatePartnerApp", "API Reference, S3StorageConfig"],
  "studio-default": ["API Reference, CreateDomain", "Studio notebooks"],
  undocumented: [],
  "plaintext-between-nodes": ["Protect Communications Between ML Compute Instances in a Distributed Training Job"],
};

/** The page about instance types with local storage, for which SageMaker accepts no volume key. */
export const INSTANCE_STORAGE_PAGE: Page = "API Reference, ResourceConfig";
/** The mount points of the volumes of notebooks, jobs and endpoints. */
const MOUNTS = ["/home/ec2-user/SageMaker", "/opt/ml", "/opt/ml/processing", "/tmp"];

/** The page about the data on a volume; `undefined` where it is the kind's own page. */
export const mountsPageOf = (mounts: readonly string[]): Page | undefined =>
  mounts.every((mount) => MOUNTS.includes(mount)) ? "Notebook instances, SageMaker AI jobs, and Endpoints" : undefined;

/** The condition keys of IAM policies. */
export const CONDITION_KEYS_PAGE: Page = "Actions, resources, and condition keys for Amazon SageMaker";
