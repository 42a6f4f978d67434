import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Random } from "../long/random.ts";
import { encryptedRequests } from "../support/encrypted-requests.ts";

export const ACCOUNTS = ["111122223333", "444455556666", "777788889999", "123456789012"];
export const REGIONS = ["us-east-1", "eu-central-1"];

export interface EventHead {
  readonly eventID: string;
  readonly requestID: string;
  readonly eventTime: string;
  readonly account: string;
  readonly region: string;
  readonly userIdentity: JsonObject;
}

const PEOPLE = Array.from({ length: 60 }, (_, i) => `user-${i}`);
const ROLES = ["sagemaker-execution", "data-science", "ml-platform", "ci-deploy", "lambda-etl", "eks-node", "admin"];

export const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => "0123456789abcdef"[random.below(16)]).join("");

const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join("-");

export function eventHead(random: Random, account: string, region: string, at: Date): EventHead {
  const role = random.pick(ROLES);
  const session = random.pick(PEOPLE);
  return {
    eventID: uuid(random),
    requestID: uuid(random),
    eventTime: `${at.toISOString().slice(0, 19)}Z`,
    account,
    region,
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${hex(random, 17).toUpperCase()}:${session}`,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
      accountId: account,
      accessKeyId: `ASIA${hex(random, 16).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: `AROA${hex(random, 17).toUpperCase()}`,
          arn: `arn:aws:iam::${account}:role/${role}`,
          accountId: account,
          userName: role,
        },
        attributes: { creationDate: `${at.toISOString().slice(0, 13)}:00:00Z`, mfaAuthenticated: "false" },
      },
    },
  };
}

/** A record's members in the order in which CloudTrail writes them. */
export const recordOf = (head: EventHead, eventSource: string, eventName: string, rest: JsonObject): JsonObject => ({
  eventVersion: "1.11",
  userIdentity: head.userIdentity,
  eventTime: head.eventTime,
  eventSource,
  eventName,
  awsRegion: head.region,
  sourceIPAddress: "198.51.100.24",
  userAgent: "Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.12.4",
  ...rest,
  requestID: head.requestID,
  eventID: head.eventID,
  readOnly: rest.readOnly ?? false,
  eventType: "AwsApiCall",
  managementEvent: true,
  recipientAccountId: head.account,
  eventCategory: "Management",
  tlsDetails: {
    tlsVersion: "TLSv1.3",
    cipherSuite: "TLS_AES_128_GCM_SHA256",
    clientProvidedHostHeader: `${eventSource.split(".")[0]}.${head.region}.amazonaws.com`,
  },
});

/** CloudTrail's spelling of a request: each member's first letter lowered. */
const lowered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toLowerCase() + name.slice(1), lowered(member)]),
  );
};

type Call = { readonly eventName: string; readonly requestParameters: JsonObject };

const shipped: Call[] = readdirSync("events", { recursive: true, encoding: "utf8" })
  .filter((file) => /^(Create|Update|Start)/.test(file) && file.endsWith(".json"))
  .sort()
  .map((file) => JSON.parse(readFileSync(join("events", file), "utf8")).detail);
const encrypted: Call[] = Object.entries(encryptedRequests).flatMap(([eventName, requests]) =>
  requests.map((request) => ({ eventName, requestParameters: lowered(request) as JsonObject })),
);
const CALLS = [...shipped, ...encrypted];
const READS = ["DescribeTrainingJob", "ListTrainingJobs", "DescribeEndpoint", "DescribeNotebookInstance", "ListTags"];

/**
 * One SageMaker record in eight is a call that is judged. The others read, because consoles and pipelines poll all day.
 */
export function sageMakerRecord(random: Random, head: EventHead, oneIn = 8): JsonObject {
  const service = "sagemaker.amazonaws.com";
  if (random.below(oneIn) > 0) {
    const requestParameters = { trainingJobName: `churn-${hex(random, 8)}` };
    return recordOf(head, service, random.pick(READS), { requestParameters, responseElements: null, readOnly: true });
  }
  const { eventName, requestParameters } = random.pick(CALLS);
  return recordOf(head, service, eventName, { requestParameters, responseElements: null });
}
