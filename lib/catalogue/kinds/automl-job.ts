import { COMPUTE, IN_TRANSIT, LATER_NEW, OUTPUT_KEY, VOLUME_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "automl-job",
  noun: "AutoML job",
  page: "API Reference, StopAutoMLJob",
  describe: {
    operation: "DescribeAutoMLJobV2",
    input: { AutoMLJobName: ["AutoMLJobName"] },
    arn: "AutoMLJobArn",
    status: "AutoMLJobStatus",
  },
  stop: { operation: "StopAutoMLJob", input: "AutoMLJobName", from: ["InProgress"], later: [] },
  taggable: true,
  mounts: COMPUTE,
  stopping: {
    keeps: "Candidates that have finished stay in S3.",
    loses: "The candidates still in training are lost.",
  },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateAutoMLJob",
    kind: "automl-job",
    name: "AutoMLJobName",
    settings: [
      { path: "OutputDataConfig.KmsKeyId", protects: "output", without: "undocumented-s3", conditionKey: OUTPUT_KEY },
      {
        path: "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId",
        protects: "volume",
        without: "transient-key",
        describedAt: "SecurityConfig.VolumeKmsKeyId",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        without: "plaintext-between-nodes",
        describedAt: "SecurityConfig.EnableInterContainerTrafficEncryption",
        conditionKey: IN_TRANSIT,
      },
    ],
    locations: {
      output: ["OutputDataConfig.S3OutputPath"],
      input: [
        "InputDataConfig[].DataSource.S3DataSource.S3Uri",
        "AutoMLJobConfig.CandidateGenerationConfig.FeatureSpecificationS3Uri",
      ],
    },
  },
  {
    operation: "CreateAutoMLJobV2",
    kind: "automl-job",
    name: "AutoMLJobName",
    settings: [
      { path: "OutputDataConfig.KmsKeyId", protects: "output", without: "undocumented-s3", conditionKey: OUTPUT_KEY },
      {
        path: "SecurityConfig.VolumeKmsKeyId",
        protects: "volume",
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "SecurityConfig.EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        without: "plaintext-between-nodes",
        conditionKey: IN_TRANSIT,
      },
    ],
    locations: {
      output: ["OutputDataConfig.S3OutputPath"],
      input: [
        "AutoMLJobInputDataConfig[].DataSource.S3DataSource.S3Uri",
        "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig.FeatureSpecificationS3Uri",
        "AutoMLProblemTypeConfig.TabularJobConfig.FeatureSpecificationS3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "automl-job",
  operation: "CreateAutoMLJobV2",
  list: "ListAutoMLJobs",
  items: "AutoMLJobSummaries",
  filters: [{ StatusEquals: "InProgress" }],
} as const satisfies Listing;
