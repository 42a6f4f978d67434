/** The package's main entry: the pure core. It needs no Node module, no clock and no network. */

export { judge } from "../core/judge/judge.ts";
export type { Answer, Answers, LookUp } from "../core/model/look-up.ts";
export { lookUpId } from "../core/model/look-up.ts";
export type { Reason } from "../core/model/reason.ts";
export type {
  ApiCall,
  Decision,
  Ignored,
  Judgement,
  Malformed,
  Outcome,
  Parsed,
  Resource,
  SettingVerdict,
  StateChange,
  Verdict,
} from "../core/model/types.ts";
export { decide } from "../core/plan/decide.ts";
export { dryRun } from "../core/plan/dry-run.ts";
export type { PlannedAction } from "../core/plan/orders.ts";
export { plan } from "../core/plan/plan.ts";
export { parse } from "../core/read/parse.ts";
export type { Policy } from "../policy/schema.ts";
export { type PublicDecision, publicDecision } from "../wording/public-decision.ts";
