import { defined } from "../core/model/defined.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Decision, Outcome, SettingVerdict } from "../core/model/types.ts";
import { say } from "./reasons/say.ts";

/** A reason in the public contract: its code, and its sentence. */
export interface Said {
  readonly code?: string;
  readonly because?: string;
}

export type PublicSetting = Omit<SettingVerdict, "reason"> & Said;
export type PublicOutcome = Omit<Outcome, "reason"> & Said;

/** The public contract: one JSON object per event (docs/decision.md). */
export interface PublicDecision extends Omit<Decision, "reason" | "settings" | "actions">, Said {
  readonly settings: readonly PublicSetting[];
  readonly actions: readonly PublicOutcome[];
}

/** The decision as printed and recorded, members in a fixed order. */
export function publicDecision(decision: Decision): PublicDecision {
  return {
    eventID: decision.eventID,
    eventName: decision.eventName,
    eventTime: decision.eventTime,
    account: decision.account,
    region: decision.region,
    principal: decision.principal,
    resource: decision.resource,
    verdict: decision.verdict,
    ...saidOf(decision.reason),
    settings: decision.settings.map(publicSetting),
    ...defined({
      followed: decision.followed,
      parent: decision.parent,
      exemptions: decision.exemptions,
      expired: decision.expired,
    }),
    actions: decision.actions.map(publicOutcome),
    ...defined({ policy: decision.policy }),
  };
}

export const publicSetting = ({ path, protects, is, key, reason, exempt }: SettingVerdict): PublicSetting => ({
  path,
  protects,
  is,
  ...defined({ key }),
  ...saidOf(reason),
  ...defined({ exempt }),
});

export const publicOutcome = ({ do: action, outcome, reason }: Outcome): PublicOutcome => ({
  do: action,
  outcome,
  ...saidOf(reason),
});

/** The code and the sentence of a reason. */
export const saidOf = (reason: Reason | undefined): Said =>
  reason === undefined ? {} : { code: reason.code, because: say(reason) };
