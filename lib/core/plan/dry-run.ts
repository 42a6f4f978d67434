import type { Policy } from "../../policy/schema.ts";
import { judge, judgeAgain } from "../judge/judge.ts";
import { type Answer, type Answers, lookUpId } from "../model/look-up.ts";
import type { Decision, Judgement, Outcome, Parsed } from "../model/types.ts";
import { parse } from "../read/parse.ts";
import { decide } from "./decide.ts";
import { plan } from "./plan.ts";

export interface DryRun {
  readonly event: Parsed;
  readonly judgement: Judgement;
  readonly decision: Decision;
}

/** What would be decided about an event and planned for it, with only what is known already; nothing is looked up. */
export function dryRun(input: unknown, policy: Policy, at: Date, answers: Answers = new Map()): DryRun {
  const event = parse(input);
  const judgement = judgeWithout(event, policy, answers);
  const outcomes = plan(judgement, policy, at).map(
    (action): Outcome =>
      "skip" in action
        ? { do: action.do, outcome: "skipped", reason: action.skip }
        : { do: action.do, outcome: "planned" },
  );
  return { event, judgement, decision: decide(judgement, outcomes) };
}

/** A key of the organisation's accounts counts as one whose account refuses the look-up: that is how the policy takes it. */
function judgeWithout(event: Parsed, policy: Policy, answers: Answers): Judgement {
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
