import { locations } from "../../catalogue/locations.ts";
import { protectedByBucket } from "../../catalogue/protects.ts";
import { expressionOf } from "../model/member.ts";
import { collect } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { Json, JsonObject } from "../model/types.ts";
import { judgeBucket } from "./judge-bucket.ts";
import type { SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

const USES = ["unkeyed", "output", "input"] as const;

/** No request of SageMaker's names as many S3 locations (API Reference). Further ones are not judged. */
const MAX_LOCATIONS = 1_000;

/** Judges the default encryption of the buckets that a request names, as far as the policy asks for it. */
export function judgeLocations(operation: string, request: JsonObject, rules: Rules): SettingJudgement[] {
  const rows = locations[operation];
  if (!rows) return [];
  const judged: SettingJudgement[] = [];
  for (const use of USES) {
    if (!rules.policy.buckets[use]) continue;
    const protects = protectedByBucket[use];
    for (const row of rows[use] ?? []) {
      const found = collect(request, row);
      for (const { path, value } of found.slice(0, MAX_LOCATIONS))
        judged.push(judgeLocation(path, protects, value, rules));
      if (found.length > MAX_LOCATIONS) {
        judged.push(open(row, protects, { code: "too-many-elements", path: row, max: MAX_LOCATIONS }));
      }
    }
  }
  return judged;
}

function judgeLocation(path: string, protects: string, value: Json, rules: Rules): SettingJudgement {
  const expression = expressionOf(value);
  if (expression !== undefined) return open(path, protects, { code: "depends-on", expression });
  if (typeof value !== "string") return open(path, protects, { code: "not-a-string" });
  const { lookUp, is, key, reason } = judgeBucket(value, rules);
  const verdict = { path, protects, is, ...(key === undefined ? undefined : { key }), ...(reason && { reason }) };
  return lookUp ? { verdict, lookUp } : { verdict };
}

const open = (path: string, protects: string, reason: Reason): SettingJudgement => ({
  verdict: { path, protects, is: "undetermined", reason },
});
