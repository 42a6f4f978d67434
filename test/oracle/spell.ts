import type { Json, JsonObject } from "../../lib/core/model/json.ts";

/** A member's name as the API has it, or with its first letter lowered, as CloudTrail has it. */
export type Spelling = "api" | "cloudtrail";

/** A request in a spelling; a pipeline's definition is text and stays as it is. */
export const spelled = (request: JsonObject, spelling: Spelling): JsonObject =>
  spelling === "api" ? request : (lowered(request) as JsonObject);

function lowered(value: Json): Json {
  if (Array.isArray(value)) return value.map((element: Json) => lowered(element));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toLowerCase() + name.slice(1), lowered(member)]),
  );
}
