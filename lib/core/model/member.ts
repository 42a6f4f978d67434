import type { Json, JsonObject } from "./types.ts";

/** CloudTrail spells a member as the API does, with its first letter lowered. */
const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const UNRESOLVED = Symbol("unresolved");

/**
 * Stands for a value that is only known later: an expression of a pipeline, an intrinsic of a template. Whatever is asked
 * of it, or of what would be under it, is this again. No JSON can make one.
 */
export const unresolved = (expression: string): JsonObject => ({ [UNRESOLVED]: expression }) as unknown as JsonObject;

/** The expression that a value stands for, if it is one that could not be resolved. */
export const expressionOf = (value: Json | undefined): string | undefined =>
  isObject(value) ? (value as unknown as { [UNRESOLVED]?: string })[UNRESOLVED] : undefined;

/** A member by its API name, in either spelling; own members only, so `__proto__` and the like name nothing. */
export function member(node: Json | undefined, name: string): Json | undefined {
  if (!isObject(node)) return undefined;
  if (expressionOf(node) !== undefined) return node;
  if (Object.hasOwn(node, name)) return node[name];
  const other = lowered(name);
  return Object.hasOwn(node, other) ? node[other] : undefined;
}

/** The same, as a non-empty string. */
export function text(node: Json | undefined, name: string): string | undefined {
  const value = member(node, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A key member's "nothing": CloudTrail leaves it out, a request file may hold null, and SageMaker takes "" for none. */
export const isBlank = (value: Json | undefined): value is null | "" | undefined =>
  value === undefined || value === null || value === "";

/** A value as text; of an object or a list there is none, and asking them could throw (`{"toString": 1}`). */
export const scalar = (value: Json | undefined): string => (typeof value === "object" ? "" : String(value));

export interface Found {
  /** The path with the indexes that were met. */
  readonly path: string;
  readonly value: Json;
}

interface Step {
  readonly name: string;
  /** Each element of a list (`each`), one of them (a number), or no list. */
  readonly index: number | "each" | undefined;
}

/** The catalogue's paths, parsed once; those with indexes of their own are as many as requests make them, and are not kept. */
const parsed = new Map<string, Step[]>();

function stepsOf(path: string): Step[] {
  const known = parsed.get(path);
  if (known) return known;
  const steps = path.split(".").map(stepOf);
  if (!/\[\d/.test(path)) parsed.set(path, steps);
  return steps;
}

function stepOf(part: string): Step {
  const [, name = part, index] = /^([^[]*)(?:\[(\d*)\])?$/.exec(part) ?? [];
  return { name, index: index === undefined ? undefined : index === "" ? "each" : Number(index) };
}

/** All values at a path (`A.B[].C`, `A.B[1].C`) that are there; absent, null and empty ones are left out. */
export function collect(root: Json, path: string): Found[] {
  let found: Found[] = [{ path: "", value: root }];
  for (const { name, index } of stepsOf(path)) {
    found = found.flatMap(({ path: at, value }) => {
      const here = at === "" ? name : `${at}.${name}`;
      const next = member(value, name);
      if (index === undefined) return isBlank(next) ? [] : [{ path: here, value: next }];
      if (next !== undefined && expressionOf(next) !== undefined) return [{ path: `${here}[]`, value: next }];
      if (!Array.isArray(next)) return [];
      const elements = next.map((element: Json, i) => ({ path: `${here}[${i}]`, value: element }));
      return elements.filter((element, i) => (index === "each" || index === i) && !isBlank(element.value));
    });
  }
  return found;
}
