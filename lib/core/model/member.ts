import type { Json, JsonObject } from "./json.ts";
import type { Reason } from "./reason.ts";

/** The catalogue's member names in CloudTrail's spelling. There are few, so each is converted once. */
const loweredNames = new Map<string, string>();

/** CloudTrail's spelling of an API member: the first letter is in lower case (`kmsKeyId`). */
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

const WHY = Symbol("why");
const KNOWN_START = Symbol("known start");
const UNRESOLVED = Object.freeze(Object.create(null));

interface Unresolved {
  readonly [WHY]: Reason;
  readonly [KNOWN_START]: string;
}

/**
 * Makes a value that is not known yet, such as an expression of a pipeline. Each of its members and elements is
 * unresolved too. JSON cannot contain such a value. `knownStart`: the first part of its text, if that part is known.
 */
export const unresolved = (expression: string, knownStart = ""): JsonObject =>
  unknownBecause({ code: "depends-on", expression }, knownStart);

const unknownBecause = (why: Reason, knownStart: string): JsonObject =>
  Object.assign(Object.create(UNRESOLVED), { [WHY]: why, [KNOWN_START]: knownStart });

function asUnresolved(value: Json | undefined): Unresolved | undefined {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === UNRESOLVED
    ? (value as unknown as Unresolved)
    : undefined;
}

/** The reason why a value is unresolved; `undefined` for every other value. */
export const whyUnresolved = (value: Json | undefined): Reason | undefined => asUnresolved(value)?.[WHY];

/** The known first part of a value's text: a string itself, or the `knownStart` of an unresolved value. */
export const knownStart = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : asUnresolved(value)?.[KNOWN_START];

/** The member with this API name, in either spelling. Reads own members only, so `__proto__` is never found. */
export const member = (node: Json | undefined, name: string): Json | undefined =>
  memberSpelled(node, name, lowered(name));

/** Like `member`, for a caller that has both spellings: `name` is the API's, `other` is CloudTrail's. */
export function memberSpelled(node: Json | undefined, name: string, other: string): Json | undefined {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return undefined;
  const object = node as JsonObject;
  if (Object.hasOwn(object, other)) {
    const value = object[other];
    return Object.hasOwn(object, name) && object[name] !== value ? agreed(object[name], value, name) : value;
  }
  if (Object.hasOwn(object, name)) return object[name];
  return whyUnresolved(object) === undefined ? undefined : object;
}

/**
 * The value of a member that is present in both spellings. It is unresolved if the two values differ; null does not
 * count.
 */
function agreed(given: Json | undefined, lower: Json | undefined, name: string): Json | undefined {
  if (given === null || given === undefined) return lower;
  if (lower === null || lower === undefined || isSame(given, lower, 0)) return given;
  return unknownBecause({ code: "both-spellings", member: name }, "");
}

const MAX_DEPTH = 32;

function isSame(one: Json, other: Json, depth: number): boolean {
  if (one === other) return true;
  if (!isNode(one) || !isNode(other) || depth === MAX_DEPTH || Array.isArray(one) !== Array.isArray(other))
    return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSame(one[name] ?? null, other[name] ?? null, depth + 1));
}

const isNode = (value: Json): value is JsonObject => typeof value === "object" && value !== null;

/** Like `member`, as a non-empty string. */
export function text(node: Json | undefined, name: string): string | undefined {
  const value = member(node, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * True if a member has no value: CloudTrail omits it, a request file may have null, and SageMaker reads "" as no key.
 */
export const isBlank = (value: Json | undefined): value is null | "" | undefined =>
  value === undefined || value === null || value === "";

/** A value as text; empty for an object or a list, whose conversion could throw (`{"toString": 1}`). */
export const scalar = (value: Json | undefined): string => (typeof value === "object" ? "" : String(value));
