import type { Policy } from "../../policy/schema.ts";
import type { Answers } from "../model/look-up.ts";
import type { Origin } from "./judge-key.ts";
import { type KeyRules, keyRulesOf } from "./key-rules.ts";

/** The rules and the known answers by which all settings of one event are judged. */
export interface Rules {
  readonly policy: Policy;
  readonly keys: KeyRules;
  readonly origin: Origin;
  readonly answers: Answers;
}

export const rulesOf = (policy: Policy, origin: Origin, answers: Answers): Rules => ({
  policy,
  keys: keyRulesOf(policy.keys),
  origin,
  answers,
});
