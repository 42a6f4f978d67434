import type { Without } from "../vocabulary.ts";
import type { Page } from "./pages.ts";

/** Where AWS says what SageMaker does without a key; for `undocumented`, the operation's page says nothing. */
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

/** Which instance types have local storage, and that SageMaker takes no volume key for them. */
export const INSTANCE_STORAGE_PAGE: Page = "API Reference, ResourceConfig";
/** Where data lies on the volumes of notebooks, jobs and endpoints. */
const MOUNTS = ["/home/ec2-user/SageMaker", "/opt/ml", "/opt/ml/processing", "/tmp"];

/** The page that says where data lies on a volume; `undefined` where it is the kind's own. */
export const mountsPageOf = (mounts: readonly string[]): Page | undefined =>
  mounts.every((mount) => MOUNTS.includes(mount)) ? "Notebook instances, SageMaker AI jobs, and Endpoints" : undefined;

/** The condition keys of IAM policies. */
export const CONDITION_KEYS_PAGE: Page = "Actions, resources, and condition keys for Amazon SageMaker";
