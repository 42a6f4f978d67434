import { IN_TRANSIT, LATER_NEW, OUTPUT_KEY, VOLUME_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "processing-job",
  noun: "processing job",
  page: "API Reference, StopProcessingJob",
  describe: {
    operation: "DescribeProcessingJob",
    input: { ProcessingJobName: ["ProcessingJobName"] },
    arn: "ProcessingJobArn",
    status: "ProcessingJobStatus",
  },
  stop: { operation: "StopProcessingJob", input: "ProcessingJobName", from: ["InProgress"], later: [] },
  taggable: true,
  mounts: ["/opt/ml/processing", "/tmp"],
  stopping: {
    keeps: "Outputs uploaded continuously so far stay in S3.",
    loses: "Outputs that are uploaded at the end of the job are lost.",
  },
  rekey: LATER_NEW,
  parents: {
    AutoMLJobArn: "automl-job",
    MonitoringScheduleArn: "monitoring-schedule",
    // A job of Debugger's that evaluates a rule: DebugRuleConfigurations has no member for its keys.
    TrainingJobArn: "training-job",
  },
  keylessParents: ["training-job"],
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateProcessingJob",
    kind: "processing-job",
    name: "ProcessingJobName",
    settings: [
      {
        path: "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.KmsKeyId",
        protects: "input-dataset",
        when: [{ path: "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition", is: "present" }],
        without: "undocumented-s3",
      },
      {
        path: "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId",
        protects: "input-dataset",
        when: [{ path: "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition", is: "present" }],
        without: "undocumented-s3",
      },
      {
        path: "ProcessingOutputConfig.KmsKeyId",
        protects: "output",
        when: [
          { path: "ProcessingOutputConfig.Outputs[].S3Output", is: "present", otherwise: { code: "no-s3-output" } },
        ],
        without: "undocumented-s3",
        conditionKey: OUTPUT_KEY,
      },
      {
        path: "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
        protects: "volume",
        instanceTypes: ["ProcessingResources.ClusterConfig.InstanceType"],
        alternatives: {
          types: ["ProcessingResources.ClusterConfig.InstancePreferences[].InstanceType"],
          selected: "ProcessingResources.ClusterConfig.SelectedInstanceType",
        },
        without: "transient-key",
        conditionKey: VOLUME_KEY,
      },
      {
        path: "NetworkConfig.EnableInterContainerTrafficEncryption",
        protects: "in-transit",
        without: "plaintext-between-nodes",
        conditionKey: IN_TRANSIT,
      },
    ],
    locations: {
      output: [
        "ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.OutputS3Uri",
        "ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.OutputS3Uri",
        "ProcessingOutputConfig.Outputs[].S3Output.S3Uri",
      ],
      input: ["ProcessingInputs[].S3Input.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "processing-job",
  operation: "CreateProcessingJob",
  list: "ListProcessingJobs",
  items: "ProcessingJobSummaries",
  filters: [{ StatusEquals: "InProgress" }],
} as const satisfies Listing;
