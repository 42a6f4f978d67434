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

/** The verdict on one setting, and the look-up that could change it. */
export interface SettingJudgement {
  readonly verdict: SettingVerdict;
  readonly lookUp?: LookUp;
}

/**
 * Judges one setting: first by the policy's `require`, then by its conditions, then by its key or the lack of a key.
 */
export function judgeSetting(reading: Reading, rules: Rules): SettingJudgement {
  const { path, value } = reading;
  const { setting } = reading.compiled;
  const { protects } = setting;
  if (!rules.policy.require[protects]) return verdict(path, protects, "not-applicable", NOT_REQUIRED);
  if (reading.unreadable) return verdict(path, protects, "undetermined", reading.unreadable);
  if (reading.off && !isElsewhere(reading) && !countsAnyway(reading, rules.policy)) {
    return verdict(path, protects, "not-applicable", reading.off);
  }
  if (isBlank(value)) return judgeBlank(reading, rules);
  if (protects === "in-transit") {
    if (scalar(value).toLowerCase() !== "true") return verdict(path, protects, "missing", noKey(setting));
    return { verdict: { path, protects, is: "accepted" } };
  }
  if (typeof value !== "string") return verdict(path, protects, "undetermined", { code: "not-a-string" });
  const { is, reason, lookUp } = judgeKey(value, rules.origin, rules.keys, rules.answers);
  const settingVerdict: SettingVerdict = { path, protects, is, key: value, reason };
  return lookUp ? { verdict: settingVerdict, lookUp } : { verdict: settingVerdict };
}

/** A setting that does not apply still counts if its key is given, or if the policy requires the key. */
function countsAnyway({ compiled: { setting }, value, off }: Reading, { endpoints }: Policy): boolean {
  if (setting.ifGiven && !isBlank(value)) return true;
  return setting.serverless !== undefined && off?.code === "serverless" && endpoints["on-serverless"] === "required";
}

const NOT_REQUIRED: Reason = { code: "not-required" };

const verdict = (path: string, protects: string, is: SettingVerdict["is"], reason: Reason): SettingJudgement => ({
  verdict: { path, protects, is, reason },
});

/** Judges a setting without a key. If the policy allows it, the default keys of the output buckets count instead. */
function judgeBlank(reading: Reading, rules: Rules): SettingJudgement {
  const { path, compiled } = reading;
  const { protects, without } = compiled.setting;
  const absence = judgeAbsence(reading, rules.policy);
  const outputs = absence.is === "missing" ? outputsOf(reading) : [];
  if (outputs.some(isDirectoryBucket)) {
    return verdict(path, protects, "missing", { code: "output-to-directory-bucket" });
  }
  const countsDefaults = rules.policy.buckets["default-for-missing-key"];
  const bucket = countsDefaults ? worstOf(outputs.map((output) => judgeLocation(output, rules))) : undefined;
  if (!bucket) return verdict(path, protects, absence.is, absence.reason);
  const reason: Reason = { code: "bucket-for-missing-key", without, bucket: bucket.reason };
  if (bucket.is === "accepted") return verdict(path, protects, "accepted", reason);
  if (bucket.is !== "undetermined") return verdict(path, protects, "missing", reason);
  return withKey(path, protects, { ...bucket, reason });
}

/** The key is missing unless every output bucket has a default key that the policy accepts. */
const worstOf = (buckets: readonly BucketVerdict[]): BucketVerdict | undefined =>
  buckets.find(({ is }) => is === "missing" || is === "rejected") ??
  buckets.find(({ is }) => is === "undetermined") ??
  buckets[0];

/** The judgement on a setting or an S3 location from the verdict on a bucket, with the bucket's key and look-up. */
export function withKey(path: string, protects: string, bucket: BucketVerdict): SettingJudgement {
  const { is, key, reason, lookUp } = bucket;
  const settingVerdict: SettingVerdict =
    key === undefined ? { path, protects, is, reason } : { path, protects, is, key, reason };
  return lookUp ? { verdict: settingVerdict, lookUp } : { verdict: settingVerdict };
}

interface Absence {
  readonly is: "missing" | "not-applicable" | "undetermined";
  readonly reason: Reason;
}

/** Judges the lack of a key: another member or resource may have it, or the instance types may not accept one. */
function judgeAbsence(reading: Reading, policy: Policy): Absence {
  const { setting } = reading.compiled;
  const missing: Absence = { is: "missing", reason: noKey(setting) };
  if (setting.takesNone) return { is: "not-applicable", reason: setting.takesNone };
  if (setting.localStorage && policy.notebooks["on-local-storage"] === "required") return missing;
  if (hasTwin(reading)) return { is: "not-applicable", reason: { code: "named-by", path: setting.twin ?? "" } };
  if (isElsewhere(reading)) return { is: "undetermined", reason: { code: "held-by", path: setting.elsewhere ?? "" } };
  return setting.instanceTypes ? judgeStorage(reading, missing) : missing;
}

/** Judges the lack of a volume key: EBS volumes need one, and local storage accepts none. */
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
  if (reading.compiled.setting.mixed === "key" && ebs.length > 0) {
    // A key is taken and needed whatever storage the other variants have.
    return { is: "missing", reason: { code: "key-for-ebs-variants", local, ebs, unknown } };
  }
  return unknown.length > 0
    ? { is: "undetermined", reason: { code: "instance-type-unknown", instanceTypes: unknown } }
    : { is: "undetermined", reason: { code: "mixed-storage", local, ebs } };
}

/** The reason for a missing key, by SageMaker's behaviour without it. There are few, so each is made once. */
const noKeys = new Map<string, Reason>();

function noKey({ without }: Setting): Reason {
  const known = noKeys.get(without);
  if (known) return known;
  const made: Reason = { code: "no-key", without };
  noKeys.set(without, made);
  return made;
}
