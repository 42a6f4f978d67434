import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import { type DocumentPath, settingsFrom } from "../model/document-path.ts";
import type { FileForm } from "../model/form.ts";
import type { CheckSubject, UnresolvedPlace } from "../model/subject.ts";
import type { TemplateScope } from "./reference.ts";
import { type ResolvedProperties, resolve } from "./resolve.ts";
import { type CloudFormationType, cloudFormationType } from "./types.ts";

const SAGEMAKER = "AWS::SageMaker::";
const LOOP = "Fn::ForEach::";

/** A CloudFormation template in YAML or JSON. SAM templates have the same form. */
export const cloudFormationTemplate: FileForm = {
  description: "a CloudFormation template (with Resources)",
  isIntended: ({ text }) => text.includes(SAGEMAKER),
  read: ({ document }) =>
    isTemplate(document) ? { is: "subjects", subjects: readTemplate(document) } : { is: "other-form" },
};

function isTemplate(document: Json): document is JsonObject {
  if (!isObject(document) || !isObject(document.Resources)) return false;
  if (Object.hasOwn(document, "AWSTemplateFormatVersion") || Object.hasOwn(document, "Transform")) return true;
  return Object.values(document.Resources).some((one) => /^\w+::\w/.test(text(one, "Type") ?? ""));
}

/**
 * Reads the SageMaker resources of a template, each as the request that would create it. A resource with a condition is
 * always read. The body of `Fn::ForEach` is read once, and the value of its variable is unresolved.
 */
function readTemplate(template: JsonObject): CheckSubject[] {
  const resources = objectAt(template, "Resources");
  const scope = { parameters: objectAt(template, "Parameters"), resources };
  return readResources(resources, ["Resources"], scope);
}

function readResources(resources: JsonObject, at: DocumentPath, scope: TemplateScope): CheckSubject[] {
  return Object.entries(resources).flatMap(([name, resource]) => {
    if (name.startsWith(LOOP) && Array.isArray(resource) && isObject(resource[2])) {
      return readResources(resource[2], [...at, name, 2], scope);
    }
    const type = text(resource, "Type") ?? "";
    return isObject(resource) && type.startsWith(SAGEMAKER)
      ? [toSubject(name, resource, cloudFormationType(type), [...at, name], scope)]
      : [];
  });
}

function toSubject(
  name: string,
  resource: JsonObject,
  row: CloudFormationType,
  at: DocumentPath,
  scope: TemplateScope,
): CheckSubject {
  const resolved = resolve(resource.Properties ?? {}, scope);
  const { request, unresolvedPlaces } = moveProperties(resolved, row.moves ?? []);
  return {
    name,
    type: row.type,
    at,
    place: at.join("."),
    operation: row.operation,
    requests: [
      {
        under: [],
        request,
        unresolvedPlaces,
        ownKeys: new Map([...resolved.ownKeys].map(([key, written]) => [key, { written, by: "created" }])),
        settingAt: settingsFrom([...at, "Properties", ...(row.settingsIn?.split(".") ?? [])]),
      },
    ],
  };
}

type Moves = NonNullable<CloudFormationType["moves"]>;

/** Moves properties to their paths in the API's request. */
function moveProperties(
  { value, unresolvedPlaces }: ResolvedProperties,
  moves: Moves,
): { readonly request: JsonObject; readonly unresolvedPlaces: readonly UnresolvedPlace[] } {
  if (!isObject(value)) return { request: {}, unresolvedPlaces };
  const roots = moves.map(({ from }) => from.split(".")[0]);
  const kept = Object.entries(value).filter(([name]) => !roots.includes(name));
  const moved = moves.flatMap(({ from, to }) => collect(value, from).map((found) => [to, found.value] as const));
  return {
    request: Object.fromEntries([...kept, ...moved]),
    unresolvedPlaces: unresolvedPlaces.map((place) => movePlace(place, moves)),
  };
}

function movePlace(place: UnresolvedPlace, moves: Moves): UnresolvedPlace {
  const move = moves.find(({ from }) => place.path === from || place.path.startsWith(`${from}.`));
  return move ? { ...place, path: move.to + place.path.slice(move.from.length) } : place;
}

const objectAt = (node: JsonObject, name: string): JsonObject => {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  return isObject(value) ? value : {};
};
