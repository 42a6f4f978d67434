import type { Policy } from "../../policy/schema.ts";
import type { Answers } from "../model/look-up.ts";
import type { Caller } from "./judge-key.ts";
import { type KeyRules, keyRulesOf } from "./key-rules.ts";

/** The rules that every setting of one event is judged by. */
export interface Rules {
  readonly policy: Policy;
  readonly keys: KeyRules;
  readonly caller: Caller;
  readonly answers: Answers;
}

export const rulesOf = (policy: Policy, caller: Caller, answers: Answers): Rules => ({
  policy,
  keys: keyRulesOf(policy.keys),
  caller,
  answers,
});
