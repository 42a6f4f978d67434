import { isObject } from "../core/model/member.ts";
import type { Json, JsonObject } from "../core/model/types.ts";

/** A record's members, and those of its identity, whose lower-cased names Athena uses for columns and struct fields. */
const NAMES = [
  ...["eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress"],
  ...["userAgent", "errorCode", "errorMessage", "requestParameters", "responseElements", "requestID", "eventID"],
  ...["readOnly", "eventType", "managementEvent", "recipientAccountId", "sharedEventID", "eventCategory"],
  ...["principalId", "accountId", "invokedBy", "accessKeyId", "userName", "onBehalfOf", "userId", "identityStoreArn"],
  ...["sessionContext", "sessionIssuer", "creationDate", "mfaAuthenticated", "sourceIdentity"],
];
const byColumn = new Map(NAMES.map((name) => [name.toLowerCase(), name]));
/** JSON kept as text, whose members have their own names. */
const TEXTS = ["requestparameters", "responseelements"];

/** A row as Athena's UNLOAD writes it. */
export const isRow = (value: JsonObject): boolean =>
  Object.hasOwn(value, "eventsource") && Object.hasOwn(value, "eventname");

/** The record that a row was made from, as far as it is judged. Throws where a column of JSON holds none. */
export function recordOfRow(row: JsonObject): JsonObject {
  const record = named(row);
  return { ...record, readOnly: record.readOnly === true || record.readOnly === "true" };
}

function named(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null && value !== "")
      .map(([column, value]) => [byColumn.get(column) ?? column, contentOf(column, value)]),
  );
}

function contentOf(column: string, value: Json): Json {
  if (TEXTS.includes(column) && typeof value === "string") return JSON.parse(value);
  return isObject(value) ? named(value) : value;
}
