import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "model",
  noun: "model",
  page: "API Reference, DescribeModel",
  describe: { operation: "DescribeModel", input: { ModelName: ["ModelName"] }, arn: "ModelArn" },
  taggable: true,
  rekey: "Set a default key on the buckets that hold its artifacts, or move the artifacts to buckets that have one.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateModel",
    kind: "model",
    name: "ModelName",
    settings: [],
    locations: {
      input: [
        "PrimaryContainer.ModelDataUrl",
        "PrimaryContainer.ModelDataSource.S3DataSource.S3Uri",
        "PrimaryContainer.ModelDataSource.S3DataSource.ManifestS3Uri",
        "PrimaryContainer.AdditionalModelDataSources[].S3DataSource.S3Uri",
        "PrimaryContainer.AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
        "Containers[].ModelDataUrl",
        "Containers[].ModelDataSource.S3DataSource.S3Uri",
        "Containers[].ModelDataSource.S3DataSource.ManifestS3Uri",
        "Containers[].AdditionalModelDataSources[].S3DataSource.S3Uri",
        "Containers[].AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];
