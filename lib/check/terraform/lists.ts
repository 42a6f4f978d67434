import type { Operation } from "../../catalogue/vocabulary.ts";

const known = new Map<Operation, ReadonlySet<string>>();

/**
 * The paths of an operation's lists that the catalogue reads: `ProductionVariants`. Terraform writes a structure as a list
 * of one block, so a plan alone does not show which of them the API has as a list.
 */
export function listsOf(row: Operation): ReadonlySet<string> {
  const made = known.get(row) ?? new Set(textsIn(row).flatMap(listsIn));
  known.set(row, made);
  return made;
}

/** Every text of a row; only paths hold `[]`. */
function textsIn(node: unknown): string[] {
  if (typeof node === "string") return [node];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [name, ...textsIn(value)]);
}

function listsIn(path: string): string[] {
  const ends = [...path.matchAll(/\[\]/g)].map(({ index }) => path.slice(0, index));
  return ends.filter((list) => /^[A-Z][\w.[\]]*$/.test(list));
}
