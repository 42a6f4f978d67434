import { isJudgedSource } from "../catalogue/services.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";

/** One member in which a tool or a service of AWS puts events. */
interface Wrapper {
  readonly member: string;
  /** A list of events, one event as JSON in a string, or an object that has another wrapper's member. */
  readonly holds: "list" | "text" | "object";
  /** A string that must stand beside it, so that an ordinary member of that name is not taken for a wrapper. */
  readonly beside?: string;
  readonly writtenBy: string;
}

/** Everything that may be around an event. The first one that fits counts. */
const WRAPPERS: readonly Wrapper[] = [
  { member: "Records", holds: "list", writtenBy: "CloudTrail's log files; Lambda's SQS and SNS events" },
  { member: "Events", holds: "list", writtenBy: "aws cloudtrail lookup-events" },
  { member: "QueryResultRows", holds: "list", writtenBy: "aws cloudtrail get-query-results" },
  { member: "Messages", holds: "list", writtenBy: "aws sqs receive-message" },
  { member: "CloudTrailEvent", holds: "text", writtenBy: "aws cloudtrail lookup-events" },
  { member: "eventJson", holds: "text", writtenBy: "CloudTrail Lake" },
  { member: "eventjson", holds: "text", writtenBy: "CloudTrail Lake's tables in Athena" },
  { member: "body", holds: "text", writtenBy: "Lambda's SQS events" },
  { member: "Body", holds: "text", beside: "ReceiptHandle", writtenBy: "aws sqs receive-message" },
  { member: "Sns", holds: "object", writtenBy: "Lambda's SNS events" },
  { member: "Message", holds: "text", beside: "TopicArn", writtenBy: "SNS" },
];

/** What a wrapper holds, and the wrapper's member. */
export type Wrapped =
  | { readonly member: string; readonly holds: "values"; readonly value: Json }
  | { readonly member: string; readonly holds: "text"; readonly text: string };

/**
 * An EventBridge envelope or a CloudTrail record: it is never unwrapped. Lambda's SQS messages have an `eventSource` too,
 * but no `eventName`.
 */
export const isEvent = (value: JsonObject): boolean =>
  Object.hasOwn(value, "eventName") ||
  Object.hasOwn(value, "detail-type") ||
  (Object.hasOwn(value, "eventSource") && value.eventSource !== "aws:sqs");

/** What an object wraps; `undefined` for an event, and for an object that wraps nothing. */
export function wrappedIn(value: JsonObject): Wrapped | undefined {
  if (isEvent(value)) return undefined;
  for (const { member, holds, beside } of WRAPPERS) {
    if (!Object.hasOwn(value, member) || (beside !== undefined && typeof value[beside] !== "string")) continue;
    const held = value[member];
    if (holds === "text" && typeof held === "string") return { member, holds, text: held };
    if (holds === "list" && Array.isArray(held)) return { member, holds: "values", value: held };
    if (holds === "object" && isObject(held)) return { member, holds: "values", value: held };
  }
  return undefined;
}

/** A record of a call of SageMaker's services, or its envelope. An Insights event counts calls and is none. */
export function isSageMakerCall(event: JsonObject): boolean {
  const record = isObject(event.detail) ? event.detail : event;
  return isJudgedSource(record.eventSource) && record.eventCategory !== "Insight";
}
