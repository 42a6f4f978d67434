import type { Policy } from "../../policy/schema.ts";
import { judge } from "../judge/judge.ts";
import type { Answers } from "../model/look-up.ts";
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
  const judgement = judge(event, policy, answers);
  const outcomes = plan(judgement, policy, at).map(
    (action): Outcome =>
      "skip" in action
        ? { do: action.do, outcome: "skipped", reason: action.skip }
        : { do: action.do, outcome: "planned" },
  );
  return { event, judgement, decision: decide(judgement, outcomes) };
}
