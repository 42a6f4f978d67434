import { type CheckOptions, checkDocument } from "../check/check-file.ts";
import type { CheckedResource } from "../check/model/result.ts";
import { readDocument } from "../check/read/read-document.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
import { safeText } from "../text/safe-text.ts";
import { defanged } from "../text/untrusted.ts";
import { faultOf, type HookFault } from "./judgement.ts";

/** The name stands for a file's, and no message shows it. Without a text no skip counts: a template's author writes its skips. */
const TEMPLATE = { file: "template", inFolder: true, text: "" };
const START = { line: 1, column: 1 };

export type JudgedDocument = { readonly is: "judged"; readonly resources: readonly CheckedResource[] } | HookFault;

/** Judges a template as `keyward check` does. A hook's findings have no position in a file. */
export function judgeDocument(value: Json, options: CheckOptions): JudgedDocument {
  const result = checkDocument(TEMPLATE, { value, positionOf: () => START }, options);
  switch (result.is) {
    case "judged":
      return result;
    case "skipped":
    case "unread":
      return { is: "judged", resources: [] };
    case "fault":
      return faultOf(safeText`the template cannot be judged: ${defanged(result.message, 400)}`);
    default:
      return result satisfies never;
  }
}

export type Template =
  | { readonly is: "template"; readonly value: Json }
  /** No SageMaker resource can be in it, or there is none. */
  | { readonly is: "nothing" }
  | HookFault;

/**
 * Reads the template of a payload. Most templates of an account have nothing of SageMaker, so they are not parsed: a hook may
 * never fail the operation of a template that does not concern it.
 */
export function readTemplate(text: Json | undefined): Template {
  if (typeof text !== "string" || text.trim() === "") return { is: "nothing" };
  if (!MAY_HOLD_SAGEMAKER.test(text)) return { is: "nothing" };
  const read = readDocument(text);
  if ("document" in read) return { is: "template", value: read.document.value };
  const { fault, position } = read;
  const at = position ? safeText`line ${position.line}, column ${position.column}: ` : safeText``;
  return faultOf(safeText`the template cannot be read: ${at}${defanged(fault, 400)}`);
}

/** The second part: an escape in JSON or YAML can spell any letter. */
const MAY_HOLD_SAGEMAKER = /sagemaker|\\[uUx]/i;

/**
 * The template without the defaults of its parameters: each value that depends on one is unresolved. The payload of a stack
 * does not have the parameters' values, so only this shows which violations do not depend on them.
 */
export function withoutDefaults(template: Json): Json {
  if (!isObject(template) || !isObject(template.Parameters)) return template;
  const parameters = Object.entries(template.Parameters).map(([name, parameter]) => [name, withoutDefault(parameter)]);
  return { ...template, Parameters: Object.fromEntries(parameters) };
}

function withoutDefault(parameter: Json): Json {
  if (!isObject(parameter)) return parameter;
  const { Default: _, ...rest } = parameter;
  return rest;
}

export const memberOf = (node: Json | undefined, name: string | number): Json | undefined => {
  if (Array.isArray(node)) return typeof name === "number" ? node[name] : undefined;
  return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
};

/** A template with these resources instead of its own. The other sections stay. */
export const withResources = (template: JsonObject, resources: JsonObject): JsonObject => ({
  // The reader of templates recognises one by this member.
  AWSTemplateFormatVersion: "2010-09-09",
  ...template,
  Resources: resources,
});
