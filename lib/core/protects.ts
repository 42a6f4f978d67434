/** What a setting protects, as a person would say it. */
export const PROTECTS: Readonly<Record<string, string>> = {
  volume: "the ML storage volume",
  "root-volume": "the instances' root volume",
  output: "what the job writes to S3",
  "data-capture": "captured requests and answers in S3",
  "async-output": "answers of asynchronous inference in S3",
  "core-dump": "core dumps in S3",
  "input-dataset": "query results staged in S3 for the job",
  sharing: "shared notebook outputs in S3",
  "canvas-artifacts": "Canvas artifacts in S3",
  "home-efs": "home directories on EFS",
  "studio-storage": "home directories on EFS and the apps' EBS volumes",
  "feature-store-online": "the online feature store",
  "feature-store-offline": "the offline feature store in S3",
  "model-card": "the model card's content",
  "model-package": "the model package",
  "partner-app": "the partner app's data",
  "mlflow-app": "the MLflow app's data",
  "in-transit": "traffic between the job's nodes",
  "unkeyed-output": "what is written to S3 with no key of its own",
  "output-bucket": "the bucket that output goes to",
  "input-bucket": "the bucket that is read",
  unknown: "data that the catalogue does not know",
};

/** What a bucket's default encryption is judged for, by the member of `buckets` that asks for it. */
export const BUCKETS = {
  unkeyed: "unkeyed-output",
  output: "output-bucket",
  input: "input-bucket",
} as const;

/** Whether a setting is a bucket's default encryption. */
export const isBucket = ({ protects }: { readonly protects: string }): boolean =>
  Object.values<string>(BUCKETS).includes(protects);
