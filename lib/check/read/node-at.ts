import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { DocumentPath } from "../model/document-path.ts";

/** The node at a path, or its nearest parent that the document has. */
export interface FoundNode {
  readonly node: unknown;
  /** Where it, or its key in a map, begins in the text. */
  readonly offset: number;
  /** The end of the path, which the document does not have. */
  readonly rest: DocumentPath;
}

export function nodeAt(document: Document, path: DocumentPath): FoundNode {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const [i, segment] of path.entries()) {
    const child = childOf(isAlias(node) ? node.resolve(document) : node, segment);
    if (!child) return { node, offset, rest: path.slice(i) };
    offset = child.offset ?? offset;
    node = child.node;
  }
  return { node, offset, rest: [] };
}

interface Child {
  readonly node: unknown;
  readonly offset: number | undefined;
}

function childOf(node: unknown, segment: string | number): Child | undefined {
  if (isMap(node)) {
    const pair = pairsOf(node).get(segment);
    return pair && { node: pair.value, offset: offsetOf(pair.key) };
  }
  if (!isSeq(node)) return undefined;
  const item = typeof segment === "number" ? node.items[segment] : node.items.find((one) => isNamed(one, segment));
  return item === undefined ? undefined : { node: item, offset: offsetOf(item) };
}

const pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

/** The members of a map by their names; made once, however many findings a large map has. The first of the same name counts. */
function pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const known = pairs.get(map) ?? new Map(map.items.toReversed().map((pair) => [keyText(pair.key), pair]));
  pairs.set(map, known);
  return known;
}

/** In a path, a pipeline's step has its name instead of an index. */
const isNamed = (node: unknown, name: string): boolean => isMap(node) && node.get("Name") === name;

const keyText = (key: unknown): unknown => (isScalar(key) ? String(key.value) : key);

/** Where a node begins in the text; undefined for one that the parser added. */
export const offsetOf = (node: unknown): number | undefined =>
  (node as { range?: [number] } | null | undefined)?.range?.[0];
