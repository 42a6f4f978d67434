import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { judge } from "../../core/judge/judge.ts";
import { keyLookUpOf } from "../../core/judge/judge-key.ts";
import { keyRulesOf } from "../../core/judge/key-rules.ts";
import { type Answer, type Answers, type LookUp, lookUpId } from "../../core/model/look-up.ts";
import type { ApiCall, Judgement } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import type { CheckSubject } from "../model/subject.ts";

/** A file belongs to no account. Empty names match none of the policy's patterns for accounts and Regions. */
const NO_ACCOUNT = { account: "", region: "" };

/** An endpoint has the settings of its configuration, which is judged where a file holds it. */
const refersToAnother = (event: ApiCall): Judgement => ({
  event,
  resource: null,
  verdict: "ignored",
  reason: { code: "refers-to-another" },
  settings: [],
  lookUps: [],
});

/**
 * Judges the call that would create a subject. Nothing is looked up: each question of the core is answered from the
 * file or with "not known". `time` decides which exemptions have expired.
 */
export function judgeCall({ operation, request, ownKeys }: CheckSubject, policy: Policy, time: Date): Judgement {
  const call: ApiCall = {
    is: "call",
    eventID: "",
    eventName: operation,
    eventTime: time.toISOString(),
    account: NO_ACCOUNT.account,
    region: NO_ACCOUNT.region,
    principal: "unknown",
    request,
    response: {},
  };
  const row = rowOf(operation);
  if (row?.refersTo && row.settings.length === 0) return refersToAnother(call);
  const answers = new Map([...ownKeys.keys()].map((key) => [keyId(key, policy), ownKeyAnswer(policy)] as const));
  // An answer may lead to the next question, so judge until none is new.
  for (;;) {
    const judgement = judge(call, policy, answers);
    const unanswered = answersLacking(judgement, policy, answers);
    if (unanswered.size === 0) return judgement;
    for (const [id, answer] of unanswered) answers.set(id, answer);
  }
}

const keyId = (key: string, { keys }: Policy): string => lookUpId(keyLookUpOf(key, NO_ACCOUNT, keyRulesOf(keys)));

/** "Not looked up" as the answer to every question that has no answer yet. */
function answersLacking({ lookUps, settings }: Judgement, policy: Policy, answers: Answers): Map<string, Answer> {
  const asked = lookUps.map((lookUp) => [lookUpId(lookUp), notLookedUp(lookUp.ask)] as const);
  // The core does not ask about a key that cannot change the verdict; a check gives a reason for each key.
  const keys = settings.flatMap(({ is, key }) =>
    is === "undetermined" && key !== undefined ? [[keyId(key, policy), notLookedUp("key")] as const] : [],
  );
  return new Map([...asked, ...keys].filter(([id]) => !answers.has(id)));
}

const notLookedUp = (ask: LookUp["ask"]): Answer => ({
  is: "unknown",
  reason: { code: "needs-account", ask },
});

/** A key that CloudFormation creates is customer managed. The policy's lists cannot be applied before it has an ARN. */
function ownKeyAnswer({ keys: { accept, deny } }: Policy): Answer {
  if (accept === "listed" || deny.length > 0) {
    return { is: "unknown", reason: { code: "made-by-file-without-arn" } };
  }
  const arn = "arn:aws:kms:none:000000000000:key/made-by-this-file";
  return { is: "key", arn, manager: "CUSTOMER", state: "Enabled" };
}
