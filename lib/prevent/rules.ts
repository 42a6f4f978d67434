import { operation } from "../catalogue/find-operation.ts";
import { EBS_ONLY } from "../catalogue/instance-families.ts";
import {
  INSTANCE_TYPES,
  type Needed,
  OFFLINE_STORE_GIVEN,
  ONLINE_STORE_ON,
  type Reach,
  reaches,
} from "../catalogue/prevention/reaches.ts";
import { IN_TRANSIT, ONLINE_STORE_KEY } from "../catalogue/shared-settings.ts";
import type { Setting } from "../catalogue/vocabulary.ts";
import { keyRulesOf } from "../core/judge/key-rules.ts";
import { compileSettings } from "../core/read/compile-settings.ts";
import type { Policy } from "../policy/schema.ts";
import { wrongKeyConditions } from "./key-patterns.ts";
import { allOf, type Conditions } from "./statement.ts";

/** Calls that the policy condemns, by the condition keys of their actions. */
export interface Rule {
  /** `missing`: without the key. `wrong`: with a key that the policy rejects. `plaintext`: without the flag. */
  readonly denies: "missing" | "wrong" | "plaintext";
  readonly conditionKey: string;
  readonly operations: readonly string[];
  readonly conditions: Conditions;
}

/** The rules that follow from a policy, exemptions apart. */
export const rulesOf = (policy: Policy): readonly Rule[] =>
  [...reaches.flatMap((reach) => absenceRules(reach, policy)), ...wrongRules(policy)].filter(
    ({ operations }) => operations.length > 0,
  );

/** The settings of an operation that a condition key stands for. */
export const settingsOf = (name: string, conditionKey: string): readonly Setting[] =>
  (operation(name)?.settings ?? []).filter((setting) => setting.conditionKey === conditionKey);

/** A member whose absence is no violation, because it only counts where it is given. */
export const isOptional = ({ when = [], path }: Setting): boolean =>
  when.some((condition) => condition.is === "present" && condition.path === path);

/** The policy may accept the bucket's default key for a member that is not given. */
export function mayUseBucketDefault(setting: Setting, name: string, { buckets }: Policy): boolean {
  if (!buckets["default-for-missing-key"]) return false;
  const compiled = compileSettings(operation(name)?.settings ?? [], name).find((one) => one.setting === setting);
  return (compiled?.outputs.length ?? 0) > 0;
}

/** Absence counts if a member that must be given is required, and no bucket's default can replace it. */
const mustBeGiven = (name: string, conditionKey: string, policy: Policy): boolean =>
  settingsOf(name, conditionKey).some(
    (setting) =>
      policy.require[setting.protects] && !isOptional(setting) && !mayUseBucketDefault(setting, name, policy),
  );

function absenceRules({ conditionKey, needed, operations }: Reach, policy: Policy): Rule[] {
  const required = operations.filter((name) => mustBeGiven(name, conditionKey, policy));
  const isFlag = conditionKey === IN_TRANSIT;
  // The flag counts as false where it is absent.
  const lacks: Conditions = isFlag ? { BoolIfExists: { [IN_TRANSIT]: ["false"] } } : isAbsent(conditionKey);
  const denies = isFlag ? "plaintext" : "missing";
  const rule = (conditions: Conditions): Rule => ({
    denies,
    conditionKey,
    operations: required,
    conditions: allOf(lacks, conditions),
  });
  const when = shownBy(needed, policy);
  if (when === undefined) return [];
  const servesServerless = needed === "some-instance-on-ebs" && policy.endpoints["on-serverless"] === "required";
  return servesServerless ? [rule(when), rule(isAbsent(INSTANCE_TYPES))] : [rule(when)];
}

const isAbsent = (key: string): Conditions => ({ Null: { [key]: ["true"] } });
const isGiven = (key: string): Conditions => ({ Null: { [key]: ["false"] } });

/**
 * Families that are known to have EBS volumes only: those with local storage accept no key, and an unknown family is
 * never held against a call. The dot ends the family's name.
 */
const ON_EBS = EBS_ONLY.map((family) => `ml.${family}.*`);

/** The conditions that show that a call needs the member; `undefined` if no condition key shows it. */
function shownBy(needed: Needed, policy: Policy): Conditions | undefined {
  switch (needed) {
    case "always":
      return {};
    case "notebook":
      return policy.notebooks["on-local-storage"] === "required" ? {} : shownBy("every-instance-on-ebs", policy);
    case "every-instance-on-ebs":
      // `ForAllValues` is true for a key that is absent, as in a call without instances.
      return allOf(isGiven(INSTANCE_TYPES), { "ForAllValues:StringLike": { [INSTANCE_TYPES]: ON_EBS } });
    case "some-instance-on-ebs":
      return { "ForAnyValue:StringLike": { [INSTANCE_TYPES]: ON_EBS } };
    case "instances-given":
      return isGiven(INSTANCE_TYPES);
    case "online-store-on":
      return { Bool: { [ONLINE_STORE_ON]: ["true"] } };
    case "offline-store-given":
      return isGiven(OFFLINE_STORE_GIVEN);
    case "sharing-not-shown":
    case "output-not-shown":
    case "automation-not-shown":
      return undefined;
    default:
      return needed satisfies never;
  }
}

/** A wrong key is denied where the policy requires every member that the condition key may stand for. */
function wrongRules(policy: Policy): Rule[] {
  const keys = [...new Set(reaches.map(({ conditionKey }) => conditionKey))].filter((key) => key !== IN_TRANSIT);
  return keys.flatMap((conditionKey) => {
    const operations = reaches
      .filter((reach) => reach.conditionKey === conditionKey)
      .flatMap((reach) => reach.operations)
      .filter((name) => settingsOf(name, conditionKey).every(({ protects }) => policy.require[protects]));
    // The key of an online store that is off protects nothing.
    const when: Conditions = conditionKey === ONLINE_STORE_KEY ? { Bool: { [ONLINE_STORE_ON]: ["true"] } } : {};
    return wrongKeyConditions(conditionKey, keyRulesOf(policy.keys)).map(
      (conditions): Rule => ({ denies: "wrong", conditionKey, operations, conditions: allOf(conditions, when) }),
    );
  });
}
