import type { Json } from "../model/json.ts";
import { first, type Path, visit } from "../model/path.ts";

/**
 * A path for each depth of lists. The index is the number of lists of which one element is being read. `level`: the
 * node at which the path begins, 0 for the root; `path`: the path from that node.
 */
export type BoundPath = readonly { readonly level: number; readonly path: Path }[];

/** The request, and then one element of each list on the path to a setting. */
export type Nodes = readonly (Json | undefined)[];

/** The first value at a path. The search begins at the innermost element on the path. */
export function firstAt(nodes: Nodes, bound: BoundPath): Json | undefined {
  const from = bound[nodes.length - 1];
  return from && first(nodes[from.level], from.path);
}

/** Calls `seen` with every value at a path. The search begins at the innermost element on the path. */
export function visitAt(nodes: Nodes, bound: BoundPath, seen: (value: Json) => void): void {
  const from = bound[nodes.length - 1];
  if (from) visit(nodes[from.level], from.path, seen);
}
