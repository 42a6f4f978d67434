import { first, type Path, visit } from "../model/path.ts";
import type { Json } from "../model/types.ts";

/** By how many lists are bound to an element: where the path begins, 0 for the root, and how it goes on from there. */
export type BoundPath = readonly { readonly level: number; readonly path: Path }[];

/** The request, and the list elements on the way to a setting. */
export type Nodes = readonly (Json | undefined)[];

/** The first value at a path, from the innermost element that it goes through. */
export function firstAt(nodes: Nodes, bound: BoundPath): Json | undefined {
  const from = bound[nodes.length - 1];
  return from && first(nodes[from.level], from.path);
}

/** Calls `seen` with every value at a path, from the innermost element that it goes through. */
export function visitAt(nodes: Nodes, bound: BoundPath, seen: (value: Json) => void): void {
  const from = bound[nodes.length - 1];
  if (from) visit(nodes[from.level], from.path, seen);
}
