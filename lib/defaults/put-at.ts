import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";

/**
 * A copy of the object with a value at the path (`A.B[].C`), where it has none yet. `[]` is the first element of a list.
 * A value in the way that is not an object is kept.
 */
export function putAt(root: JsonObject, path: string, value: Json): JsonObject {
  const [name = "", ...rest] = path.split(".");
  const isList = name.endsWith("[]");
  const member = isList ? name.slice(0, -2) : name;
  const before = Object.hasOwn(root, member) ? root[member] : undefined;
  if (rest.length === 0) return before === undefined || before === null ? { ...root, [member]: value } : root;
  const inner = isList && Array.isArray(before) ? before[0] : before;
  if (inner !== undefined && inner !== null && !isObject(inner)) return root;
  const made = putAt(inner ?? {}, rest.join("."), value);
  return { ...root, [member]: isList ? [made, ...(Array.isArray(before) ? before.slice(1) : [])] : made };
}

/** The value at the path, with `[]` as in `putAt`; undefined if there is none. */
export function valueAt(root: Json | undefined, path: string): Json | undefined {
  let node = root;
  for (const segment of path.split(".")) {
    if (!isObject(node)) return undefined;
    const name = segment.replace(/\[\]$/, "");
    node = Object.hasOwn(node, name) ? node[name] : undefined;
    if (segment.endsWith("[]")) node = Array.isArray(node) ? node[0] : undefined;
  }
  return node;
}
