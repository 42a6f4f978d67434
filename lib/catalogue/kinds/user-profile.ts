import { userSettings } from "../shared-settings.ts";
import type { Kind, Listing, Locations, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "user-profile",
  noun: "Studio user profile",
  page: "API Reference, DescribeUserProfile",
  describe: {
    operation: "DescribeUserProfile",
    input: { DomainId: ["DomainId"], UserProfileName: ["UserProfileName"] },
    arn: "UserProfileArn",
    status: "Status",
  },
  taggable: true,
  rekey: "Set the keys with UpdateUserProfile.",
} as const satisfies Kind;

const locations = {
  output: [
    "UserSettings.SharingSettings.S3OutputPath",
    "UserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
  ],
  unkeyed: ["UserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri"],
} as const satisfies Locations;

export const operations = [
  {
    operation: "CreateUserProfile",
    kind: "user-profile",
    name: "UserProfileName",
    settings: userSettings("UserSettings"),
    locations,
  },
  {
    operation: "UpdateUserProfile",
    kind: "user-profile",
    name: "UserProfileName",
    partial: true,
    settings: userSettings("UserSettings"),
    locations,
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "user-profile",
  operation: "CreateUserProfile",
  list: "ListUserProfiles",
  items: "UserProfiles",
} as const satisfies Listing;
