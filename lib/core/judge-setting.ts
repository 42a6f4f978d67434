import { type Storage, storageOf } from "../catalogue/instance-families.ts";
import type { Setting, Without } from "../catalogue/vocabulary.ts";
import { type Caller, judgeKey } from "./key.ts";
import { isBlank, scalar } from "./member.ts";
import type { Policy } from "./policy.ts";
import { type Answers, questionId } from "./question.ts";
import type { Reading } from "./read.ts";
import type { Question, SettingVerdict } from "./types.ts";

export interface SettingJudgement {
  readonly verdict: SettingVerdict;
  readonly question?: Question;
}

export interface Rules {
  readonly policy: Policy;
  readonly caller: Caller;
  readonly answers: Answers;
}

/** Judges one setting: whether the policy wants it, whether it applies, and the key that stands there or does not. */
export function judgeSetting(reading: Reading, rules: Rules): SettingJudgement {
  const { setting, path, off, value } = reading;
  const head = { path, protects: setting.protects };
  const required = rules.policy.require[setting.protects];
  const notApplicable =
    (reading.elsewhere ? undefined : off) ?? (required ? undefined : "the policy does not require it");
  if (notApplicable !== undefined) return { verdict: { ...head, is: "not-applicable", because: notApplicable } };
  if (isBlank(value)) return { verdict: { ...head, ...judgeAbsence(reading) } };
  if (setting.protects === "in-transit") {
    const on = scalar(value).toLowerCase() === "true";
    return { verdict: on ? { ...head, is: "accepted" } : { ...head, ...missing(setting) } };
  }
  if (typeof value !== "string") {
    return { verdict: { ...head, is: "undetermined", because: "what stands there is not a string" } };
  }
  const asked: Question = { ask: "key", key: value, ...rules.caller };
  const { is, because, question } = judgeKey(
    value,
    rules.caller,
    rules.policy.keys,
    rules.answers.get(questionId(asked)),
  );
  return { verdict: { ...head, is, key: value, because }, ...(question ? { question } : {}) };
}

type Absence = Pick<SettingVerdict, "is" | "because">;

/** No key stands there: whether that is a finding depends on where else it may stand and on what the volumes sit on. */
function judgeAbsence({ setting, instanceTypes, twin, elsewhere }: Reading): Absence {
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
