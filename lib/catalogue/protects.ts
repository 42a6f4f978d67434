/**
 * Everything that a setting or a bucket can protect: in words, and whether the shipped rules demand a key for it.
 * `keys`: members of requests that name a key or a flag; the policy's `require` has one switch for each.
 */
const keys = {
  volume: { noun: "the ML storage volume", required: true },
  "root-volume": { noun: "the instances' root volume", required: true },
  output: { noun: "what the job writes to S3", required: true },
  "data-capture": { noun: "captured requests and answers in S3", required: true },
  "async-output": { noun: "answers of asynchronous inference in S3", required: true },
  "core-dump": { noun: "core dumps in S3", required: true },
  "input-dataset": { noun: "query results staged in S3 for the job", required: true },
  sharing: { noun: "shared notebook outputs in S3", required: true },
  "canvas-artifacts": { noun: "Canvas artifacts in S3", required: true },
  "home-efs": { noun: "home directories on EFS", required: true },
  "studio-storage": { noun: "home directories on EFS and the apps' EBS volumes", required: true },
  "feature-store-online": { noun: "the online feature store", required: true },
  "feature-store-offline": { noun: "the offline feature store in S3", required: true },
  "model-card": { noun: "the model card's content", required: true },
  "model-package": { noun: "the model package", required: true },
  "partner-app": { noun: "the partner app's data", required: true },
  "mlflow-app": { noun: "the MLflow app's data", required: true },
  "in-transit": { noun: "traffic between the job's nodes", required: false },
} as const;

/** Judged by a bucket's default encryption, each switched on by the member of the policy's `buckets` that it names. */
const buckets = {
  "unkeyed-output": { noun: "what is written to S3 with no key of its own", bucket: "unkeyed" },
  "output-bucket": { noun: "the bucket that output goes to", bucket: "output" },
  "input-bucket": { noun: "the bucket that is read", bucket: "input" },
} as const;

export type Protects = keyof typeof keys;
export type ProtectsBucket = keyof typeof buckets;

/** The things that a key protects, in the catalogue's order. */
export const protectedByKey = Object.keys(keys) as readonly Protects[];

/** Whether a key is demanded for it unless the policy says otherwise. */
export const requiredByDefault = (protects: Protects): boolean => keys[protects].required;

/** The things that a bucket's default encryption protects, by the policy's switch for them. */
export const protectedByBucket = Object.fromEntries(
  Object.entries(buckets).map(([protects, { bucket }]) => [bucket, protects]),
) as { readonly [P in ProtectsBucket as (typeof buckets)[P]["bucket"]]: P };

/** Whether it is judged by a bucket's default encryption. */
export const isBucket = ({ protects }: { readonly protects: string }): boolean => Object.hasOwn(buckets, protects);

const nouns = new Map<string, string>(
  Object.entries({ ...keys, ...buckets }).map(([protects, { noun }]) => [protects, noun]),
);

/** It in words, as the end of a sentence; its own name where the catalogue has none. */
export const protectsNoun = (protects: string): string =>
  protects === "unknown" ? "data that the catalogue does not know" : (nouns.get(protects) ?? protects);
