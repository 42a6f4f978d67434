import { kindRows } from "./rows.ts";
import type { Kind } from "./vocabulary.ts";

/**
 * The facts of each kind of resource, in alphabetical order. A test compares Describe and Stop with the SDK. Statuses
 * are the SDK's enums. Mount points and the effects of stopping are from the Developer Guide ("Protect Data at Rest
 * Using Encryption", "Use lifecycle configurations", StopTransformJob, StopTrainingJob).
 */
export const kinds = kindRows;

export type KindName = (typeof kinds)[number]["kind"];

const byName = new Map<string, Kind>(kinds.map((kind) => [kind.kind, kind]));

/** Whether its resources can be described, stopped and listed: the SDK has the commands, and Keyward an adapter. */
export const isLookedUp = ({ source, actsOn }: Pick<Kind, "source" | "actsOn">): boolean =>
  source === undefined && actsOn !== false;

/** The facts of a kind. Throws if the catalogue does not have it, which is a bug. */
export function kindOf(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw new Error(`kind "${name}" is not in the catalogue`);
  return kind;
}
