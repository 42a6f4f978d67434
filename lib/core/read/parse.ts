import { followed, operation } from "../../catalogue/find-operation.ts";
import { isJudgedBusSource, isJudgedSource, operationName } from "../../catalogue/services.ts";
import { isCreating, withoutDataGroup } from "../../catalogue/without-data/list.ts";
import { defined } from "../model/defined.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isObject, scalar, text } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, EventHead, Ignored, Malformed, Parsed, StateChange, TagClaim } from "../model/types.ts";
import type { Writable } from "../model/writable.ts";

const SERVICE = "sagemaker.amazonaws.com";
const NOTEBOOK_CHANGE = "SageMaker Notebook Instance State Change";
/** The verbs of calls that neither create nor change a resource. */
const READ_OR_END = /^(Describe|List|Get|BatchGet|BatchDescribe|Search|Query|Render|Delete|BatchDelete|Stop)/;

/**
 * Parses an event from a queue or a file: an EventBridge envelope, or a CloudTrail record without one. Accepts every
 * value and never throws. The later stages trust the result.
 * Shapes: CloudTrail User Guide "CloudTrail record contents", EventBridge "AWS service events delivered via
 * CloudTrail".
 */
export function parse(event: unknown): Parsed {
  if (!isObject(event)) return malformed(NO_HEAD, { code: "not-an-object" });
  if (!Object.hasOwn(event, "detail-type")) return parseRecord(event, undefined);
  const head = headOf({}, event);
  const type = text(event, "detail-type") ?? "";
  const source = text(event, "source") ?? "";
  if (!isJudgedBusSource(source)) return ignored(head, { code: "other-source", source: short(source) });
  if (!isObject(event.detail)) return malformed(head, { code: "detail-not-an-object" });
  if (type === "AWS API Call via CloudTrail") return parseRecord(event.detail, event);
  if (type === NOTEBOOK_CHANGE) return parseStateChange(event.detail, event);
  if (type === "AWS Service Event via CloudTrail") {
    return ignored(headOf(event.detail, event), { code: "service-event" });
  }
  return ignored(head, { code: "other-detail-type", type: short(type) });
}

function parseRecord(record: JsonObject, envelope: JsonObject | undefined): ApiCall | Ignored | Malformed {
  const head = headOf(record, envelope);
  const { eventID, eventName, eventTime, account, region } = head;
  const source = text(record, "eventSource");
  if (source === undefined) return lacks("record", head, "eventSource");
  if (!isJudgedSource(source)) return ignored(head, { code: "other-source", source: short(source) });
  if (eventName === null) return lacks("record", head, "eventName");
  const errorCode = text(record, "errorCode");
  if (errorCode !== undefined) return ignored(head, { code: "call-failed", errorCode: short(errorCode) });
  if (text(record, "eventType") === "AwsServiceEvent") return ignored(head, { code: "service-event" });
  if (record.readOnly === true || READ_OR_END.test(eventName)) return ignored(head, { code: "creates-nothing" });
  if (eventID === null) return lacks("record", head, "eventID");
  if (eventTime === null) return lacks("record", head, "eventTime");
  if (account === null) return lacks("record", head, "recipientAccountId");
  if (region === null) return lacks("record", head, "awsRegion");
  if (!ACCOUNT.test(account)) return malformed(head, { code: "not-an-account", account: short(account) });
  if (!REGION.test(region)) return malformed(head, { code: "not-a-region", region: short(region) });
  const called = operationName(source, eventName);
  const request = record.requestParameters ?? NO_PARAMETERS;
  if (!isObject(request)) return malformed(head, { code: "request-not-an-object" });
  if (request === NO_PARAMETERS) {
    if (operation(called) || followed(called)) return lacks("record", head, "requestParameters");
    if (!isUnknownCreation(called)) return ignored(head, { code: "no-parameters" });
  }
  const call: Writable<ApiCall> = {
    is: "call",
    eventID,
    eventName,
    eventTime,
    account,
    region,
    principal: head.principal ?? "unknown",
    issuer: issuerOf(record.userIdentity),
    request: isOmitted(request) ? "omitted" : request,
    response: isObject(record.responseElements) ? record.responseElements : {},
  };
  if (called !== eventName) call.operation = called;
  if (isByService(record.userIdentity)) call.byService = true;
  return call;
}

/** AWS's own resources have `aws` in the place of an account. A call always belongs to a real account. */
const ACCOUNT = /^\d{12}$/;

/** A part of a host name: AWS's SDK throws on any other Region. */
const REGION = /^[a-z0-9-]{1,63}$/;

/** CloudTrail writes `null` for a call without parameters. This object replaces it. */
const NO_PARAMETERS: JsonObject = {};

/** A creating call that is not on the reviewed list is reported, with or without parameters. */
const isUnknownCreation = (called: string): boolean => isCreating(called) && !withoutDataGroup(called);

function parseStateChange(detail: JsonObject, envelope: JsonObject): StateChange | Ignored | Malformed {
  const head = { ...headOf({}, envelope), eventName: NOTEBOOK_CHANGE };
  const { eventID, eventTime, account, region } = head;
  const status = text(detail, "NotebookInstanceStatus");
  if (status !== "InService") return ignored(head, { code: "not-in-service", status: short(status ?? "") });
  const name = text(detail, "NotebookInstanceName");
  if (name === undefined) return lacks("state change", head, "NotebookInstanceName");
  if (eventID === null) return lacks("envelope", head, "id");
  if (eventTime === null) return lacks("envelope", head, "time");
  if (account === null) return lacks("envelope", head, "account");
  if (region === null) return lacks("envelope", head, "region");
  if (!ACCOUNT.test(account)) return malformed(head, { code: "not-an-account", account: short(account) });
  if (!REGION.test(region)) return malformed(head, { code: "not-a-region", region: short(region) });
  return {
    is: "state-change",
    eventID,
    eventName: NOTEBOOK_CHANGE,
    eventTime,
    account,
    region,
    name,
    status,
    detail,
    arn: text(detail, "NotebookInstanceArn"),
    ...defined({ tagged: claimIn(detail.Tags) }),
  };
}

function claimIn(tags: Json | undefined): TagClaim | undefined {
  const eventID = tagIn(tags, "keyward:event");
  return eventID === undefined ? undefined : { eventID, checked: tagIn(tags, "keyward:checked") };
}

/** Real events have the tags as a map; the EventBridge schema has a list. */
function tagIn(tags: Json | undefined, key: string): string | undefined {
  if (isObject(tags)) return Object.hasOwn(tags, key) ? text(tags, key) : undefined;
  const found = Array.isArray(tags) ? tags.find((tag) => isObject(tag) && (tag.Key ?? tag.key) === key) : undefined;
  return text(found, "Value");
}

/** CloudTrail replaces parameters over 100 KB by a note. Some recorders write the note's values as strings. */
const isOmitted = (request: JsonObject): boolean =>
  scalar(request.omitted) === "true" && (Object.hasOwn(request, "reason") || Object.hasOwn(request, "originalSize"));

const NO_HEAD: EventHead = {
  eventID: null,
  eventName: null,
  eventTime: null,
  account: null,
  region: null,
  principal: null,
};

function headOf(record: JsonObject, envelope: JsonObject | undefined): EventHead {
  const identity = record.userIdentity;
  return {
    eventID: text(record, "eventID") ?? text(envelope, "id") ?? null,
    eventName: text(record, "eventName") ?? null,
    eventTime: text(record, "eventTime") ?? text(envelope, "time") ?? null,
    account: text(envelope, "account") ?? text(record, "recipientAccountId") ?? text(identity, "accountId") ?? null,
    region: text(record, "awsRegion") ?? text(envelope, "region") ?? null,
    principal: principalOf(identity),
  };
}

/** The caller: the ARN, or the best other name (identities of type AWSService and IdentityCenterUser have no ARN). */
function principalOf(identity: unknown): string | null {
  if (!isObject(identity)) return null;
  const onBehalfOf = isObject(identity.onBehalfOf) ? identity.onBehalfOf : {};
  return (
    text(identity, "arn") ??
    issuerOf(identity) ??
    text(onBehalfOf, "userId") ??
    text(identity, "userName") ??
    text(identity, "invokedBy") ??
    text(identity, "principalId") ??
    null
  );
}

/** The ARN of the role or user that the session belongs to (User Guide, "CloudTrail userIdentity element"). */
function issuerOf(identity: unknown): string | undefined {
  if (!isObject(identity) || !isObject(identity.sessionContext)) return undefined;
  return text(identity.sessionContext.sessionIssuer, "arn");
}

/** CloudTrail writes `invokedBy` if a service made the call (User Guide, "CloudTrail userIdentity element"). */
const isByService = (identity: unknown): boolean =>
  isObject(identity) && (text(identity, "invokedBy") === SERVICE || text(identity, "type") === "AWSService");

const ignored = (head: EventHead, reason: Reason): Ignored => ({ is: "ignored", head, reason });
const malformed = (head: EventHead, reason: Reason): Malformed => ({ is: "malformed", head, reason });

const lacks = (of: "record" | "envelope" | "state change", head: EventHead, member: string): Malformed =>
  malformed(head, { code: "member-missing", of, member });

/** The first part of a value, for a reason. */
const short = (value: string): string => value.slice(0, 80);
