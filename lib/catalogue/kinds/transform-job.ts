import { COMPUTE, LATER_NEW, OUTPUT_KEY, VOLUME_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "transform-job",
  noun: "batch transform job",
  page: "API Reference, StopTransformJob",
  describe: {
    operation: "DescribeTransformJob",
    input: { TransformJobName: ["TransformJobName"] },
    arn: "TransformJobArn",
    status: "TransformJobStatus",
  },
  stop: { operation: "StopTransformJob", input: "TransformJobName", from: ["InProgress"], later: [] },
  taggable: true,
  mounts: COMPUTE,
  stopping: { keeps: "The input data and the model stay.", loses: "A stopped transform job stores nothing in S3." },
  rekey: LATER_NEW,
  parents: { AutoMLJobArn: "automl-job", LabelingJobArn: "labeling-job" },
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateTransformJob",
    kind: "transform-job",
    name: "TransformJobName",
    settings: [
      { path: "TransformOutput.KmsKeyId", protects: "output", without: "aws-managed-s3", conditionKey: OUTPUT_KEY },
      {
        path: "DataCaptureConfig.KmsKeyId",
        protects: "data-capture",
        when: [{ path: "DataCaptureConfig", is: "present" }],
        without: "undocumented-s3",
      },
      {
        path: "TransformResources.VolumeKmsKeyId",
        protects: "volume",
        instanceTypes: ["TransformResources.InstanceType"],
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
    ],
    locations: {
      output: ["TransformOutput.S3OutputPath", "DataCaptureConfig.DestinationS3Uri"],
      input: ["TransformInput.DataSource.S3DataSource.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "transform-job",
  operation: "CreateTransformJob",
  list: "ListTransformJobs",
  items: "TransformJobSummaries",
  filters: [{ StatusEquals: "InProgress" }],
} as const satisfies Listing;
