import { collect, isObject, text } from "../../core/model/member.ts";
import type { Json, JsonObject } from "../../core/model/types.ts";
import type { CheckSubject, Doubt, Steps } from "../subject.ts";
import type { Scope } from "./reference.ts";
import { type Resolved, resolve } from "./resolve.ts";
import { type CloudFormationType, cloudFormationType } from "./types.ts";

const SAGEMAKER = "AWS::SageMaker::";
const LOOP = "Fn::ForEach::";

/** Whether a document is a CloudFormation template, SAM's included. */
export function isTemplate(document: Json): document is JsonObject {
  if (!isObject(document) || !isObject(document.Resources)) return false;
  if (Object.hasOwn(document, "AWSTemplateFormatVersion") || Object.hasOwn(document, "Transform")) return true;
  return Object.values(document.Resources).some((one) => /^\w+::\w/.test(text(one, "Type") ?? ""));
}

/**
 * The SageMaker resources of a template, each as the request that would create it, whatever its condition. Loops of
 * `Fn::ForEach` count once, with what they loop over left open.
 */
export function readTemplate(template: JsonObject): CheckSubject[] {
  const resources = objectAt(template, "Resources");
  const scope = { parameters: objectAt(template, "Parameters"), resources };
  return readResources(resources, ["Resources"], scope);
}

function readResources(resources: JsonObject, at: Steps, scope: Scope): CheckSubject[] {
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

function toSubject(name: string, resource: JsonObject, row: CloudFormationType, at: Steps, scope: Scope): CheckSubject {
  const resolved = resolve(resource.Properties ?? {}, scope);
  const { operation, type, inside } = row;
  return {
    ...{ name, type, at, operation },
    inside: [...at, "Properties", ...(inside === undefined ? [] : inside.split("."))],
    ...move(resolved, row.moves ?? []),
    keys: resolved.keys,
  };
}

function move(
  { value, doubts }: Resolved,
  moves: NonNullable<CloudFormationType["moves"]>,
): { readonly request: JsonObject; readonly doubts: readonly Doubt[] } {
  if (!isObject(value)) return { request: {}, doubts };
  const roots = moves.map(({ from }) => from.split(".")[0]);
  const kept = Object.entries(value).filter(([name]) => !roots.includes(name));
  const moved = moves.flatMap(({ from, to }) => collect(value, from).map((found) => [to, found.value] as const));
  return { request: Object.fromEntries([...kept, ...moved]), doubts: doubts.map((doubt) => moveDoubt(doubt, moves)) };
}

function moveDoubt(doubt: Doubt, moves: NonNullable<CloudFormationType["moves"]>): Doubt {
  const found = moves.find(({ from }) => doubt.path === from || doubt.path.startsWith(`${from}.`));
  return found ? { ...doubt, path: found.to + doubt.path.slice(found.from.length) } : doubt;
}

const objectAt = (node: JsonObject, name: string): JsonObject => {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  return isObject(value) ? value : {};
};
