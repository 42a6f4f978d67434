import { HUB_CONTENT } from "../../catalogue/locations.ts";
import { protectedByBucket } from "../../catalogue/protects.ts";
import { isOfAws } from "../model/arn.ts";
import { collect, first, pathOf } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { Json, JsonObject, SettingVerdict } from "../model/types.ts";
import type { Nodes } from "../read/bound-path.ts";
import { compileLocations } from "../read/compile-locations.ts";
import type { CompiledCondition } from "../read/compile-settings.ts";
import { offReason } from "../read/conditions.ts";
import { firstUnresolved } from "../read/open-reason.ts";
import { judgeLocation } from "./judge-bucket.ts";
import type { SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

/** No request of SageMaker's names as many S3 locations (API Reference). Further ones are not judged. */
const MAX_LOCATIONS = 1_000;

/** Judges the default encryption of the buckets that a request names, as far as the policy asks for it. */
export function judgeLocations(operation: string, request: JsonObject, rules: Rules): SettingJudgement[] {
  const rows = compileLocations(operation);
  if (!rows) return [];
  const judged: SettingJudgement[] = [];
  for (const { path: row, use, when } of rows) {
    if (!rules.policy.buckets[use]) continue;
    const protects = protectedByBucket[use];
    const found = collect(request, row);
    if (found.length === 0) continue;
    const off = when && stateOf(when, [request]);
    for (const { path, value } of found.slice(0, MAX_LOCATIONS)) {
      const none = off ?? (use === "input" ? ofAwsHub(path, request) : undefined);
      judged.push(none ? { verdict: { path, protects, ...none } } : judgeAt(path, protects, value, rules));
    }
    if (found.length > MAX_LOCATIONS) {
      const reason: Reason = { code: "too-many-elements", path: row, max: MAX_LOCATIONS };
      judged.push({ verdict: { path: row, protects, is: "undetermined", reason } });
    }
  }
  return judged;
}

/** Why nothing is written to a location, or why that is not known; `undefined` where something is. */
function stateOf(when: readonly CompiledCondition[], nodes: Nodes): Pick<SettingVerdict, "is" | "reason"> | undefined {
  for (const { at } of when) {
    const open = firstUnresolved(nodes, at);
    if (open) return { is: "undetermined", reason: open };
  }
  const off = offReason(when, nodes);
  return off && { is: "not-applicable", reason: off };
}

/** The bucket of what AWS's own hub offers is AWS's: nobody else can give it a key. */
function ofAwsHub(path: string, request: JsonObject): Pick<SettingVerdict, "is" | "reason"> | undefined {
  const structure = path.slice(0, path.lastIndexOf(".") + 1);
  const arn = first(request, pathOf(structure + HUB_CONTENT));
  return isOfAws(arn) ? { is: "not-applicable", reason: { code: "defined-by-aws", arn } } : undefined;
}

function judgeAt(path: string, protects: string, value: Json, rules: Rules): SettingJudgement {
  const { lookUp, is, key, reason } = judgeLocation(value, rules);
  const verdict = { path, protects, is, ...(key === undefined ? undefined : { key }), ...(reason && { reason }) };
  return lookUp ? { verdict, lookUp } : { verdict };
}
