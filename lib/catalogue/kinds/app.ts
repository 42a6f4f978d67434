import { OF_THE_DOMAIN, toDomain } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "app",
  noun: "Studio app",
  page: "API Reference, DescribeApp",
  describe: {
    operation: "DescribeApp",
    input: { DomainId: ["DomainId"], AppType: ["AppType"], AppName: ["AppName"] },
    optional: { UserProfileName: ["UserProfileName"], SpaceName: ["SpaceName"] },
    arn: "AppArn",
    status: "Status",
  },
  taggable: true,
  mounts: ["/home/sagemaker-user"],
  rekey: OF_THE_DOMAIN,
} as const satisfies Kind;

export const operations = [
  { operation: "CreateApp", kind: "app", name: "AppName", settings: [], refersTo: [toDomain] },
] as const satisfies readonly Operation[];
