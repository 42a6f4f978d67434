import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { FileForm } from "../model/form.ts";
import type { ParameterValues } from "../model/parameters.ts";
import type { CheckSubject, SubjectRequest, UnresolvedPlace } from "../model/subject.ts";
import { contentOf } from "./functions/content.ts";
import { objectAt, scopeOf, type TemplateScope } from "./open/scope.ts";
import { type Run, runsOf, shareOf } from "./runs.ts";
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
  const found = [...resourcesIn(objectAt(template, "Resources"), ["Resources"])];
  const share = shareOf(found.length * scopes.length);
  return found.flatMap((one) => toSubjects(one, scopes, share));
}

interface Found {
  readonly name: string;
  readonly resource: JsonObject;
  readonly row: CloudFormationType;
  readonly at: DocumentPath;
}

function* resourcesIn(resources: JsonObject, at: DocumentPath): Generator<Found> {
  for (const [name, resource] of Object.entries(resources)) {
    if (name.startsWith(LOOP) && Array.isArray(resource) && isObject(resource[2])) {
      yield* resourcesIn(resource[2], [...at, name, 2]);
      continue;
    }
    const type = text(resource, "Type") ?? "";
    if (!isObject(resource) || !type.startsWith(SAGEMAKER)) continue;
    yield { name, resource, row: cloudFormationType(type), at: [...at, name] };
  }
}

/** None if the resource is never created. `share`: how many combinations it may have. */
function toSubjects(
  { name, resource, row, at }: Found,
  scopes: readonly TemplateScope[],
  share: number,
): CheckSubject[] {
  const { type, operation } = row;
  const runs = scopes.flatMap((scope) => runsOf(resource, operation, at, scope, share));
  const requests = runs.map((run) => requestOf(run, row));
  if (requests.length === 0) return [];
  return [{ name, type, at, place: at.join("."), operation, requests }];
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
