import { ARN, formOf } from "../judge/key-form.ts";
import type { Reason } from "../model/reason.ts";
import type { Decision, SettingVerdict } from "../model/types.ts";

/**
 * What an undetermined call lacks: another account in the policy's `keys.accounts`, an alias in `keys.allow`, a look-up,
 * or something that neither of them gives.
 */
export type Need = `account ${string}` | `alias ${string}` | "look-up" | "other";

const LOOK_UPS: readonly Reason["code"][] = ["needs-key", "needs-bucket", "needs-describe", "needs-reference"];

/** Everything that an undetermined call lacks, in order, each once; nothing for any other. */
export function needsOf({ verdict, reason, settings, account }: Decision): Need[] {
  if (verdict !== "undetermined") return [];
  const open = settings.filter(({ is }) => is === "undetermined").map((setting) => needOf(setting, account));
  return [...new Set(reason ? [withoutKey(reason), ...open] : open)].sort();
}

function needOf({ reason, key }: SettingVerdict, account: string | null): Need {
  const why = reason && innermost(reason);
  if (!why) return "other";
  if (why.code === "other-account") return `account ${why.account}`;
  if (key === undefined || (why.code !== "needs-key" && why.code !== "aws-denied")) return withoutKey(why);
  const owner = ARN.exec(key)?.[1];
  if (owner !== undefined && owner !== account) return `account ${owner}`;
  return why.code === "needs-key" && formOf(key) === "alias" ? `alias ${key}` : withoutKey(why);
}

const withoutKey = ({ code }: Reason): Need => (LOOK_UPS.includes(code) ? "look-up" : "other");

/** A bucket is judged by its default key, whose reason counts. */
function innermost(reason: Reason): Reason {
  if (reason.code === "bucket-default") return innermost(reason.key);
  return reason.code === "bucket-for-missing-key" ? innermost(reason.bucket) : reason;
}
