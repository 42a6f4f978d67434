import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";

/** Members of a record and of its identity. Athena uses their lower-cased names for columns and struct fields. */
const NAMES = [
  "eventVersion",
  "userIdentity",
  "eventTime",
  "eventSource",
  "eventName",
  "awsRegion",
  "sourceIPAddress",
  "userAgent",
  "errorCode",
  "errorMessage",
  "requestParameters",
  "responseElements",
  "requestID",
  "eventID",
  "readOnly",
  "eventType",
  "managementEvent",
  "recipientAccountId",
  "sharedEventID",
  "eventCategory",
  "principalId",
  "accountId",
  "invokedBy",
  "accessKeyId",
  "userName",
  "onBehalfOf",
  "userId",
  "identityStoreArn",
  "sessionContext",
  "sessionIssuer",
  "creationDate",
  "mfaAuthenticated",
  "sourceIdentity",
];
const byColumn = new Map(NAMES.map((name) => [name.toLowerCase(), name]));
/** Columns that hold JSON as text; the members in it keep their names. */
const TEXTS = ["requestparameters", "responseelements"];

/** A row as Athena's UNLOAD writes it. */
export const isRow = (value: JsonObject): boolean =>
  Object.hasOwn(value, "eventsource") && Object.hasOwn(value, "eventname");

/** The record that a row was made from, as far as judging needs it; `undefined` where a column of JSON holds none. */
export function recordOfRow(row: JsonObject): JsonObject | undefined {
  let record: JsonObject;
  try {
    record = renamed(row);
  } catch {
    return undefined;
  }
  return { ...record, readOnly: record.readOnly === true || record.readOnly === "true" };
}

function renamed(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null && value !== "")
      .map(([column, value]) => [byColumn.get(column) ?? column, contentOf(column, value)]),
  );
}

function contentOf(column: string, value: Json): Json {
  if (TEXTS.includes(column) && typeof value === "string") return JSON.parse(value);
  return isObject(value) ? renamed(value) : value;
}
