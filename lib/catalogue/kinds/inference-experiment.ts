import { COMPUTE } from "../shared-settings.ts";
import type { FollowedOperation, Kind, Listing, Operation } from "../vocabulary.ts";

const experimentStorage = {
  path: "DataStorageConfig.KmsKey",
  protects: "data-capture",
  when: [{ path: "DataStorageConfig", is: "present" }],
  without: "undocumented-s3",
} as const;

export const kind = {
  kind: "inference-experiment",
  noun: "inference experiment",
  page: "API Reference, StopInferenceExperiment",
  describe: {
    operation: "DescribeInferenceExperiment",
    input: { Name: ["Name"] },
    arn: "Arn",
    status: "Status",
  },
  stop: {
    operation: "StopInferenceExperiment",
    input: "Name",
    from: ["Running"],
    later: ["Creating", "Created", "Starting", "Updating"],
  },
  taggable: false,
  mounts: COMPUTE,
  stopping: { keeps: "Every variant is retained as it is.", loses: "The experiment's traffic comparison ends." },
  rekey: "Set the key of captured data with UpdateInferenceExperiment; the volumes' key needs a new experiment.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateInferenceExperiment",
    kind: "inference-experiment",
    name: "Name",
    settings: [
      experimentStorage,
      {
        path: "KmsKey",
        protects: "volume",
        instanceTypes: ["ModelVariants[].InfrastructureConfig.RealTimeInferenceConfig.InstanceType"],
        without: "transient-key",
      },
    ],
    locations: {
      output: ["DataStorageConfig.Destination"],
    },
  },
  {
    operation: "StartInferenceExperiment",
    kind: "inference-experiment",
    name: "Name",
    settingsOf: "CreateInferenceExperiment",
  },
  {
    operation: "UpdateInferenceExperiment",
    kind: "inference-experiment",
    name: "Name",
    settings: [experimentStorage],
    locations: {
      output: ["DataStorageConfig.Destination"],
    },
  },
] as const satisfies readonly (Operation | FollowedOperation)[];

export const listing = {
  kind: "inference-experiment",
  operation: "CreateInferenceExperiment",
  list: "ListInferenceExperiments",
  items: "InferenceExperiments",
  filters: [
    { StatusEquals: "Running" },
    { StatusEquals: "Created" },
    { StatusEquals: "Creating" },
    { StatusEquals: "Starting" },
    { StatusEquals: "Updating" },
  ],
} as const satisfies Listing;
