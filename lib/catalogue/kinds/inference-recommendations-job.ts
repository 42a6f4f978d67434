import { COMPUTE, LATER_NEW } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "inference-recommendations-job",
  noun: "inference recommendations job",
  page: "API Reference, StopInferenceRecommendationsJob",
  describe: {
    operation: "DescribeInferenceRecommendationsJob",
    input: { JobName: ["JobName"] },
    arn: "JobArn",
    status: "Status",
  },
  stop: {
    operation: "StopInferenceRecommendationsJob",
    input: "JobName",
    from: ["PENDING", "IN_PROGRESS"],
    later: [],
  },
  taggable: true,
  mounts: COMPUTE,
  stopping: { keeps: "The model stays.", loses: "The recommendation is not made." },
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateInferenceRecommendationsJob",
    kind: "inference-recommendations-job",
    name: "JobName",
    settings: [
      {
        path: "InputConfig.VolumeKmsKeyId",
        protects: "volume",
        when: [
          {
            path: "InputConfig.EndpointConfigurations[].ServerlessConfig",
            is: "lacking-in-some",
            otherwise: { code: "serverless" },
          },
        ],
        ifGiven: "judged",
        instanceTypes: ["InputConfig.EndpointConfigurations[].InstanceType"],
        alternatives: { types: ["InputConfig.ContainerConfig.SupportedInstanceTypes[]"] },
        without: "transient-key",
      },
      {
        path: "OutputConfig.KmsKeyId",
        protects: "output",
        when: [{ path: "OutputConfig", is: "present" }],
        without: "undocumented-s3",
        describedAt: null,
      },
    ],
    locations: {
      output: ["OutputConfig.CompiledOutputConfig.S3OutputUri"],
      input: ["InputConfig.ContainerConfig.PayloadConfig.SamplePayloadUrl"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "inference-recommendations-job",
  operation: "CreateInferenceRecommendationsJob",
  list: "ListInferenceRecommendationsJobs",
  items: "InferenceRecommendationsJobs",
  filters: [{ StatusEquals: "PENDING" }, { StatusEquals: "IN_PROGRESS" }],
} as const satisfies Listing;
