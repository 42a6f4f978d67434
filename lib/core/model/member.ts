import type { Json, JsonObject } from "./types.ts";

/** CloudTrail spells a member as the API does, with its first letter lowered. The names are the catalogue's, so few. */
const loweredNames = new Map<string, string>();

export function lowered(name: string): string {
  const known = loweredNames.get(name);
  if (known !== undefined) return known;
  const made = name.charAt(0).toLowerCase() + name.slice(1);
  loweredNames.set(name, made);
  return made;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const EXPRESSION = Symbol("expression");
const UNRESOLVED = Object.freeze(Object.create(null));

/**
 * A value that is only known later: an expression of a pipeline, an intrinsic function of a template. Every member and
 * element of it is unresolved as well. No JSON can make one.
 */
export const unresolved = (expression: string): JsonObject =>
  Object.assign(Object.create(UNRESOLVED), { [EXPRESSION]: expression });

/** The expression of a value that could not be resolved; `undefined` for every other value. */
export const expressionOf = (value: Json | undefined): string | undefined =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === UNRESOLVED
    ? (value as unknown as { [EXPRESSION]: string })[EXPRESSION]
    : undefined;

/** A member by its API name, in either spelling; own members only, so `__proto__` and the like name nothing. */
export const member = (node: Json | undefined, name: string): Json | undefined =>
  memberSpelled(node, name, lowered(name));

/** Like `member`, where both spellings are at hand. */
export function memberSpelled(node: Json | undefined, name: string, other: string): Json | undefined {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return undefined;
  const object = node as JsonObject;
  if (Object.hasOwn(object, other)) return Object.hasOwn(object, name) ? object[name] : object[other];
  if (Object.hasOwn(object, name)) return object[name];
  return expressionOf(object) === undefined ? undefined : object;
}

/** Like `member`, as a non-empty string. */
export function text(node: Json | undefined, name: string): string | undefined {
  const value = member(node, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A key member's "nothing": CloudTrail leaves it out, a request file may hold null, and SageMaker takes "" for none. */
export const isBlank = (value: Json | undefined): value is null | "" | undefined =>
  value === undefined || value === null || value === "";

/** A value as text; of an object or a list there is none, and asking them could throw (`{"toString": 1}`). */
export const scalar = (value: Json | undefined): string => (typeof value === "object" ? "" : String(value));
