import { OF_THE_DOMAIN, toDomain } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

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

export const operations = [
  {
    operation: "CreateSpace",
    kind: "space",
    name: "SpaceName",
    settings: [],
    refersTo: [toDomain],
    locations: {
      unkeyed: ["SpaceSettings.CustomFileSystems[].S3FileSystem.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];
