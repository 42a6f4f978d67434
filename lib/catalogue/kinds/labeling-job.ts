import { COMPUTE, LATER_NEW, OUTPUT_KEY, VOLUME_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "labeling-job",
  noun: "labeling job",
  page: "API Reference, StopLabelingJob",
  describe: {
    operation: "DescribeLabelingJob",
    input: { LabelingJobName: ["LabelingJobName"] },
    arn: "LabelingJobArn",
    status: "LabelingJobStatus",
  },
  stop: { operation: "StopLabelingJob", input: "LabelingJobName", from: ["InProgress"], later: ["Initializing"] },
  taggable: true,
  mounts: COMPUTE,
  stopping: { keeps: "Labels given so far stay in S3.", loses: "Open tasks are withdrawn from the workers." },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateLabelingJob",
    kind: "labeling-job",
    name: "LabelingJobName",
    settings: [
      { path: "OutputConfig.KmsKeyId", protects: "output", without: "aws-managed-s3", conditionKey: OUTPUT_KEY },
      {
        path: "LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId",
        protects: "volume",
        when: [{ path: "LabelingJobAlgorithmsConfig", is: "present" }],
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
    ],
    locations: {
      output: ["OutputConfig.S3OutputPath"],
      input: [
        "InputConfig.DataSource.S3DataSource.ManifestS3Uri",
        "LabelCategoryConfigS3Uri",
        "HumanTaskConfig.UiConfig.UiTemplateS3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "labeling-job",
  operation: "CreateLabelingJob",
  list: "ListLabelingJobs",
  items: "LabelingJobSummaryList",
  filters: [{ StatusEquals: "InProgress" }, { StatusEquals: "Initializing" }],
} as const satisfies Listing;
