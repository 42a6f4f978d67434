import { isObject } from "../core/model/member.ts";
import type { JsonObject } from "../core/model/types.ts";
import { isRow, recordOfRow } from "./athena-row.ts";

const SERVICE = "sagemaker.amazonaws.com";

/**
 * Takes records out of what they are kept in: a log file's `Records`, what `aws cloudtrail lookup-events` prints, rows
 * of Athena or CloudTrail Lake, arrays and single records. Throws on a record given as text that is not JSON.
 */
export function* eventsIn(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) for (const one of value) yield* eventsIn(one);
  if (!isObject(value)) return;
  const wrapped = isEvent(value) ? undefined : unwrap(value);
  if (wrapped === undefined) yield isRow(value) ? recordOfRow(value) : value;
  else yield* eventsIn(wrapped);
}

/** A record, or an EventBridge envelope, which is told by its detail-type. */
export const isEvent = (value: JsonObject): boolean =>
  Object.hasOwn(value, "eventSource") || Object.hasOwn(value, "detail-type");

const LISTS = ["Records", "Events", "QueryResultRows"] as const;
const TEXTS = ["CloudTrailEvent", "eventJson", "eventjson"] as const;

function unwrap(value: JsonObject): unknown {
  const list = LISTS.find((name) => Array.isArray(value[name]));
  if (list !== undefined) return value[list];
  const text = TEXTS.map((name) => value[name]).find((one) => typeof one === "string");
  return typeof text === "string" ? JSON.parse(text) : undefined;
}

/** A log or an answer of CloudTrail's, even one without an event. */
export const isList = (value: unknown): boolean =>
  isObject(value) && !isEvent(value) && LISTS.some((name) => Array.isArray(value[name]));

/** A SageMaker call's record, or its envelope. An Insights event counts calls and is none. */
export function isSageMakerCall(event: JsonObject): boolean {
  const record = isObject(event.detail) ? event.detail : event;
  return record.eventSource === SERVICE && record.eventCategory !== "Insight";
}
