import type { NormalizedSchema } from "@smithy/core/schema";
import type { Json } from "../../lib/core/model/json.ts";
import { isObject } from "../../lib/core/model/member.ts";

/**
 * The parts of a request that the SDK's schema does not have, as `path: why`. Null and CloudTrail's spelling are
 * allowed.
 */
export function misfits(schema: NormalizedSchema, value: Json, at = ""): string[] {
  if (value === null) return [];
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return value.flatMap((element: Json, i) => misfits(schema.getValueSchema(), element, `${at}[${i}]`));
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) return [`${at}: not a map`];
    return Object.entries(value).flatMap(([key, one]) => misfits(schema.getValueSchema(), one, `${at}{${key}}`));
  }
  if (schema.isStructSchema()) return isObject(value) ? misfitsOfStruct(schema, value, at) : [`${at}: not a structure`];
  if (schema.isStringSchema()) return typeof value === "string" ? [] : [`${at}: not a string`];
  if (schema.isBooleanSchema()) return typeof value === "boolean" ? [] : [`${at}: not a boolean`];
  if (schema.isNumericSchema()) return typeof value === "number" ? [] : [`${at}: not a number`];
  return [];
}

function misfitsOfStruct(schema: NormalizedSchema, value: { readonly [member: string]: Json }, at: string): string[] {
  const members = new Map([...schema.structIterator()]);
  return Object.entries(value).flatMap(([name, one]) => {
    const member = members.get(name) ?? members.get(name.charAt(0).toUpperCase() + name.slice(1));
    return member ? misfits(member, one, `${at}.${name}`) : [`${at}.${name}: no such member`];
  });
}
