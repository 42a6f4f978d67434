import { operation as rowOf } from "../../catalogue/find-operation.ts";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";

/** The members that lead to a path. */
interface Members {
  /** A path ends here, so everything below counts. */
  isEnd: boolean;
  readonly next: Map<string, Members>;
}

/**
 * The properties without those that cannot change a verdict. Each condition and parameter in a resource multiplies its
 * combinations, and most of them decide about names, subnets and images. Everything is kept if the catalogue has no row.
 */
export function relevantProperties(properties: Json, operation: string): Json {
  const members = membersOf(operation);
  return members ? keep(properties, members) : properties;
}

const known = new Map<string, Members>();

/** Every text of the row counts as a path: more than its paths does no harm. An exemption can match a tag. */
function membersOf(operation: string): Members | undefined {
  const row = rowOf(operation);
  if (row === undefined) return undefined;
  const members = known.get(operation) ?? treeOf(["Tags", ...textsIn(row)]);
  known.set(operation, members);
  return members;
}

function textsIn(node: unknown): string[] {
  if (typeof node === "string") return [node];
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (!isObject(node)) return [];
  // The members of `Locations.when` are paths. `element` is a path within the setting's list.
  const { path, element } = node;
  const list = typeof path === "string" && element !== undefined ? path.slice(0, path.lastIndexOf("[]")) : "";
  const inList = list === "" ? [] : textsIn(element).map((text) => `${list}.${text}`);
  return [...Object.keys(node), ...Object.values(node).flatMap(textsIn), ...inList];
}

function treeOf(paths: readonly string[]): Members {
  const root: Members = { isEnd: false, next: new Map() };
  for (const path of paths) {
    let members = root;
    for (const name of path.replaceAll("[]", "").toLowerCase().split(".")) {
      const next = members.next.get(name) ?? { isEnd: false, next: new Map() };
      members.next.set(name, next);
      members = next;
    }
    members.isEnd = true;
  }
  return root;
}

function keep(node: Json, members: Members): Json {
  if (members.isEnd) return node;
  if (Array.isArray(node)) return node.map((element: Json) => keep(element, members));
  return isObject(node) ? keepMembers(node, members) : node;
}

function keepMembers(node: JsonObject, members: Members): JsonObject {
  const kept = Object.entries(node).flatMap(([name, value]): [string, Json][] => {
    if (name === "Fn::If") return [[name, Array.isArray(value) ? keepBranches(value, members) : value]];
    if (name === "Ref" || name.startsWith("Fn::")) return [[name, value]];
    const inner = members.next.get(name.toLowerCase());
    return inner ? [[name, keep(value, inner)]] : [];
  });
  return Object.fromEntries(kept);
}

const keepBranches = ([condition = null, ...branches]: readonly Json[], members: Members): Json[] => [
  condition,
  ...branches.map((branch) => keep(branch, members)),
];
