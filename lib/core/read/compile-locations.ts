import { locations } from "../../catalogue/operations.ts";
import type { Locations } from "../../catalogue/vocabulary.ts";
import { type CompiledCondition, compileCondition } from "./compile-settings.ts";

/** An S3 location in the requests of an operation. */
export interface CompiledLocation {
  readonly path: string;
  readonly use: (typeof USES)[number];
  /** SageMaker writes to the location only if these are true. */
  readonly when: readonly CompiledCondition[] | undefined;
}

const USES = ["unkeyed", "output", "input"] as const;

const compiled = new Map<string, readonly CompiledLocation[] | undefined>();

/** The S3 locations in an operation's requests, compiled at the first use; `undefined` if there are none. */
export function compileLocations(operation: string): readonly CompiledLocation[] | undefined {
  if (compiled.has(operation)) return compiled.get(operation);
  const rows = locations[operation];
  const made =
    rows && USES.flatMap((use) => (rows[use] ?? []).map((path) => ({ path, use, when: whenOf(rows, path) })));
  compiled.set(operation, made);
  return made;
}

function whenOf({ when = {} }: Locations, path: string): readonly CompiledCondition[] | undefined {
  const condition = when[path];
  return condition && [compileCondition(condition, [])];
}
