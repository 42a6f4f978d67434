import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

/** Source: Amazon DataZone API Reference, CreateConnection and AuthenticationConfiguration; Secrets Manager User Guide. */
export const kind = {
  kind: "datazone-connection",
  noun: "SageMaker Unified Studio connection",
  page: "API Reference, datazone:GetConnection",
  actsOn: false,
  describe: {
    operation: "datazone:GetConnection",
    input: { domainIdentifier: ["domainIdentifier"], identifier: ["connectionId"] },
    arn: "connectionId",
  },
  taggable: false,
  rekey: LATER_NEW,
} as const satisfies Kind;

const AUTHENTICATION = "props.glueProperties.glueConnectionInput.authenticationConfiguration";

export const operations = [
  {
    operation: "datazone:CreateConnection",
    kind: "datazone-connection",
    name: "name",
    settings: [
      {
        path: `${AUTHENTICATION}.kmsKeyArn`,
        protects: "connection-secret",
        when: [{ path: AUTHENTICATION, is: "present" }],
        elsewhere: `${AUTHENTICATION}.secretArn`,
        without: "aws-managed-key",
        // GetConnection does not return it.
        describedAt: null,
      },
    ],
  },
] as const satisfies readonly Operation[];
