import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import { isObject } from "../../lib/core/model/member.ts";
import { valueAt } from "../../lib/defaults/put-at.ts";
import { type SdkVersion, sdkMembers } from "../../lib/defaults/sdk-members.ts";

/** A request without the members that have this value, at any depth. */
export function without(node: Json, value: Json): Json {
  if (Array.isArray(node)) return node.map((one: Json) => without(one, value));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, one]) => (one === value ? [] : [[name, without(one, value)] as const])),
  );
}

/** The request that the SDK sends: each member that its author left out, from the SDK's file. */
export function applyDefaults(
  request: JsonObject,
  operation: string,
  file: JsonObject,
  version: SdkVersion,
): JsonObject {
  const applied = structuredClone(request) as JsonObject;
  for (const member of sdkMembers) {
    if (member.operation !== operation || member[version] === undefined || member.only !== undefined) continue;
    const value = valueAt(file.SageMaker, member.config);
    if (value !== undefined) fill(applied, member.path.split("."), value);
  }
  return applied;
}

/** Sets the value where the parents are there. */
function fill(node: Json | undefined, [name = "", ...rest]: readonly string[], value: Json): void {
  if (!isObject(node)) return;
  const member = name.replace(/\[\]$/, "");
  if (rest.length === 0) {
    if (!Object.hasOwn(node, member)) Object.assign(node, { [member]: value });
    return;
  }
  const child = node[member];
  if (Array.isArray(child)) for (const one of child) fill(one, rest, value);
  else fill(child, rest, value);
}
