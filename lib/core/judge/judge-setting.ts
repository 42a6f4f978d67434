import { type Storage, storageOf } from "../../catalogue/instance-families.ts";
import type { Setting, Without } from "../../catalogue/vocabulary.ts";
import type { Policy } from "../../policy/schema.ts";
import { isBlank, scalar } from "../model/member.ts";
import { questionId } from "../model/question.ts";
import type { Question, SettingVerdict } from "../model/types.ts";
import type { Reading } from "../read/read-settings.ts";
import { type BucketJudgement, DIRECTORY, judgeBucket } from "./judge-bucket.ts";
import { judgeKey } from "./judge-key.ts";
import type { Rules } from "./rules.ts";
import { placeOf } from "./s3-location.ts";

export interface SettingJudgement {
  readonly verdict: SettingVerdict;
  readonly question?: Question;
}

/**
 * Judges one setting: whether the policy wants it, whether it applies, and the key that stands there or does not.
 * `places` finds the S3 URIs that the key would be used for, should that be asked.
 */
export function judgeSetting(reading: Reading, rules: Rules, places: () => readonly string[]): SettingJudgement {
  const { setting, path, off, value, hangsOn } = reading;
  const head = { path, protects: setting.protects };
  const required = rules.policy.require[setting.protects];
  if (required && hangsOn !== undefined) {
    return { verdict: { ...head, is: "undetermined", because: `hangs on ${hangsOn}` } };
  }
  const notApplicable =
    (reading.elsewhere ? undefined : off) ?? (required ? undefined : "the policy does not require it");
  if (notApplicable !== undefined) return { verdict: { ...head, is: "not-applicable", because: notApplicable } };
  if (isBlank(value)) return judgeBlank(reading, rules, places());
  if (setting.protects === "in-transit") {
    const on = scalar(value).toLowerCase() === "true";
    return { verdict: on ? { ...head, is: "accepted" } : { ...head, ...missing(setting) } };
  }
  if (typeof value !== "string") {
    return { verdict: { ...head, is: "undetermined", because: "what stands there is not a string" } };
  }
  const { is, because, question } = judgeKey(value, rules.caller, rules.policy.keys, (one) =>
    rules.answers.get(questionId(one)),
  );
  return { verdict: { ...head, is, key: value, because }, ...(question ? { question } : {}) };
}

/** No key stands there: a finding, unless nothing is to be found, or the buckets' defaults are let stand in for it. */
function judgeBlank(reading: Reading, rules: Rules, places: readonly string[]): SettingJudgement {
  const head = { path: reading.path, protects: reading.setting.protects };
  const absence = judgeAbsence(reading, rules.policy);
  if (absence.is !== "missing" || places.length === 0) return { verdict: { ...head, ...absence } };
  if (places.some((uri) => placeOf(uri).is === "directory-bucket")) {
    return { verdict: { ...head, is: "missing", because: `it goes to ${DIRECTORY}` } };
  }
  if (!rules.policy.buckets["default-for-missing-key"]) return { verdict: { ...head, ...absence } };
  const { question, ...stands } = standIn(
    places.map((uri) => judgeBucket(uri, rules)),
    absence,
  );
  return { verdict: { ...head, ...stands }, ...(question ? { question } : {}) };
}

/** Every bucket that is written to must have a default that the policy accepts, or nothing is forgiven. */
function standIn(buckets: readonly BucketJudgement[], absence: Absence): BucketJudgement {
  const bad = buckets.find(({ is }) => is === "missing" || is === "rejected");
  if (bad) return { is: "missing", because: `${absence.because}; ${bad.because}` };
  const open = buckets.find(({ is }) => is === "undetermined");
  if (open) return { ...open, because: `no key is given; ${open.because}` };
  const [first] = buckets;
  return { is: "accepted", because: `no key is given; the policy lets stand in for it ${first?.because}` };
}

type Absence = Pick<SettingVerdict, "is" | "because">;

/** No key stands there: whether that is a finding depends on where else it may stand and on what the volumes sit on. */
function judgeAbsence({ setting, instanceTypes, twin, elsewhere }: Reading, policy: Policy): Absence {
  if (setting.localStorage && policy.notebooks["on-local-storage"] === "required") return missing(setting);
  if (twin) return { is: "not-applicable", because: `${setting.twin} names the key` };
  if (elsewhere) return { is: "undetermined", because: `held by what ${setting.elsewhere} names` };
  const on = (storage: Storage) => instanceTypes.filter((type) => storageOf(type) === storage);
  const [local, unknown, ebs] = [on("local"), on("unknown"), on("ebs")];
  if (local.length + unknown.length === 0) return missing(setting);
  if (setting.mixed === "split" && ebs.length > 0 && local.length > 0) return mustSplit(local, ebs);
  if (unknown.length > 0) {
    return { is: "undetermined", because: `whether ${list(unknown)} has local storage is not known` };
  }
  if (ebs.length === 0) {
    return {
      is: "not-applicable",
      because: `${list(local)} has local storage, which takes no key: its hardware encrypts it`,
    };
  }
  return {
    is: "undetermined",
    because: `${list(local)} has local storage and ${list(ebs)} has not: whether a key can be given is not documented`,
  };
}

const mustSplit = (local: readonly string[], ebs: readonly string[]): Absence => ({
  is: "missing",
  because: `${list(local)} has local storage, so no key can be given, and ${list(ebs)} is left on a key of SageMaker's own: split the configuration`,
});

const missing = (setting: Setting): Absence => ({ is: "missing", because: WITHOUT[setting.without] });

const list = (types: readonly string[]): string =>
  types.length > 3 ? `${types.slice(0, 3).join(", ")} and ${types.length - 3} more` : types.join(", ");

/** What SageMaker does when no key is given. */
export const WITHOUT: Readonly<Record<Without, string>> = {
  "transient-key": "no key is given; SageMaker uses a key of its own and discards it",
  "notebook-system-managed-key": "no key is given; SageMaker uses a key that it manages itself",
  "aws-managed-s3": "no key is given; S3 uses the AWS managed key aws/s3",
  "undocumented-s3": "no key is given; S3 uses a key of AWS's choosing",
  "aws-owned-key": "no key is given; an AWS owned key is used",
  "aws-managed-key": "no key is given; an AWS managed key is used",
  "studio-default": "no key is given; Studio uses a key that AWS manages",
  undocumented: "no key is given; which key is used instead is not documented",
  "plaintext-between-nodes": "traffic between the job's nodes is not encrypted",
};
