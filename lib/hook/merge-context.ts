import type { Json } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
import { memberOf } from "./document.ts";

/**
 * What a change set has for a value that only the deployment makes, such as the ARN of a key of the same stack. Source: the
 * answers of DescribeChangeSet with `IncludePropertyValues`, which have the same contexts; the AWS CDK's diff reads them so.
 */
const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** A reference to nothing: the reader of templates leaves it unresolved. */
const UNRESOLVED = { Ref: "changeSet:KNOWN_AFTER_APPLY" };

/**
 * The properties of a change set, with the template's expression wherever the value is known after the change: a reference
 * to a key of the template tells more than no value. `template`: the same place in the template, if it has it.
 */
export function mergeContext(after: Json, template: Json | undefined): Json {
  if (typeof after === "string") return after.includes(KNOWN_AFTER_APPLY) ? (template ?? UNRESOLVED) : after;
  if (Array.isArray(after)) {
    // `AWS::NoValue` may have removed an element, so that the places differ.
    const isAlike = Array.isArray(template) && template.length === after.length;
    return after.map((element: Json, i) => mergeContext(element, isAlike ? memberOf(template, i) : undefined));
  }
  if (!isObject(after)) return after;
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, mergeContext(value, memberOf(template, name))]),
  );
}
