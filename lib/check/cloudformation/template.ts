import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import type { CallReader } from "../calls/call.ts";
import { callReaderOf, callSubjects, type HolderProperties } from "../calls/call-subjects.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { FileForm, UnreadText } from "../model/form.ts";
import type { ParameterValues } from "../model/parameters.ts";
import type { CheckSubject, FileKey, SubjectRequest } from "../model/subject.ts";
import { asRequest } from "./as-request.ts";
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
  read: ({ document, parameters }) => {
    if (!isTemplate(document)) return { is: "other-form" };
    const found = readTemplate(document, parameters);
    return {
      is: "subjects",
      subjects: found.flatMap(({ subjects }) => subjects),
      unread: found.flatMap(({ unread = [] }) => unread),
      parameters: Object.keys(objectAt(document, "Parameters")),
    };
  },
};

/** The subjects of one resource, and its text that cannot be read. */
interface Found {
  readonly subjects: readonly CheckSubject[];
  readonly unread?: readonly UnreadText[];
}

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
function readTemplate(template: JsonObject, stages: readonly ParameterValues[]): Found[] {
  const scopes = stages.length > 0 ? stages.map((given) => scopeOf(template, given)) : [scopeOf(template, undefined)];
  return readResources(objectAt(template, "Resources"), ["Resources"], scopes);
}

function readResources(resources: JsonObject, at: DocumentPath, scopes: readonly TemplateScope[]): Found[] {
  return Object.entries(resources).flatMap(([name, resource]) => {
    if (name.startsWith(LOOP) && Array.isArray(resource) && isObject(resource[2])) {
      return readResources(resource[2], [...at, name, 2], scopes);
    }
    const type = text(resource, "Type") ?? "";
    if (!isObject(resource)) return [];
    const reader = callReaderOf(type);
    if (reader) return callsOf(name, type, reader, resource, [...at, name], scopes);
    return type.startsWith(SAGEMAKER)
      ? [{ subjects: toSubjects(name, resource, cloudFormationType(type), [...at, name], scopes) }]
      : [];
  });
}

/** The calls of a state machine or a schedule. */
function callsOf(
  name: string,
  type: string,
  reader: CallReader,
  resource: JsonObject,
  at: DocumentPath,
  scopes: readonly TemplateScope[],
): Found[] {
  const runs = scopes
    .flatMap((scope) => runsOf(resource, at, scope))
    .map(({ under, properties }): HolderProperties => {
      const { value, unresolvedPlaces, ownKeys } = contentOf(properties);
      return {
        under,
        properties: isObject(value) ? value : {},
        unresolvedPlaces,
        ownKeys: createdKeys(ownKeys),
        propertyAt: (path) => placeIn(properties, path),
      };
    });
  const place = at.join(".");
  const { subjects, isUnread } = callSubjects({ name, type, at, place }, reader, runs);
  return [{ subjects, unread: isUnread ? [{ place, at }] : [] }];
}

const createdKeys = (keys: ReadonlyMap<string, string>): ReadonlyMap<string, FileKey> =>
  new Map([...keys].map(([key, written]) => [key, { written, by: "created" }]));

/** None if the resource is never created. */
function toSubjects(
  name: string,
  resource: JsonObject,
  row: CloudFormationType,
  at: DocumentPath,
  scopes: readonly TemplateScope[],
): CheckSubject[] {
  const requests = scopes.flatMap((scope) => runsOf(resource, at, scope)).map((run) => requestOf(run, row));
  if (requests.length === 0) return [];
  return [{ name, type: row.type, at, place: at.join("."), operation: row.operation, requests }];
}

function requestOf({ under, properties }: Run, row: CloudFormationType): SubjectRequest {
  const { value, unresolvedPlaces, ownKeys } = contentOf(properties);
  const prefix = row.settingsIn === undefined ? "" : `${row.settingsIn}.`;
  return {
    under,
    ...asRequest(isObject(value) ? value : {}, unresolvedPlaces, row),
    ownKeys: createdKeys(ownKeys),
    settingAt: (path) => ({ at: placeIn(properties, prefix + path) }),
  };
}
