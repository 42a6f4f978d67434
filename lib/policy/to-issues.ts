import type * as z from "zod/mini";
import { oneLine } from "../text/one-line.ts";
import { nearestOf } from "./explain-issue.ts";
import type { PolicyIssue } from "./issue.ts";

type SchemaIssue = z.core.$ZodIssue;

/**
 * The issues that a schema found in a document, as messages for people: one for each unknown key, one for each path. The
 * schema must report inputs.
 */
export function toIssues(schema: unknown, found: readonly SchemaIssue[]): readonly PolicyIssue[] {
  const issues = found.flatMap((issue) => flatten(schema, issue, []));
  // A number that is too large for a whole number is too large for its limit as well: the limit is the last.
  return [...new Map(issues.map((issue) => [JSON.stringify(issue.path), issue])).values()];
}

function flatten(schema: unknown, issue: SchemaIssue, above: PolicyIssue["path"]): PolicyIssue[] {
  const path = [...above, ...issue.path.filter((part) => typeof part !== "symbol")];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(schema, path, key));
  if (issue.code === "invalid_union") {
    // Each union of the schema is one value, or a list of such values.
    const [one = [], list = []] = issue.errors;
    const inner = Array.isArray(issue.input) ? list : one;
    if (inner.length > 0) return inner.flatMap((each) => flatten(schema, each, path));
  }
  return [{ path, message: issue.message }];
}

function unknownKey(schema: unknown, path: PolicyIssue["path"], key: string): PolicyIssue {
  const noun = path[0] === "respond" ? "kind" : "key";
  const message = `unknown ${noun} "${oneLine(key, SHOWN_CHARACTERS)}"${nearestOf(key, knownAt(schema, path))}`;
  return { path: [...path, key], message };
}

const SHOWN_CHARACTERS = 60;

/** The keys that the schema knows at a path. */
function knownAt(schema: unknown, path: PolicyIssue["path"]): string[] {
  return Object.keys(shapeOf(path.reduce(memberOf, schema)) ?? {});
}

interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  /** The schema of an optional member or of one with a default. */
  readonly innerType?: unknown;
}

function memberOf(schema: unknown, part: string | number): unknown {
  return typeof part === "number" ? definitionOf(schema).element : shapeOf(schema)?.[part];
}

const shapeOf = (schema: unknown): Definition["shape"] => definitionOf(schema).shape;

function definitionOf(schema: unknown): Definition {
  const { def = {} } = (schema as { _zod?: { def?: Definition } } | undefined)?._zod ?? {};
  return def.innerType ? definitionOf(def.innerType) : def;
}
