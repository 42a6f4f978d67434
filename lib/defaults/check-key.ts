import { judgeKey } from "../core/judge/judge-key.ts";
import { formOf, isAwsManagedByName } from "../core/judge/key-form.ts";
import { keyRulesOf } from "../core/judge/key-rules.ts";
import { parseArn } from "../core/model/arn.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Policy } from "../policy/schema.ts";

/** The answer to "may this key be a default?". Nothing is looked up. */
export type KeyCheck =
  | { readonly is: "usable"; readonly region: string; readonly open?: Reason }
  /** Not the ARN of a KMS key or alias. */
  | { readonly is: "no-arn" }
  | { readonly is: "aws-managed" }
  /** The policy does not accept it, or no call can use it. */
  | { readonly is: "refused"; readonly reason: Reason };

/** The Regions' names (AWS General Reference): `eu-west-1`, `us-gov-east-1`. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/**
 * Judges a key that is to be a default. Only an ARN is the same key in every account and Region. `open`: what only KMS
 * could tell, such as who manages the key. The calls are taken to be in the key's own account and Region.
 */
export function checkKey(key: string, policy: Policy): KeyCheck {
  const form = formOf(key);
  const arn = parseArn(key);
  if (arn === undefined || (form !== "key-arn" && form !== "alias-arn") || !REGION.test(arn.region)) {
    return { is: "no-arn" };
  }
  if (isAwsManagedByName(key)) return { is: "aws-managed" };
  const { is, reason } = judgeKey(key, arn, keyRulesOf(policy.keys), new Map());
  if (is === "rejected" || reason.code === "key-of-other-partition") return { is: "refused", reason };
  const usable = { is: "usable", region: arn.region } as const;
  return is === "undetermined" ? { ...usable, open: reason } : usable;
}
