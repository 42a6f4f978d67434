import { HUB_CONTENT } from "../../catalogue/operations.ts";
import { protectedByBucket } from "../../catalogue/protects.ts";
import { isOfAws } from "../model/arn.ts";
import type { JsonObject } from "../model/json.ts";
import { collect, first, pathOf } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { SettingVerdict } from "../model/types.ts";
import type { Nodes } from "../read/bound-path.ts";
import { compileLocations } from "../read/compile-locations.ts";
import type { CompiledCondition } from "../read/compile-settings.ts";
import { offReason } from "../read/conditions.ts";
import { firstUnresolved } from "../read/unreadable-reason.ts";
import { judgeLocation } from "./judge-bucket.ts";
import { type SettingJudgement, withKey } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

/** SageMaker accepts fewer S3 locations in every request (API Reference). Further locations are not judged. */
const MAX_LOCATIONS = 1_000;

/** Judges the default encryption of the buckets in a request that the policy's `buckets` selects. */
export function judgeLocations(operation: string, request: JsonObject, rules: Rules): SettingJudgement[] {
  const rows = compileLocations(operation);
  if (!rows) return [];
  const judged: SettingJudgement[] = [];
  for (const { path: row, use, when } of rows) {
    if (!rules.policy.buckets[use]) continue;
    const protects = protectedByBucket[use];
    const found = collect(request, row);
    if (found.length === 0) continue;
    const off = when && judgeConditions(when, [request]);
    for (const { path, value } of found.slice(0, MAX_LOCATIONS)) {
      const none = off ?? (use === "input" ? ofAwsHub(path, request) : undefined);
      judged.push(
        none ? { verdict: { path, protects, ...none } } : withKey(path, protects, judgeLocation(value, rules)),
      );
    }
    if (found.length > MAX_LOCATIONS) {
      const reason: Reason = { code: "too-many-elements", path: row, max: MAX_LOCATIONS };
      judged.push({ verdict: { path: row, protects, is: "undetermined", reason } });
    }
  }
  return judged;
}

/**
 * The verdict if SageMaker does not write to a location, or if a condition is unresolved; `undefined` if it writes
 * there.
 */
function judgeConditions(
  when: readonly CompiledCondition[],
  nodes: Nodes,
): Pick<SettingVerdict, "is" | "reason"> | undefined {
  for (const { at } of when) {
    const unresolved = firstUnresolved(nodes, at);
    if (unresolved) return { is: "undetermined", reason: unresolved };
  }
  const off = offReason(when, nodes);
  return off && { is: "not-applicable", reason: off };
}

/** A hub that AWS owns serves its content from AWS's own bucket: nobody else can give that bucket a key. */
function ofAwsHub(path: string, request: JsonObject): Pick<SettingVerdict, "is" | "reason"> | undefined {
  const structure = path.slice(0, path.lastIndexOf(".") + 1);
  const arn = first(request, pathOf(structure + HUB_CONTENT));
  return isOfAws(arn) ? { is: "not-applicable", reason: { code: "defined-by-aws", arn } } : undefined;
}
