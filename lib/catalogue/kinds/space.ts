import { OF_THE_DOMAIN, toDomain } from "../shared-settings.ts";
import type { Kind, Locations, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "space",
  noun: "Studio space",
  page: "API Reference, DescribeSpace",
  describe: {
    operation: "DescribeSpace",
    input: { DomainId: ["DomainId"], SpaceName: ["SpaceName"] },
    arn: "SpaceArn",
    status: "Status",
  },
  taggable: true,
  mounts: ["/home/sagemaker-user"],
  rekey: OF_THE_DOMAIN,
} as const satisfies Kind;

const locations = {
  unkeyed: ["SpaceSettings.CustomFileSystems[].S3FileSystem.S3Uri"],
} as const satisfies Locations;

export const operations = [
  {
    operation: "CreateSpace",
    kind: "space",
    name: "SpaceName",
    settings: [],
    refersTo: [toDomain],
    locations,
  },
  // An update leaves the storage unchanged. Only the buckets that it mounts are new.
  { operation: "UpdateSpace", kind: "space", name: "SpaceName", settings: [], locations },
] as const satisfies readonly Operation[];
