import { kindRows } from "./rows.ts";
import type { Kind } from "./vocabulary.ts";

/**
 * What is true of each kind of resource, in alphabetical order. Describe and Stop are checked against the SDK by a test;
 * statuses are the SDK's enums; mount points and what stopping keeps are from the Developer Guide ("Protect Data at Rest
 * Using Encryption", "Use lifecycle configurations", StopTransformJob, StopTrainingJob).
 */
export const kinds = kindRows;

export type KindName = (typeof kinds)[number]["kind"];

const byName = new Map<string, Kind>(kinds.map((kind) => [kind.kind, kind]));

/** The facts of a kind; throws on a kind that the catalogue does not hold, which is a bug. */
export function kindOf(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw new Error(`kind "${name}" is not in the catalogue`);
  return kind;
}
