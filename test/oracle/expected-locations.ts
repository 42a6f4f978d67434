import { HUB_CONTENT } from "../../lib/catalogue/operations.ts";
import { protectedByBucket } from "../../lib/catalogue/protects.ts";
import type { Locations } from "../../lib/catalogue/vocabulary.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import type { Expected } from "./expected.ts";
import { placeVerdict, policies } from "./facts.ts";
import { holds } from "./holds.ts";
import { select } from "./select.ts";

/** What is expected of each S3 location of a request. */
export function ofLocations(locations: Locations | undefined, request: JsonObject, policy: number): Expected[] {
  return (["unkeyed", "output", "input"] as const).flatMap((use) => {
    if (!policies[policy]?.buckets[use]) return [];
    return (locations?.[use] ?? []).flatMap((path) =>
      select(request, path).map((found) => ({
        path: found.path,
        protects: protectedByBucket[use],
        is:
          isOff(locations, path, request) || (use === "input" && isOfAwsHub(found.path, request))
            ? "not-applicable"
            : placeVerdict(String(found.value), policy),
      })),
    );
  });
}

/** Whether the location belongs to content of AWS's own hub: its structure says which content it is. */
function isOfAwsHub(path: string, request: JsonObject): boolean {
  const structure = path
    .split(".")
    .slice(0, -1)
    .join(".")
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".");
  const node = structure.reduce<Json | undefined>(
    (at, name) => (at as Record<string, Json> | null | undefined)?.[name],
    request,
  );
  return select(node, HUB_CONTENT).some(({ value }) => String(value).split(":")[4] === "aws");
}

function isOff(locations: Locations | undefined, path: string, request: JsonObject): boolean {
  const condition = locations?.when?.[path];
  return condition !== undefined && !holds(condition, request, new Map());
}
