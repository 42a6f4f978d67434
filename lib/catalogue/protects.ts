/**
 * Everything that a setting or a bucket can protect: in words, and whether the shipped policy requires a key for it.
 * `keys`: members of requests that name a key or a flag. The policy's `require` has one switch for each.
 */
const keys = {
  volume: { noun: "the ML storage volume", required: true },
  "root-volume": { noun: "the instances' root volume", required: true },
  output: { noun: "the job's output in S3", required: true },
  "data-capture": { noun: "captured requests and responses in S3", required: true },
  "async-output": { noun: "responses of asynchronous inference in S3", required: true },
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
  "geospatial-results": { noun: "the geospatial job's results", required: true },
  "domain-data": { noun: "the domain's data", required: true },
  "domain-export": { noun: "the domain's metadata, exported to S3", required: true },
  "connection-secret": { noun: "the connection's secret", required: true },
  "in-transit": { noun: "traffic between the job's nodes", required: false },
} as const;

/**
 * Things that are judged by a bucket's default encryption. `bucket` is the member of the policy's `buckets` that
 * switches it on.
 */
const buckets = {
  "unkeyed-output": { noun: "data in S3 without a key member", bucket: "unkeyed" },
  "output-bucket": { noun: "the output bucket", bucket: "output" },
  "input-bucket": { noun: "the input bucket", bucket: "input" },
} as const;

export type Protects = keyof typeof keys;
export type ProtectsBucket = keyof typeof buckets;

/** The things that a key protects, in the catalogue's order. */
export const protectedByKey = Object.keys(keys) as readonly Protects[];

/** Everything that can be protected, in the catalogue's order: by a key, and by a bucket's default. */
export const protectedThings = Object.keys({ ...keys, ...buckets }) as readonly (Protects | ProtectsBucket)[];

/** Whether a key is required for it by default. */
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

/** The thing in words, for the end of a sentence; its name where the catalogue has no words for it. */
export const protectsNoun = (protects: string): string =>
  protects === "unknown" ? "data that the catalogue does not know" : (nouns.get(protects) ?? protects);
