import type { CheckOptions } from "../check/check-file.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import { safeText } from "../text/safe-text.ts";
import { quoted } from "../text/untrusted.ts";
import { judgeDocument, memberOf, readTemplate, withoutDefaults, withResources } from "./document.ts";
import { judgeStack } from "./judge-stack.ts";
import { faultOf, type HookFault, type HookJudgement, judgementOf } from "./judgement.ts";
import { mergeContext } from "./merge-context.ts";

/** A resource that a change set creates or updates. */
interface Change {
  readonly name: string;
  readonly type: string;
  /** Its properties after the change; `undefined` if the payload does not have them. */
  readonly properties: Json | undefined;
}

/**
 * Judges what a change set creates or updates. `payload`: the object `{template, changedResources}` (CloudFormation Hooks
 * User Guide, "Lambda Hook change set input syntax"). The properties in `afterContext` have the values of the parameters,
 * so they count before the template.
 */
export function judgeChangeSet(payload: Json, options: CheckOptions): HookJudgement | HookFault {
  const list = memberOf(payload, "changedResources");
  if (!Array.isArray(list)) return judgeStack(payload, options);
  const changes = list.flatMap(changeIn);
  const read = readTemplate(memberOf(payload, "template"));
  const template = read.is === "template" ? withoutDefaults(read.value) : {};
  const own = memberOf(template, "Resources");
  const resources = Object.entries(isObject(own) ? own : {});
  const changed = changes.map((change) => [change.name, resourceOf(change, memberOf(own, change.name))] as const);
  const unknown = changes.find(
    ({ name, type }, i) => changed[i]?.[1] === undefined && isSageMaker(type) && name !== "",
  );
  if (unknown) return read.is === "fault" ? read : missing(unknown);
  const document = withResources(
    isObject(template) ? template : {},
    Object.fromEntries(known([...resources, ...changed])),
  );
  const names = new Set(changes.map(({ name }) => name));
  const judged = judgeDocument(document, options);
  if (judged.is === "fault") return judged;
  return judgementOf(judged.resources.filter(({ subject }) => names.has(String(subject.at[1]))));
}

const isSageMaker = (type: string): boolean => type.startsWith("AWS::SageMaker::");

const missing = ({ name }: Change): HookFault =>
  faultOf(safeText`the payload has neither the new properties of ${quoted(name, 120)} nor its template`);

const known = (entries: readonly (readonly [string, Json | undefined])[]): [string, Json][] =>
  entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

function changeIn(change: Json): Change[] {
  if (text(change, "action") === "DELETE") return [];
  const name = text(change, "logicalResourceId") ?? "";
  return [{ name, type: text(change, "resourceType") ?? "", properties: propertiesIn(text(change, "afterContext")) }];
}

/** `afterContext` is JSON as text: `{"Properties": {…}}`. */
function propertiesIn(context: string | undefined): Json | undefined {
  try {
    const parsed: unknown = context === undefined ? undefined : JSON.parse(context);
    return isObject(parsed) ? (parsed.Properties ?? {}) : undefined;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

/** The resource as the change set will make it; without the new properties, as the template has it. */
function resourceOf({ type, properties }: Change, own: Json | undefined): Json | undefined {
  if (properties === undefined) return own;
  // A change set names only resources whose condition holds.
  const { Condition: _, ...rest }: JsonObject = isObject(own) ? own : {};
  return { ...rest, Type: type, Properties: mergeContext(properties, memberOf(own, "Properties")) };
}
