import { onTestFinished } from "vitest";
import { type AwsOptions, awsPorts } from "../../lib/compose/aws-ports.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { ApiCall, Decision } from "../../lib/core/model/types.ts";
import type { Entry } from "../../lib/enforce/store/entry.ts";
import { type EmbeddedAws, type EmbeddedOptions, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import type { Queue } from "../../lib/local/sqs.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import type { Delivery, Ports, QueuePorts } from "../../lib/ports/ports.ts";
import { callOf, policyOf } from "./build.ts";

export interface EmbeddedState {
  readonly aws: EmbeddedAws;
  readonly ports: Ports & { readonly queue: QueuePorts };
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly decisions: Decision[];
  /** The operations since the last call of this function, without the ledger's. */
  calls(): string[];
}

/** An embedded AWS and the ports that enforcement has in Lambda, on it; ends with the test. */
export async function embeddedState(
  policy: Policy = policyOf(),
  options: EmbeddedOptions = {},
): Promise<EmbeddedState> {
  const aws = await startEmbeddedAws({ now: new Date("2026-11-02T09:15:00Z"), ...options });
  onTestFinished(() => aws.close());
  const decisions: Decision[] = [];
  aws.buckets.set(BUCKET, { objects: new Map() });
  const deadLetters = aws.createQueue("dead-letters");
  const queue = aws.createQueue("events", {
    visibilitySeconds: 360,
    deadLetters: { queue: deadLetters, maxReceives: 200 },
  });
  const made = portsOn(aws, policy);
  let seen = 0;
  return {
    aws,
    decisions,
    queue,
    deadLetters,
    ports: { ...made, record: (decision) => void decisions.push(decision) },
    calls() {
      const since = aws.calls.slice(seen).flatMap(({ service, operation }) => (service === "s3" ? [] : [operation]));
      seen = aws.calls.length;
      return since.sort();
    },
  };
}

export const BUCKET = "keyward-ledger";

/** The parts of one container of the deployed function. Containers share only AWS. */
export function portsOn(
  aws: EmbeddedAws,
  policy: Policy,
  more: Partial<AwsOptions> = {},
): Ports & { readonly queue: QueuePorts } {
  const { endpoint, credentials, clock } = aws;
  return awsPorts({
    policy,
    topicArn: aws.sns.createTopic("keyward"),
    operatorsTopicArn: aws.sns.createTopic("operators"),
    ledgerBucket: BUCKET,
    queues: { queueUrl: `${endpoint}/111122223333/events`, deadLettersUrl: `${endpoint}/111122223333/dead-letters` },
    // A slow machine must not add a time-out to a test.
    target: { endpoint, credentials, timeoutMs: 120_000 },
    now: clock.now,
    // A slow machine must not end a lease or a slot.
    elapsed: () => clock.now().getTime(),
    wait: async (ms) => clock.advance(ms),
    log: () => {},
    ...more,
  });
}

/** A message's first delivery, just sent. */
export const firstDelivery = ({ aws }: { aws: EmbeddedAws }): Delivery => ({
  receives: 1,
  sentAt: aws.clock.now(),
  isRedriven: false,
  isLast: false,
});

/** The ledger's entries, as an auditor would read them. */
export const entriesOf = (aws: EmbeddedAws): Entry[] =>
  [...(aws.buckets.get(BUCKET)?.objects ?? [])].flatMap(([key, { body }]) =>
    key.startsWith("ledger/") ? [JSON.parse(body.toString()) as Entry] : [],
  );

/** Mails to users, without the operators'. */
export const mailsOf = (aws: EmbeddedAws) =>
  aws.sns.publications.filter(({ topicArn }) => topicArn.endsWith(":keyward"));
/** The mails that say how the stop ended that another mail announced. */
export const followUpsOf = (aws: EmbeddedAws) =>
  mailsOf(aws).filter(({ messages }) => messages.email?.includes("reported before"));
export const alarmsOf = (aws: EmbeddedAws) =>
  aws.sns.publications.filter(({ topicArn }) => topicArn.endsWith(":operators"));

/** A call as CloudTrail records it, in its EventBridge envelope. Its resource exists in the embedded AWS. */
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
    eventName,
    requestParameters: request === "omitted" ? {} : request,
    responseElements: response,
  };
}

export const arnOf = (kind: string, name: string): string => `arn:aws:sagemaker:us-east-1:111122223333:${kind}/${name}`;
