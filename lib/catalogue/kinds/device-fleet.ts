import { edgeOutput, UPDATABLE } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "device-fleet",
  noun: "device fleet",
  page: "API Reference, DescribeDeviceFleet",
  describe: {
    operation: "DescribeDeviceFleet",
    input: { DeviceFleetName: ["DeviceFleetName"] },
    arn: "DeviceFleetArn",
  },
  taggable: true,
  rekey: UPDATABLE,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateDeviceFleet",
    kind: "device-fleet",
    name: "DeviceFleetName",
    settings: [edgeOutput],
    locations: {
      output: ["OutputConfig.S3OutputLocation"],
    },
  },
  {
    operation: "UpdateDeviceFleet",
    kind: "device-fleet",
    name: "DeviceFleetName",
    settings: [edgeOutput],
    locations: {
      output: ["OutputConfig.S3OutputLocation"],
    },
  },
] as const satisfies readonly Operation[];
