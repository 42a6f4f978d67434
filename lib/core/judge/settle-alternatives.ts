import { answerTo } from "../model/look-up.ts";
import { isObject } from "../model/member.ts";
import type { Subject } from "../model/types.ts";
import { type Reading, readSettings } from "../read/read-settings.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

/**
 * Judges a setting again if its verdict depends on the instance type that SageMaker chooses. Describe returns the
 * choice. It is looked up only if the request alone leaves the verdict undetermined.
 */
export function settleAlternatives(
  judgement: SettingJudgement,
  { compiled, path }: Reading,
  { describe, operation }: Subject,
  rules: Rules,
): SettingJudgement {
  const dependsOnChoice = judgement.verdict.reason?.code === "instance-type-alternatives";
  if (!dependsOnChoice || !compiled.selected || !describe) return judgement;
  const answer = answerTo(describe, rules.answers);
  if (answer === undefined) return { ...judgement, lookUp: describe };
  if (answer.is !== "described" || !isObject(answer.output)) return judgement;
  const described = readSettings(operation.settings, operation.operation, answer.output).find(
    (reading) => reading.path === path && reading.compiled.setting === compiled.setting,
  );
  return described ? judgeSetting(described, rules) : judgement;
}
