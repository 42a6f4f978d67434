import { COMPUTE, toEndpointConfig } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "inference-component",
  noun: "inference component",
  page: "API Reference, DescribeInferenceComponent",
  describe: {
    operation: "DescribeInferenceComponent",
    input: { InferenceComponentName: ["InferenceComponentName"] },
    arn: "InferenceComponentArn",
    status: "InferenceComponentStatus",
  },
  taggable: true,
  mounts: COMPUTE,
  rekey: "Create a configuration with the key, and switch the component's endpoint to it with UpdateEndpoint.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateInferenceComponent",
    kind: "inference-component",
    name: "InferenceComponentName",
    settings: [],
    refersTo: [
      { at: "EndpointName", describe: "DescribeEndpoint", as: "EndpointName", settings: [] },
      toEndpointConfig,
    ],
  },
] as const satisfies readonly Operation[];
