import type { Json } from "../model/json.ts";
import { isBlank, isObject, memberSpelled, whyUnresolved } from "../model/member.ts";
import type { Path } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import { type BoundPath, type Nodes, visitAt } from "./bound-path.ts";
import type { CompiledSetting } from "./compile-settings.ts";

/**
 * The reason why a setting cannot be read; `undefined` if it can. Either a value on its path has a type that SageMaker
 * does not accept there, or the setting, a condition or an instance type is unresolved. With a key, instance types do
 * not count.
 */
export function unreadableReason(compiled: CompiledSetting, nodes: Nodes, value: Json | undefined): Reason | undefined {
  const odd = value === undefined ? oddShape(compiled, nodes) : undefined;
  if (odd) return odd;
  const { when, instanceTypes, alternatives } = compiled;
  const own = firstUnresolved(nodes, compiled.value);
  if (own) return own;
  for (const { at, list } of when) {
    const unresolved = firstUnresolved(nodes, at) ?? (list && firstUnresolved(nodes, list));
    if (unresolved) return unresolved;
  }
  if (typeof value === "string") return undefined;
  for (const path of [...instanceTypes, ...alternatives]) {
    const unresolved = firstUnresolved(nodes, path) ?? oddAt(compiled, path, nodes);
    if (unresolved) return unresolved;
  }
  return undefined;
}

/** The reason of the first unresolved value at a path; `undefined` if there is none. */
export function firstUnresolved(nodes: Nodes, path: BoundPath): Reason | undefined {
  let why: Reason | undefined;
  visitAt(nodes, path, (found) => {
    why ??= whyUnresolved(found);
  });
  return why;
}

/**
 * The reason if a structure or a list on the setting's path has another type: the key may then be in an unknown place.
 */
export const oddShape = (compiled: CompiledSetting, nodes: Nodes): Reason | undefined =>
  oddAt(compiled, compiled.value, nodes);

function oddAt({ lists }: CompiledSetting, bound: BoundPath, nodes: Nodes): Reason | undefined {
  const from = bound[nodes.length - 1];
  if (!from) return undefined;
  const odd = oddStep(nodes[from.level], from.path);
  if (odd === undefined) return undefined;
  const above = lists[from.level - 1]?.pattern;
  const path = above === undefined ? odd : odd === "" ? above : `${above}.${odd}`;
  return { code: "unexpected-shape", path };
}

/** The path of the first value that is not the structure or list that the path needs; empty for the root. */
function oddStep(root: Json | undefined, { steps }: Path): string | undefined {
  let node = root;
  let at = "";
  for (const [i, { name, lowered, index }] of steps.entries()) {
    if (isBlank(node) || whyUnresolved(node)) return undefined;
    if (!isObject(node)) return at;
    at = at === "" ? name : `${at}.${name}`;
    node = memberSpelled(node, name, lowered);
    if (index === undefined || isBlank(node) || whyUnresolved(node)) continue;
    return isListOf(node, i < steps.length - 1) ? undefined : at;
  }
  return undefined;
}

const isListOf = (node: Json | undefined, structures: boolean): boolean =>
  Array.isArray(node) && (!structures || node.every((element) => isBlank(element) || isObject(element)));
