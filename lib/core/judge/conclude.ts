import type { Policy } from "../../policy/schema.ts";
import { type LookUp, lookUpId } from "../model/look-up.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, SettingVerdict, StateChange, Subject } from "../model/types.ts";
import { exempt } from "./exempt.ts";
import type { SettingJudgement } from "./judge-setting.ts";
import { isUnexemptedViolation, justifiesStop, mayJustifyStop } from "./justify-stop.ts";
import type { Rules } from "./rules.ts";

/** The settings of one event, each judged. */
export interface JudgedSettings {
  readonly judged: readonly SettingJudgement[];
  /** The reason if some settings cannot be read. */
  readonly unreadable?: Reason;
  /** The look-up that would show those settings. */
  readonly lookUp?: LookUp;
  /** The operation whose settings were judged. */
  readonly operation: string;
  /** The Describe calls that led to the settings, in order. */
  readonly followed: readonly string[];
  /** The resource's ARN, if Describe returned it. */
  readonly arn?: string;
}

/**
 * Makes the judgement on an event from its judged settings. The worst setting decides. A setting that cannot be read
 * counts only if no violation is certain.
 */
export function conclude(
  event: ApiCall | StateChange,
  subject: Subject,
  rules: Rules,
  read: JudgedSettings,
): Judgement {
  const { judged, unreadable, operation, followed, arn } = read;
  const resource = arn && subject.resource.arn === null ? { ...subject.resource, arn } : subject.resource;
  const verdicts = judged.map(({ verdict }) => verdict);
  const { settings, unclear, exemptions, expired } = exempt(event, resource, verdicts, rules.policy);
  const isWrong = unclear === undefined && settings.some(isUnexemptedViolation);
  const reason = isWrong ? undefined : (unclear ?? unreadable);
  const isUndetermined = reason !== undefined || settings.some(({ is }) => is === "undetermined");
  const lookUps = isWrong ? lookUpsForStop(judged, settings, rules.policy) : lookUpsOf(read);
  const judgement: Judgement = {
    event,
    subject,
    resource,
    verdict: isWrong
      ? "non-compliant"
      : isUndetermined
        ? "undetermined"
        : exemptions.length > 0
          ? "exempt"
          : "compliant",
    settings: isWrong ? markNotLookedUp(settings, judged, lookUps, rules.policy) : settings,
    operation,
    followed,
    exemptions,
    expired,
    lookUps,
  };
  return reason === undefined ? judgement : { ...judgement, reason };
}

/** Gives each setting whose look-up is not necessary any more the reason "not looked up". */
function markNotLookedUp(
  settings: readonly SettingVerdict[],
  judged: readonly SettingJudgement[],
  lookUps: readonly LookUp[],
  policy: Policy,
): readonly SettingVerdict[] {
  const isDropped = ({ lookUp, verdict }: SettingJudgement) =>
    lookUp !== undefined && (lookUps.length === 0 || !mayJustifyStop(verdict, policy));
  if (!judged.some(isDropped)) return settings;
  return settings.map((setting, i) =>
    judged[i] && isDropped(judged[i]) ? { ...setting, reason: NOT_LOOKED_UP } : setting,
  );
}

const NOT_LOOKED_UP: Reason = { code: "not-looked-up" };

/**
 * The look-ups that an event with a certain violation still needs. If the violation justifies a stop, none. Else those
 * whose answer may show a violation that does; without them, an unknown bucket would protect a job with a rejected key
 * from its stop.
 */
function lookUpsForStop(
  judged: readonly SettingJudgement[],
  settings: readonly SettingVerdict[],
  policy: Policy,
): readonly LookUp[] {
  if (settings.some((setting) => justifiesStop(setting, policy))) return NO_LOOK_UPS;
  return lookUpsOf({ judged: judged.filter(({ verdict }) => mayJustifyStop(verdict, policy)) });
}

const NO_LOOK_UPS: readonly LookUp[] = [];

/** All look-ups of an event, each once. */
function lookUpsOf({ judged, lookUp }: Pick<JudgedSettings, "judged" | "lookUp">): readonly LookUp[] {
  const all = lookUp ? [lookUp] : [];
  for (const one of judged) if (one.lookUp) all.push(one.lookUp);
  if (all.length < 2) return all;
  return [...new Map(all.map((one) => [lookUpId(one), one])).values()];
}
