import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { FileForm } from "../model/form.ts";
import type { ParameterValues } from "../model/parameters.ts";
import type { CheckSubject, SubjectRequest, UnresolvedPlace } from "../model/subject.ts";
import { contentOf } from "./functions/content.ts";
import { objectAt, scopeOf, type TemplateScope } from "./open/scope.ts";
import { type Run, runsOf } from "./runs.ts";
import { placeIn } from "./setting-at.ts";
import { type CloudFormationType, cloudFormationType } from "./types.ts";

const SAGEMAKER = "AWS::SageMaker::";
const LOOP = "Fn::ForEach::";

/** A CloudFormation template in YAML or JSON. SAM templates have the same form. */
export const cloudFormationTemplate: FileForm = {
  description: "a CloudFormation template (with Resources)",
  isIntended: ({ text }) => text.includes(SAGEMAKER),
  read: ({ document, parameters }) =>
    isTemplate(document)
      ? {
          is: "subjects",
          subjects: readTemplate(document, parameters),
          parameters: Object.keys(objectAt(document, "Parameters")),
        }
      : { is: "other-form" },
};

function isTemplate(document: Json): document is JsonObject {
  if (!isObject(document) || !isObject(document.Resources)) return false;
  if (Object.hasOwn(document, "AWSTemplateFormatVersion") || Object.hasOwn(document, "Transform")) return true;
  return Object.values(document.Resources).some((one) => /^\w+::\w/.test(text(one, "Type") ?? ""));
}

/**
 * Reads the SageMaker resources of a template, each as the request that would create it, in every combination of
 * conditions. With files of parameters, each file is a stage of its own. The body of `Fn::ForEach` is read once, and the
 * value of its variable is open.
 */
function readTemplate(template: JsonObject, stages: readonly ParameterValues[]): CheckSubject[] {
  const scopes = stages.length > 0 ? stages.map((given) => scopeOf(template, given)) : [scopeOf(template, undefined)];
  return readResources(objectAt(template, "Resources"), ["Resources"], scopes);
}

function readResources(resources: JsonObject, at: DocumentPath, scopes: readonly TemplateScope[]): CheckSubject[] {
  return Object.entries(resources).flatMap(([name, resource]) => {
    if (name.startsWith(LOOP) && Array.isArray(resource) && isObject(resource[2])) {
      return readResources(resource[2], [...at, name, 2], scopes);
    }
    const type = text(resource, "Type") ?? "";
    return isObject(resource) && type.startsWith(SAGEMAKER)
      ? toSubjects(name, resource, cloudFormationType(type), [...at, name], scopes)
      : [];
  });
}

/** None if the resource is never created. */
function toSubjects(
  name: string,
  resource: JsonObject,
  row: CloudFormationType,
  at: DocumentPath,
  scopes: readonly TemplateScope[],
): CheckSubject[] {
  const requests = scopes
    .flatMap((scope) => runsOf(resource, row.operation, at, scope))
    .map((run) => requestOf(run, row));
  if (requests.length === 0) return [];
  return [{ name, type: row.type, at, place: at.join("."), operation: row.operation, requests }];
}

function requestOf({ under, properties }: Run, row: CloudFormationType): SubjectRequest {
  const { value = {}, unresolvedPlaces, ownKeys } = contentOf(properties);
  const prefix = row.settingsIn === undefined ? "" : `${row.settingsIn}.`;
  return {
    under,
    ...moveProperties(value, unresolvedPlaces, row.moves ?? []),
    ownKeys: new Map([...ownKeys].map(([key, written]) => [key, { written, by: "created" }])),
    settingAt: (path) => ({ at: placeIn(properties, prefix + path) }),
  };
}

type Moves = NonNullable<CloudFormationType["moves"]>;

/** Moves properties to their paths in the API's request. */
function moveProperties(
  value: Json,
  unresolvedPlaces: readonly UnresolvedPlace[],
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
