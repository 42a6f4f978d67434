import type { Reason } from "./reason.ts";
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

const WHY = Symbol("why");
const KNOWN_START = Symbol("known start");
const UNRESOLVED = Object.freeze(Object.create(null));

interface Unresolved {
  readonly [WHY]: Reason;
  readonly [KNOWN_START]: string;
}

/**
 * A value that is only known later: an expression of a pipeline, an intrinsic function of a template. Every member and
 * element of it is unresolved as well. No JSON can make one. `knownStart`: what its text certainly begins with.
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

/** Why a value is not known, where it is not; `undefined` for every other value. */
export const whyUnresolved = (value: Json | undefined): Reason | undefined => asUnresolved(value)?.[WHY];

/** What a value's text certainly begins with: the whole of a string, and as much as is known of an unresolved value. */
export const knownStart = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : asUnresolved(value)?.[KNOWN_START];

/** A member by its API name, in either spelling; own members only, so `__proto__` and the like name nothing. */
export const member = (node: Json | undefined, name: string): Json | undefined =>
  memberSpelled(node, name, lowered(name));

/** Like `member`, where both spellings are at hand. */
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

/** A member in both spellings: its value where both say the same, null saying nothing, and else a value that is not known. */
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

/** A key member's "nothing": CloudTrail leaves it out, a request file may hold null, and SageMaker takes "" for none. */
export const isBlank = (value: Json | undefined): value is null | "" | undefined =>
  value === undefined || value === null || value === "";

/** A value as text; of an object or a list there is none, and asking them could throw (`{"toString": 1}`). */
export const scalar = (value: Json | undefined): string => (typeof value === "object" ? "" : String(value));
