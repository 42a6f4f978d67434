import { COMPUTE, toEndpointConfig } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "endpoint",
  noun: "endpoint",
  page: "API Reference, DescribeEndpoint",
  describe: {
    operation: "DescribeEndpoint",
    input: { EndpointName: ["EndpointName"] },
    arn: "EndpointArn",
    status: "EndpointStatus",
  },
  taggable: true,
  mounts: COMPUTE,
  rekey: "Create an endpoint configuration with the key, and switch the endpoint to it with UpdateEndpoint.",
} as const satisfies Kind;

export const operations = [
  { operation: "CreateEndpoint", kind: "endpoint", name: "EndpointName", settings: [], refersTo: [toEndpointConfig] },
  { operation: "UpdateEndpoint", kind: "endpoint", name: "EndpointName", settings: [], refersTo: [toEndpointConfig] },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "endpoint",
  operation: "CreateEndpoint",
  list: "ListEndpoints",
  items: "Endpoints",
  filters: [
    { StatusEquals: "InService" },
    { StatusEquals: "Creating" },
    { StatusEquals: "Updating" },
    { StatusEquals: "SystemUpdating" },
  ],
} as const satisfies Listing;
