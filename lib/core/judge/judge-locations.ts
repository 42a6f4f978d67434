import { locations } from "../../catalogue/locations.ts";
import { protectedByBucket } from "../../catalogue/protects.ts";
import type { Locations } from "../../catalogue/vocabulary.ts";
import { collect, expressionOf, type Found } from "../model/member.ts";
import type { JsonObject } from "../model/types.ts";
import { judgeBucket } from "./judge-bucket.ts";
import type { SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

const USES = ["unkeyed", "output", "input"] as const satisfies readonly (keyof Locations &
  keyof typeof protectedByBucket)[];

/** Judges the default encryption of the buckets that a request names, as far as the policy asks for it. */
export function judgePlaces(operation: string, request: JsonObject, rules: Rules): SettingJudgement[] {
  return USES.flatMap((use) => {
    if (!rules.policy.buckets[use]) return [];
    return placesIn(operation, use, request).map(({ path, value }): SettingJudgement => {
      const head = { path, protects: protectedByBucket[use] };
      const expression = expressionOf(value);
      if (expression !== undefined || typeof value !== "string") {
        const because = expression === undefined ? "what stands there is not a string" : `hangs on ${expression}`;
        return { verdict: { ...head, is: "undetermined", because } };
      }
      const { question, ...verdict } = judgeBucket(value, rules);
      return { verdict: { ...head, ...verdict }, ...(question ? { question } : {}) };
    });
  });
}

/** The S3 URIs that a key at `path` is used for: those of the same structure. */
export function placesOfKey(operation: string, path: string, request: JsonObject): string[] {
  const parent = path.slice(0, path.lastIndexOf(".") + 1);
  if (parent === "") return [];
  const outputs = placesIn(operation, "output", request).filter((found) => found.path.startsWith(parent));
  return outputs.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

const placesIn = (operation: string, use: keyof Locations, request: JsonObject): Found[] =>
  (locations[operation]?.[use] ?? []).flatMap((path) => collect(request, path));
