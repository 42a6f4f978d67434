import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import type { Random } from "../long/random.ts";

/** Changes of a value that keep its meaning, and the change of one member. */

const isStruct = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function mapStructs(value: Json, change: (members: [string, Json][]) => [string, Json][]): Json {
  if (Array.isArray(value)) return value.map((element: Json) => mapStructs(element, change));
  if (!isStruct(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => [name, mapStructs(member, change)]);
  return Object.fromEntries(change(members));
}

/** The members of each structure in another order; the elements of lists stay where they are. */
export const shuffled = (value: JsonObject, random: Random): JsonObject =>
  mapStructs(value, (members) =>
    members
      .map((member) => ({ member, at: random.below(1_000_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ member }) => member),
  ) as JsonObject;

export const withoutNulls = (value: JsonObject): JsonObject =>
  mapStructs(value, (members) => members.filter(([, member]) => member !== null)) as JsonObject;

/** Each of the names as a null, in every structure that lacks it. */
export const withNulls = (value: JsonObject, names: readonly string[]): JsonObject =>
  mapStructs(value, (members) => {
    const absent = names.filter((name) => !members.some(([own]) => own === name));
    return [...members, ...absent.map((name): [string, Json] => [name, null])];
  }) as JsonObject;

/** A request with a member set at a path with concrete indexes, or left out with `undefined`; its parents must be there. */
export function changed(request: JsonObject, path: string, value: Json | undefined): JsonObject | undefined {
  const copy = structuredClone(request) as { [member: string]: Json };
  const steps = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  const last = steps.pop() ?? "";
  let node: Json | undefined = copy;
  for (const step of steps) node = (node as { readonly [member: string]: Json } | null | undefined)?.[step];
  if (!isStruct(node)) return undefined;
  const struct = node as { [member: string]: Json };
  if (value === undefined) delete struct[last];
  else struct[last] = value;
  return copy;
}
