import { domainStorage, userSettings, VOLUME_KEY } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "domain",
  noun: "Studio domain",
  page: "API Reference, DescribeDomain",
  describe: {
    operation: "DescribeDomain",
    input: { DomainId: ["DomainId"] },
    arn: "DomainArn",
    status: "Status",
  },
  taggable: true,
  mounts: ["/home/sagemaker-user"],
  rekey: "Set sharing and Canvas keys with UpdateDomain. The key of the domain's storage needs a new domain.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateDomain",
    kind: "domain",
    name: "DomainName",
    settings: [
      ...userSettings("DefaultUserSettings"),
      {
        path: "HomeEfsFileSystemKmsKeyId",
        protects: "home-efs",
        when: [
          {
            path: "HomeEfsFileSystemKmsKeyId",
            is: "present",
            otherwise: { code: "deprecated-member", replacement: "KmsKeyId" },
          },
        ],
        without: "studio-default",
        conditionKey: VOLUME_KEY,
      },
      domainStorage,
    ],
    locations: {
      output: [
        "DefaultUserSettings.SharingSettings.S3OutputPath",
        "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
      ],
      unkeyed: [
        "DefaultUserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
        "DomainSettings.UnifiedStudioSettings.ProjectS3Path",
        "DefaultSpaceSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
      ],
    },
  },
  {
    operation: "UpdateDomain",
    kind: "domain",
    name: "DomainId",
    partial: true,
    settings: userSettings("DefaultUserSettings"),
    locations: {
      output: [
        "DefaultUserSettings.SharingSettings.S3OutputPath",
        "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3ArtifactPath",
      ],
      unkeyed: [
        "DefaultUserSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
        "DomainSettingsForUpdate.UnifiedStudioSettings.ProjectS3Path",
        "DefaultSpaceSettings.CustomFileSystemConfigs[].S3FileSystemConfig.S3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "domain",
  operation: "CreateDomain",
  list: "ListDomains",
  items: "Domains",
} as const satisfies Listing;
