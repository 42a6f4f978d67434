import type * as z from "zod/mini";
import { didYouMean } from "../text/did-you-mean.ts";
import { oneLine } from "../text/one-line.ts";

/** The message for an issue of the schema, in Keyward's words. A message that the schema gives itself has priority. */
export function explainIssue(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  if (issue.code === "invalid_value") return notOneOf(input, issue.values.map(String));
  if (input === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return mustBe(issue.expected, input);
    case "too_small":
      return tooSmall(issue.origin, issue.minimum, input);
    case "too_big":
      return tooBig(issue.origin, issue.maximum, input);
    case "invalid_format":
    case "custom":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
    case "unrecognized_keys":
      return `cannot be used here; it is ${shown(input)}`;
    default:
      return issue satisfies never;
  }
}

/**
 * The message for a value that is not one of the known ones, with the nearest of them, or else with all. `noun` says what
 * they are: kind, action.
 */
export function notOneOf(input: unknown, known: readonly string[], noun = "value"): string {
  const all = known.join(", ");
  if (input === undefined) return known.length === 1 ? `is missing; write ${all}` : `is missing; known here: ${all}`;
  if (known.length === 1) return `must be ${all}; it is ${shown(input)}`;
  if (typeof input !== "string") return `must be one of ${all}; it is ${shown(input)}`;
  return `unknown ${noun} ${shown(input)}${nearestOf(input, known)}`;
}

/** The known name that is most similar, or else all known names. */
export const nearestOf = (name: string, known: readonly string[]): string =>
  didYouMean(name, known) || `; known here: ${known.join(", ")}`;

const TYPES: Readonly<Record<string, string>> = {
  object: "a mapping (lines of `name: value`)",
  array: "a list, such as [a, b]",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function mustBe(expected: string, input: unknown): string {
  const quotes = expected === "string" && (typeof input === "number" || typeof input === "boolean");
  return `must be ${TYPES[expected] ?? "something else"}; it is ${shown(input)}${quotes ? ", so write it in quotes" : ""}`;
}

function tooSmall(origin: string, minimum: number | bigint, input: unknown): string {
  if (origin === "string") return "must not be empty";
  if (origin === "array") return "must not be an empty list";
  return `must be ${minimum} or more; it is ${shown(input)}`;
}

function tooBig(origin: string, maximum: number | bigint, input: unknown): string {
  if (typeof input === "string") return `must have at most ${maximum} characters; it has ${input.length}`;
  if (origin === "array") return `must have at most ${maximum} elements`;
  return `must be ${maximum} or less; it is ${shown(input)}`;
}

const SHOWN_CHARACTERS = 60;

function shown(value: unknown): string {
  if (value === null) return "empty";
  if (typeof value === "string") return value === "" ? "an empty text" : `"${oneLine(value, SHOWN_CHARACTERS)}"`;
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a mapping";
  return typeof value === "number" && !Number.isFinite(value) ? "not finite" : String(value);
}
