import { type DocumentPath, documentPathOf } from "../model/document-path.ts";
import type { Value } from "./functions/value.ts";

/** The place in the document of what stands at a path of an evaluated value, or of its nearest parent. */
export function placeIn(root: Value, path: string | DocumentPath): DocumentPath {
  let value = root;
  const segments = typeof path === "string" ? documentPathOf(path) : path;
  for (const [i, segment] of segments.entries()) {
    const child = childOf(value, segment);
    if (child === undefined) return [...value.at, ...segments.slice(i)];
    value = child;
  }
  return value.at;
}

function childOf(value: Value, segment: string | number): Value | undefined {
  switch (value.is) {
    case "object":
      return value.members.get(String(segment));
    case "list":
      return typeof segment === "number"
        ? value.elements[segment]
        : value.elements.find((one) => isNamed(one, segment));
    case "scalar":
    case "unresolved":
      return value.inside && childOf(value.inside, segment);
    case "absent":
      return undefined;
    default:
      return value satisfies never;
  }
}

/** In a path, a pipeline's step has its name instead of an index. */
function isNamed(value: Value, name: string): boolean {
  const own = value.is === "object" ? value.members.get("Name") : undefined;
  return own?.is === "scalar" && own.value === name;
}
