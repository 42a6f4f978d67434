import { parseArn } from "../core/model/arn.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import { safeText } from "../text/safe-text.ts";
import { faultOf, type HookFault } from "./judgement.ts";

/** What CloudFormation is about to do. */
export type HookTarget =
  /** One resource, of CloudFormation (`RESOURCE`) or of Cloud Control API (`CLOUD_CONTROL`). */
  | { readonly is: "resource"; readonly type: string; readonly logicalId: string; readonly properties: JsonObject }
  /** A stack or a change set. Its template is at the presigned URL. */
  | { readonly is: "stack" | "change-set"; readonly url: string }
  /** A deletion takes no key. */
  | { readonly is: "deletion" };

/** The account and the Region of the operation; empty if the event does not have them. */
export interface HookPlace {
  readonly account: string;
  readonly region: string;
}

export interface HookEvent {
  /** To be returned as it is. Absent if the event has none. */
  readonly token: string | undefined;
  readonly place: HookPlace;
  /** Cloud Control API cuts the message earlier than CloudFormation does. */
  readonly isCloudControl: boolean;
  /** The target, or the reason why it cannot be judged. */
  readonly target: HookTarget | HookFault;
}

const DELETE = "DELETE_PRE_PROVISION";

/**
 * Reads the input of a Lambda Hook. Never throws. Source: CloudFormation Hooks User Guide, "Create Lambda functions to
 * evaluate resources for Lambda Hooks", sections "Lambda Hook resource input syntax", "… stack input syntax" and "… change
 * set input syntax". The syntax there has `clientRequesttoken` and `stackID` where its examples have `clientRequestToken`
 * and `stackId`: both spellings are read.
 */
export function readEvent(event: unknown): HookEvent {
  const root = isObject(event) ? event : {};
  return {
    token: text(root, "clientRequestToken") ?? text(root, "clientRequesttoken"),
    place: placeOf(root),
    // "For resources provisioned with Cloud Control API, this value will be RESOURCE"; and their stack id is empty.
    isCloudControl: text(objectIn(root, "requestData"), "targetType") === "RESOURCE" || stackOf(root) === undefined,
    target: targetOf(root),
  };
}

function targetOf(root: JsonObject): HookEvent["target"] {
  const data = objectIn(root, "requestData");
  // The properties and the template of a deletion are empty, so the rest of the event does not matter.
  if (text(root, "actionInvocationPoint") === DELETE) return { is: "deletion" };
  const name = text(data, "targetName") ?? text(data, "targetType");
  if (name === undefined) return faultOf(safeText`the input names no target (requestData.targetName)`);
  if (name === "STACK" || name === "CHANGE_SET") {
    const url = text(data, "payload");
    if (url === undefined) return faultOf(safeText`the input has no address of the template (requestData.payload)`);
    return { is: name === "STACK" ? "stack" : "change-set", url };
  }
  const properties = objectIn(data, "targetModel").resourceProperties;
  if (!isObject(properties)) {
    return faultOf(safeText`the input has no properties of the resource (requestData.targetModel.resourceProperties)`);
  }
  return { is: "resource", type: name, logicalId: text(data, "targetLogicalId") ?? name, properties };
}

const stackOf = (root: JsonObject): string | undefined => text(root, "stackId") ?? text(root, "stackID");

/** The Region is in the ARN of the stack; without a stack, in the ARN of the function. */
function placeOf(root: JsonObject): HookPlace {
  const arn = stackOf(root) ?? text(objectIn(root, "hookModel"), "LambdaFunction") ?? "";
  return { account: text(root, "awsAccountId") ?? "", region: parseArn(arn)?.region ?? "" };
}

function objectIn(node: JsonObject, name: string): JsonObject {
  const value: Json | undefined = Object.hasOwn(node, name) ? node[name] : undefined;
  return isObject(value) ? value : {};
}
