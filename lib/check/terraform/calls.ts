import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import {
  type CallHolder,
  type CallSubjects,
  callReaderOf,
  callSubjects,
  type HolderProperties,
} from "../calls/call-subjects.ts";
import { parseCallText } from "../calls/call-text.ts";
import { placeOf } from "../calls/state-machine.ts";
import { desiredSubjects } from "../cloudformation/cloud-control.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { CheckSubject, FileKey, UnresolvedPlace } from "../model/subject.ts";
import type { TerraformRequest } from "./request.ts";
import type { TerraformResource } from "./resources.ts";
import { settingIn } from "./setting-in.ts";
import type { TerraformType } from "./types.ts";

/** A resource type that makes SageMaker's calls, or creates its resources, by a text. */
interface TerraformHolder extends Omit<TerraformType, "operation"> {
  /** The type of CloudFormation with the same text; undefined where an attribute names the type. */
  readonly holds?: string;
  /** The property with the text, in CloudFormation's spelling. */
  readonly text: string;
}

const STATE_MACHINE = "AWS::StepFunctions::StateMachine";
const SCHEDULE = "AWS::Scheduler::Schedule";

/** Source: the pages of the providers `hashicorp/aws` and `hashicorp/awscc` in the Terraform Registry. */
const HOLDERS: readonly TerraformHolder[] = [
  { type: "aws_cloudcontrolapi_resource", text: "DesiredState" },
  { type: "aws_scheduler_schedule", holds: SCHEDULE, text: "Target.Input" },
  {
    type: "aws_sfn_state_machine",
    holds: STATE_MACHINE,
    text: "DefinitionString",
    renamed: { definition: "DefinitionString" },
  },
  { type: "awscc_scheduler_schedule", holds: SCHEDULE, text: "Target.Input" },
  {
    type: "awscc_stepfunctions_state_machine",
    holds: STATE_MACHINE,
    text: "DefinitionString",
    maps: ["definition_substitutions"],
  },
];

const byType = new Map(HOLDERS.map((row) => [row.type, row]));

/** The row of a resource type that holds calls, as a type whose attributes can be read. */
export function holderType(type: string): (TerraformType & TerraformHolder) | undefined {
  const row = byType.get(type);
  return row && { ...row, operation: "" };
}

interface Held {
  readonly resource: TerraformResource;
  readonly row: TerraformType & TerraformHolder;
  readonly made: TerraformRequest;
  readonly keys: ReadonlyMap<string, FileKey>;
}

/** The calls that a resource of a plan holds. */
export function heldSubjects(held: Held): CallSubjects {
  const { subjects, isUnread } = held.row.holds === undefined ? desired(held) : ofHolder(held, held.row.holds);
  return { subjects: subjects.map((subject) => withKeys(subject, held.keys)), isUnread };
}

function ofHolder({ resource, row, made }: Held, holds: string): CallSubjects {
  const { address, type, at, values } = resource;
  const reader = callReaderOf(holds);
  if (!reader) return { subjects: [], isUnread: false };
  const depth = row.text.split(".").length;
  const textIn = (path: DocumentPath) => settingIn(path.slice(0, depth).join("."), { type: row, values, at });
  const holder: CallHolder = { name: address, type, at: at.slice(0, 2), place: address };
  const properties: HolderProperties = {
    under: [],
    ownKeys: createdIn(made.createdKeys),
    properties: made.request,
    unresolvedPlaces: placesOf(made, row.text),
    propertyAt: (path) => [...textIn(path).at, ...path.slice(depth)],
    attributeAt: (path) => placeOf([textIn(path).attribute, ...path.slice(depth)]),
  };
  return callSubjects(holder, reader, [properties]);
}

/** A text that is made of one key alone is not that key: it is not known. */
function placesOf({ request, unresolvedPlaces, createdKeys }: TerraformRequest, path: string): UnresolvedPlace[] {
  const expression = createdKeys.get(String(textAt(request, path)));
  const own: UnresolvedPlace[] =
    expression === undefined ? [] : [{ path, expression, reason: { code: "known-after-apply", expression } }];
  return [...own, ...unresolvedPlaces];
}

const textAt = (request: JsonObject, path: string): Json | undefined =>
  path.split(".").reduce<Json | undefined>((node, name) => (isObject(node) ? node[name] : undefined), request);

function desired({ resource, row, made }: Held): CallSubjects {
  const { address, at } = resource;
  const { request, createdKeys } = made;
  const [place] = placesOf(made, row.text).filter(({ path }) => path === row.text);
  const known = place ? undefined : parseCallText(text(request, row.text) ?? "");
  return desiredSubjects({
    typeName: text(request, "TypeName") ?? "",
    properties: known
      ? { is: "known", properties: known }
      : { is: "unknown", reason: place?.reason ?? { code: "call-text-not-json" } },
    name: address,
    place: address,
    at: at.slice(0, 2),
    stateAt: [...at, "desired_state"],
    attribute: "desired_state",
    ownKeys: createdIn(createdKeys),
  });
}

const createdIn = (createdKeys: ReadonlyMap<string, string>): Map<string, FileKey> =>
  new Map([...createdKeys].map(([name, written]) => [name, { written, by: "created" }]));

/** The subject with the keys that the plan or the state knows and its requests name. */
const withKeys = (subject: CheckSubject, keys: ReadonlyMap<string, FileKey>): CheckSubject => ({
  ...subject,
  requests: subject.requests.map((one) => {
    const named = textsIn(one.request).flatMap((name) => {
      const key = keys.get(name);
      return key ? [[name, key] as const] : [];
    });
    return { ...one, ownKeys: new Map([...one.ownKeys, ...named]) };
  }),
});

function textsIn(node: Json): string[] {
  if (typeof node === "string") return [node];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(textsIn) : [];
}
