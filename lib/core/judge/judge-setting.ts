import { type Storage, storageOf } from "../../catalogue/instance-families.ts";
import type { Setting } from "../../catalogue/vocabulary.ts";
import type { Policy } from "../../policy/schema.ts";
import type { LookUp } from "../model/look-up.ts";
import { isBlank, scalar } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";
import type { SettingVerdict } from "../model/types.ts";
import { instanceTypesOf } from "../read/instance-types.ts";
import { hasTwin, isElsewhere, outputsOf, type Reading } from "../read/read-settings.ts";
import { isDirectoryBucket } from "../read/s3-location.ts";
import { type BucketVerdict, judgeLocation } from "./judge-bucket.ts";
import { judgeKey } from "./judge-key.ts";
import type { Rules } from "./rules.ts";

export interface SettingJudgement {
  readonly verdict: SettingVerdict;
  readonly lookUp?: LookUp;
}

/** Judges one setting: whether the policy requires it, whether it applies, and the key that it has or lacks. */
export function judgeSetting(reading: Reading, rules: Rules): SettingJudgement {
  const { path, value } = reading;
  const { setting } = reading.compiled;
  const { protects } = setting;
  if (!rules.policy.require[protects]) return verdict(path, protects, "not-applicable", NOT_REQUIRED);
  if (reading.open) return verdict(path, protects, "undetermined", reading.open);
  if (reading.off && !isElsewhere(reading) && !countsAllTheSame(reading, rules.policy)) {
    return verdict(path, protects, "not-applicable", reading.off);
  }
  if (isBlank(value)) return judgeBlank(reading, rules);
  if (protects === "in-transit") {
    if (scalar(value).toLowerCase() !== "true") return verdict(path, protects, "missing", noKey(setting));
    return { verdict: { path, protects, is: "accepted" } };
  }
  if (typeof value !== "string") return verdict(path, protects, "undetermined", { code: "not-a-string" });
  const { is, reason, lookUp } = judgeKey(value, rules.caller, rules.keys, rules.answers);
  const judged: SettingVerdict = { path, protects, is, key: value, reason };
  return lookUp ? { verdict: judged, lookUp } : { verdict: judged };
}

/** A setting that is off counts where its key is given all the same, or where the policy wants the key. */
function countsAllTheSame({ compiled: { setting }, value, off }: Reading, { endpoints }: Policy): boolean {
  if (setting.ifGiven && !isBlank(value)) return true;
  return setting.serverless !== undefined && off?.code === "serverless" && endpoints["on-serverless"] === "required";
}

const NOT_REQUIRED: Reason = { code: "not-required" };

const verdict = (path: string, protects: string, is: SettingVerdict["is"], reason: Reason): SettingJudgement => ({
  verdict: { path, protects, is, reason },
});

/** No key is there: a finding, unless none is to be found, or the buckets' defaults may stand in for it. */
function judgeBlank(reading: Reading, rules: Rules): SettingJudgement {
  const { path, compiled } = reading;
  const { setting } = compiled;
  const absence = judgeAbsence(reading, rules.policy);
  const outputs = absence.is === "missing" ? outputsOf(reading) : [];
  if (outputs.length === 0) return verdict(path, setting.protects, absence.is, absence.reason);
  if (outputs.some(isDirectoryBucket)) {
    return verdict(path, setting.protects, "missing", { code: "output-to-directory-bucket" });
  }
  if (!rules.policy.buckets["default-for-missing-key"]) {
    return verdict(path, setting.protects, absence.is, absence.reason);
  }
  const buckets = outputs.map((output) => judgeLocation(output, rules));
  const { is, key, reason, lookUp } = bucketsForKey(buckets, setting);
  const judged: SettingVerdict = {
    path,
    protects: setting.protects,
    is,
    ...(key === undefined ? undefined : { key }),
    ...(reason && { reason }),
  };
  return lookUp ? { verdict: judged, lookUp } : { verdict: judged };
}

/** Every bucket that is written to must have a default key that the policy accepts, or the key is missing. */
function bucketsForKey(buckets: readonly BucketVerdict[], { without }: Setting): BucketVerdict {
  const because = ({ reason }: BucketVerdict): Reason => ({
    code: "bucket-for-missing-key",
    without,
    bucket: reason ?? { code: "not-s3" },
  });
  const bad = buckets.find(({ is }) => is === "missing" || is === "rejected");
  if (bad) return { is: "missing", reason: because(bad) };
  const open = buckets.find(({ is }) => is === "undetermined");
  if (open) return { ...open, reason: because(open) };
  const [first] = buckets;
  return { is: "accepted", ...(first && { reason: because(first) }) };
}

interface Absence {
  readonly is: "missing" | "not-applicable" | "undetermined";
  readonly reason: Reason;
}

/** No key is there: a finding or not, by where else it may be and by the storage of the instance types. */
function judgeAbsence(reading: Reading, policy: Policy): Absence {
  const { setting } = reading.compiled;
  const missing: Absence = { is: "missing", reason: noKey(setting) };
  if (setting.takesNone) return { is: "not-applicable", reason: setting.takesNone };
  if (setting.localStorage && policy.notebooks["on-local-storage"] === "required") return missing;
  if (hasTwin(reading)) return { is: "not-applicable", reason: { code: "named-by", path: setting.twin ?? "" } };
  if (isElsewhere(reading)) return { is: "undetermined", reason: { code: "held-by", path: setting.elsewhere ?? "" } };
  return setting.instanceTypes ? judgeStorage(reading, missing) : missing;
}

/** No key is there: missed on EBS volumes, and not on local storage. */
function judgeStorage(reading: Reading, missing: Absence): Absence {
  const { types, areAlternatives } = instanceTypesOf(reading);
  const on = (storage: Storage) => types.filter((type) => storageOf(type) === storage);
  const [local, unknown, ebs] = [on("local"), on("unknown"), on("ebs")];
  if (local.length + unknown.length === 0) return missing;
  if (ebs.length + unknown.length === 0) {
    return { is: "not-applicable", reason: { code: "local-storage", instanceTypes: local } };
  }
  if (areAlternatives)
    return { is: "undetermined", reason: { code: "instance-type-alternatives", local, ebs, unknown } };
  if (reading.compiled.setting.mixed === "key" && ebs.length > 0 && local.length > 0) {
    return { is: "missing", reason: { code: "key-for-ebs-variants", local, ebs } };
  }
  return unknown.length > 0
    ? { is: "undetermined", reason: { code: "instance-type-unknown", instanceTypes: unknown } }
    : { is: "undetermined", reason: { code: "mixed-storage", local, ebs } };
}

/** No key is given; what SageMaker does then is the catalogue's. One object each, as there are few. */
const noKeys = new Map<string, Reason>();

function noKey({ without }: Setting): Reason {
  const known = noKeys.get(without);
  if (known) return known;
  const made: Reason = { code: "no-key", without };
  noKeys.set(without, made);
  return made;
}
