import { COMPUTE, endpointConfig } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "endpoint-config",
  noun: "endpoint configuration",
  page: "API Reference, DescribeEndpointConfig",
  describe: {
    operation: "DescribeEndpointConfig",
    input: { EndpointConfigName: ["EndpointConfigName"] },
    arn: "EndpointConfigArn",
  },
  taggable: true,
  mounts: COMPUTE,
  rekey: "Create a new configuration with the key, and switch the endpoint to it with UpdateEndpoint.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateEndpointConfig",
    kind: "endpoint-config",
    name: "EndpointConfigName",
    settings: endpointConfig,
    locations: {
      output: [
        "ProductionVariants[].CoreDumpConfig.DestinationS3Uri",
        "DataCaptureConfig.DestinationS3Uri",
        "AsyncInferenceConfig.OutputConfig.S3OutputPath",
        "AsyncInferenceConfig.OutputConfig.S3FailurePath",
        "ShadowProductionVariants[].CoreDumpConfig.DestinationS3Uri",
      ],
      when: {
        "DataCaptureConfig.DestinationS3Uri": { path: "DataCaptureConfig.EnableCapture", is: "not", value: false },
      },
      input: ["ExplainerConfig.ClarifyExplainerConfig.ShapConfig.ShapBaselineConfig.ShapBaselineUri"],
    },
  },
] as const satisfies readonly Operation[];
