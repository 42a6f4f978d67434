import { followed, operation } from "../../catalogue/find-operation.ts";
import { isObject, scalar, text } from "../model/member.ts";
import type { ApiCall, EventHead, Ignored, JsonObject, Malformed, Parsed, StateChange } from "../model/types.ts";

const SERVICE = "sagemaker.amazonaws.com";
const ENVELOPE_SOURCE = "aws.sagemaker";
const NOTEBOOK_CHANGE = "SageMaker Notebook Instance State Change";
/** Verbs of calls that create or change nothing that could hold a key. */
const READ_OR_END = /^(Describe|List|Get|BatchGet|BatchDescribe|Search|Query|Render|Delete|BatchDelete|Stop)/;

/**
 * Makes of anything that a queue, a file or a test event may hold what the later stages trust.
 * Takes an EventBridge envelope or a bare CloudTrail record; never throws.
 * Shapes: CloudTrail User Guide "CloudTrail record contents", EventBridge "AWS service events delivered via CloudTrail".
 */
export function parse(event: unknown): Parsed {
  if (!isObject(event)) return malformed(NO_HEAD, "not a JSON object");
  if (!Object.hasOwn(event, "detail-type")) return parseRecord(event, undefined);
  const head = headOf({}, event);
  const type = text(event, "detail-type") ?? "";
  if (text(event, "source") !== ENVELOPE_SOURCE) return ignored(head, `source is not ${ENVELOPE_SOURCE}`);
  if (!isObject(event.detail)) return malformed(head, "the envelope's detail is not an object");
  if (type === "AWS API Call via CloudTrail") return parseRecord(event.detail, event);
  if (type === NOTEBOOK_CHANGE) return parseStateChange(event.detail, event);
  if (type === "AWS Service Event via CloudTrail") {
    return ignored(headOf(event.detail, event), "a service event: what started it is judged instead");
  }
  return ignored(head, `detail-type "${type.slice(0, 80)}" is not judged`);
}

function parseRecord(record: JsonObject, envelope: JsonObject | undefined): ApiCall | Ignored | Malformed {
  const head = headOf(record, envelope);
  const { eventID, eventName, eventTime, account, region } = head;
  const source = text(record, "eventSource");
  if (source === undefined) return malformed(head, "not a CloudTrail record: it has no eventSource");
  if (source !== SERVICE) return ignored(head, `eventSource is ${source.slice(0, 80)}, not ${SERVICE}`);
  if (eventName === null) return malformed(head, "the record has no eventName");
  const errorCode = text(record, "errorCode");
  if (errorCode !== undefined) return ignored(head, `the call failed (${errorCode.slice(0, 80)})`);
  if (text(record, "eventType") === "AwsServiceEvent") {
    return ignored(head, "a service event: what started it is judged instead");
  }
  if (record.readOnly === true || READ_OR_END.test(eventName)) return ignored(head, "the call creates nothing");
  if (eventID === null) return malformed(head, "the record has no eventID");
  if (eventTime === null) return malformed(head, "the record has no eventTime");
  if (account === null) return malformed(head, "the record names no account");
  if (region === null) return malformed(head, "the record has no awsRegion");
  const request = record.requestParameters;
  if (!isObject(request)) {
    if (operation(eventName) || followed(eventName)) return malformed(head, "the record has no requestParameters");
    return ignored(head, "the call has no parameters that could hold a key");
  }
  return {
    is: "call",
    ...{ eventID, eventName, eventTime, account, region },
    principal: head.principal ?? "unknown",
    ...(isByService(record.userIdentity) ? { byService: true } : {}),
    request: isOmitted(request) ? "omitted" : request,
    response: isObject(record.responseElements) ? record.responseElements : {},
  };
}

function parseStateChange(detail: JsonObject, envelope: JsonObject): StateChange | Ignored | Malformed {
  const head = { ...headOf({}, envelope), eventName: NOTEBOOK_CHANGE };
  const { eventID, eventTime, account, region } = head;
  const status = text(detail, "NotebookInstanceStatus");
  if (status !== "InService") return ignored(head, `status is ${status?.slice(0, 80)}, not InService`);
  const name = text(detail, "NotebookInstanceName");
  if (name === undefined) return malformed(head, "the state change names no notebook instance");
  if (eventID === null || eventTime === null || account === null || region === null) {
    return malformed(head, "the envelope lacks id, time, account or region");
  }
  return {
    is: "state-change",
    ...{ eventID, eventName: NOTEBOOK_CHANGE, eventTime, account, region, name, status, detail },
    arn: text(detail, "NotebookInstanceArn"),
    reported: hasTag(detail.Tags, "keyward:event"),
  };
}

/** Tags are a map in observed events and a list in the EventBridge schema. */
function hasTag(tags: unknown, key: string): boolean {
  if (Array.isArray(tags)) return tags.some((tag) => isObject(tag) && (tag.Key === key || tag.key === key));
  return isObject(tags) && Object.hasOwn(tags, key);
}

/** Over 100 KB CloudTrail replaces the parameters by a note; its values have been seen as strings too. */
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

/** The caller as a reader would look for it: an ARN where there is one (AWSService and IdentityCenterUser have none). */
function principalOf(identity: unknown): string | null {
  if (!isObject(identity)) return null;
  const context = isObject(identity.sessionContext) ? identity.sessionContext : {};
  const issuer = isObject(context.sessionIssuer) ? context.sessionIssuer : {};
  const onBehalfOf = isObject(identity.onBehalfOf) ? identity.onBehalfOf : {};
  return (
    text(identity, "arn") ??
    text(issuer, "arn") ??
    text(onBehalfOf, "userId") ??
    text(identity, "userName") ??
    text(identity, "invokedBy") ??
    text(identity, "principalId") ??
    null
  );
}

/** CloudTrail writes `invokedBy` where a service made the call (User Guide, "CloudTrail userIdentity element"). */
const isByService = (identity: unknown): boolean =>
  isObject(identity) && (text(identity, "invokedBy") === SERVICE || text(identity, "type") === "AWSService");

const ignored = (head: EventHead, because: string): Ignored => ({ is: "ignored", head, because });
const malformed = (head: EventHead, because: string): Malformed => ({ is: "malformed", head, because });
