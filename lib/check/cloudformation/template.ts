import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import type { CallReader } from "../calls/call.ts";
import { callReaderOf, callSubjects, type HolderProperties } from "../calls/call-subjects.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { FileForm, UnreadText } from "../model/form.ts";
import type { ParameterValues } from "../model/parameters.ts";
import type { CheckSubject, FileKey, SubjectRequest } from "../model/subject.ts";
import { asRequest } from "./as-request.ts";
import { objectAt, scopeOf, type TemplateScope } from "./combinations/scope.ts";
import { contentOf } from "./functions/content.ts";
import { type Run, runsOf, shareOf } from "./runs.ts";
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
interface ResourceReading {
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
 * value of its variable is unresolved.
 */
function readTemplate(template: JsonObject, stages: readonly ParameterValues[]): ResourceReading[] {
  const scopes = stages.length > 0 ? stages.map((given) => scopeOf(template, given)) : [scopeOf(template, undefined)];
  const holders = [...holdersIn(objectAt(template, "Resources"), ["Resources"])];
  const share = shareOf(holders.length * scopes.length);
  return holders.map((holder) => {
    const reader = callReaderOf(holder.type);
    return reader ? callsOf(holder, reader, scopes, share) : subjectOf(holder, scopes, share);
  });
}

/** A resource of a template that SageMaker has, or that calls it. */
interface Holder {
  readonly name: string;
  readonly type: string;
  readonly resource: JsonObject;
  readonly at: DocumentPath;
}

function* holdersIn(resources: JsonObject, at: DocumentPath): Generator<Holder> {
  for (const [name, resource] of Object.entries(resources)) {
    if (name.startsWith(LOOP) && Array.isArray(resource) && isObject(resource[2])) {
      yield* holdersIn(resource[2], [...at, name, 2]);
      continue;
    }
    const type = text(resource, "Type") ?? "";
    const isHolder = type.startsWith(SAGEMAKER) || callReaderOf(type) !== undefined;
    if (isObject(resource) && isHolder) yield { name, type, resource, at: [...at, name] };
  }
}

/** The calls of a state machine or a schedule. */
function callsOf(
  { name, type, resource, at }: Holder,
  reader: CallReader,
  scopes: readonly TemplateScope[],
  share: number,
): ResourceReading {
  const runs = scopes
    .flatMap((scope) => runsOf(resource, undefined, at, scope, share))
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
  return { subjects, unread: isUnread ? [{ place, at }] : [] };
}

const createdKeys = (keys: ReadonlyMap<string, string>): ReadonlyMap<string, FileKey> =>
  new Map([...keys].map(([key, written]) => [key, { written, by: "created" }]));

/** No subject if the resource is never created. `share`: how many combinations it may have. */
function subjectOf(
  { name, type, resource, at }: Holder,
  scopes: readonly TemplateScope[],
  share: number,
): ResourceReading {
  const row = cloudFormationType(type);
  const { operation } = row;
  const runs = scopes.flatMap((scope) => runsOf(resource, operation, at, scope, share));
  const requests = runs.map((run) => requestOf(run, row));
  return { subjects: requests.length === 0 ? [] : [{ name, type, at, place: at.join("."), operation, requests }] };
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
