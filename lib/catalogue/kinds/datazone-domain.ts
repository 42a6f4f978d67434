import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

/** Source: Amazon DataZone User Guide, "Data encryption at rest for Amazon DataZone"; API Reference. */
export const kind = {
  kind: "datazone-domain",
  noun: "SageMaker Unified Studio domain",
  page: "API Reference, datazone:GetDomain",
  actsOn: false,
  describe: {
    operation: "datazone:GetDomain",
    input: { identifier: ["id", "domainIdentifier"] },
    arn: "arn",
    status: "status",
  },
  taggable: false,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "datazone:CreateDomain",
    kind: "datazone-domain",
    name: "name",
    settings: [
      {
        path: "kmsKeyIdentifier",
        protects: "domain-data",
        without: "aws-owned-key",
        page: "Data encryption at rest for Amazon DataZone",
      },
    ],
  },
  {
    operation: "datazone:PutDataExportConfiguration",
    kind: "datazone-domain",
    name: "domainIdentifier",
    settings: [
      {
        path: "encryptionConfiguration.kmsKeyArn",
        protects: "domain-export",
        when: [{ path: "enableExport", is: "not", value: false }],
        without: "s3-managed-key",
        // GetDomain does not return it.
        describedAt: null,
      },
    ],
  },
] as const satisfies readonly Operation[];
