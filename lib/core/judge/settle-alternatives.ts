import { answerTo } from "../model/look-up.ts";
import { isObject } from "../model/member.ts";
import type { Subject } from "../model/types.ts";
import { type Reading, readSettings } from "../read/read-settings.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

/**
 * Settles a setting that depends on which instance type SageMaker chooses. Describe tells where it returns the choice:
 * it is asked only where the request leaves the setting open.
 */
export function settleAlternatives(
  judged: SettingJudgement,
  { compiled, path }: Reading,
  { describe, operation }: Subject,
  rules: Rules,
): SettingJudgement {
  const isOpen = judged.verdict.reason?.code === "instance-type-alternatives";
  if (!isOpen || !compiled.selected || !describe) return judged;
  const answer = answerTo(describe, rules.answers);
  if (answer === undefined) return { ...judged, lookUp: describe };
  if (answer.is !== "described" || !isObject(answer.output)) return judged;
  const there = readSettings(operation.settings, operation.operation, answer.output).find(
    (reading) => reading.path === path && reading.compiled.setting === compiled.setting,
  );
  return there ? judgeSetting(there, rules) : judged;
}
