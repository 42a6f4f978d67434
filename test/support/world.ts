import { onTestFinished } from "vitest";
import type { Policy } from "../../lib/core/policy.ts";
import type { ApiCall, Decision, JsonObject } from "../../lib/core/types.ts";
import { awsPorts } from "../../lib/enforce/aws-ports.ts";
import type { Ports } from "../../lib/enforce/ports.ts";
import { type EmbeddedAws, type EmbeddedOptions, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { callOf, policyOf } from "./build.ts";

export interface World {
  readonly aws: EmbeddedAws;
  readonly ports: Ports;
  readonly decisions: Decision[];
  /** The operations on the wire since the last look. */
  calls(): string[];
}

/** An embedded AWS and the ports that enforcement has in Lambda, on it; ends with the test. */
export async function worldOf(policy: Policy = policyOf(), options: EmbeddedOptions = {}): Promise<World> {
  const aws = await startEmbeddedAws({ now: new Date("2026-11-02T09:15:00Z"), ...options });
  onTestFinished(() => aws.close());
  const decisions: Decision[] = [];
  const { endpoint, credentials, clock } = aws;
  const topicArn = aws.sns.createTopic("keyward");
  const made = awsPorts({ policy, topicArn, target: { endpoint, credentials }, now: clock.now, log: () => {} });
  let seen = 0;
  return {
    aws,
    decisions,
    ports: { ...made, record: (decision) => void decisions.push(decision) },
    calls() {
      const since = aws.calls.slice(seen).map(({ operation }) => operation);
      seen = aws.calls.length;
      return since.sort();
    },
  };
}

/** A call as CloudTrail records it, in its EventBridge envelope; the resource that it made is in the world. */
export function happen(
  aws: EmbeddedAws,
  eventName: string,
  request: JsonObject,
  response: JsonObject = {},
): JsonObject {
  const call: ApiCall = callOf(eventName, request, response);
  aws.sagemaker.apply(call);
  return recordOf(call);
}

let count = 0;

export function recordOf({ eventName, request, response, account, region, principal }: ApiCall): JsonObject {
  return {
    eventVersion: "1.11",
    eventID: `e3b0c442-98fc-4c14-9afb-${String(++count).padStart(12, "0")}`,
    eventSource: "sagemaker.amazonaws.com",
    eventType: "AwsApiCall",
    eventTime: "2026-11-02T09:15:00Z",
    awsRegion: region,
    recipientAccountId: account,
    userIdentity: { type: "IAMUser", arn: principal },
    ...{ eventName, requestParameters: request === "omitted" ? {} : request, responseElements: response },
  };
}

export const arnOf = (kind: string, name: string): string => `arn:aws:sagemaker:us-east-1:111122223333:${kind}/${name}`;
