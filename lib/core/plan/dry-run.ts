import { actionOf } from "../../catalogue/actions.ts";
import type { Policy } from "../../policy/schema.ts";
import { judge, judgeAgain } from "../judge/judge.ts";
import { type Answer, type Answers, lookUpId } from "../model/look-up.ts";
import type { ApiCall, Decision, Judgement, Outcome, Parsed, StateChange } from "../model/types.ts";
import { parse } from "../read/parse.ts";
import { decide } from "./decide.ts";
import { plan } from "./plan.ts";
import { routeOf } from "./route-of.ts";

/** An event with its judgement and its decision. Each action is planned or skipped; none is done. */
export interface DryRun {
  readonly event: Parsed;
  readonly judgement: Judgement;
  readonly decision: Decision;
}

/** Decides on an event without a look-up: only `answers` are known. `at`: the time of the decision. Never throws. */
export function dryRun(input: unknown, policy: Policy, at: Date, answers: Answers = new Map()): DryRun {
  const event = parse(input);
  const judgement = judgeOffline(event, policy, answers);
  const outcomes = plan(judgement, policy, at).map((action): Outcome => {
    if ("skip" in action) return { do: action.do, outcome: "skipped", reason: action.skip };
    const to = actionOf(action.do).isRouted && isActedOn(event) ? routeOf(event, judgement, policy).to : undefined;
    return { do: action.do, outcome: "planned", ...(to !== undefined && { reason: { code: "sent-to", to } }) };
  });
  return { event, judgement, decision: decide(judgement, outcomes) };
}

const isActedOn = (event: Parsed): event is ApiCall | StateChange => event.is === "call" || event.is === "state-change";

/** A key of the organisation's accounts is judged as if its account had refused the look-up. */
function judgeOffline(event: Parsed, policy: Policy, answers: Answers): Judgement {
  const judgement = judge(event, policy, answers);
  if (policy.keys.accounts.length === 0) return judgement;
  const keys = judgement.lookUps.filter(({ ask }) => ask === "key");
  if (keys.length === 0) return judgement;
  return judgeAgain(
    judgement,
    policy,
    new Map([...answers, ...keys.map((key) => [lookUpId(key), NOT_LOOKED_UP] as const)]),
  );
}

const NOT_LOOKED_UP: Answer = { is: "unknown", reason: { code: "needs-key" } };
