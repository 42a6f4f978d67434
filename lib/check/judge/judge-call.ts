import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { judge, judgeAgain } from "../../core/judge/judge.ts";
import { keyLookUpOf } from "../../core/judge/judge-key.ts";
import { keyRulesOf } from "../../core/judge/key-rules.ts";
import { type Answer, type Answers, type LookUp, lookUpId } from "../../core/model/look-up.ts";
import type { ApiCall, FilePlace, Judgement } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import type { FileKey, SubjectRequest } from "../model/subject.ts";

/** A file has no account. The empty names match no account or Region in the policy. */
const NO_ACCOUNT = { account: "", region: "" };

/** The judgement for an endpoint: it has only its configuration's settings, and the configuration is judged itself. */
const refersToAnother = (event: ApiCall): Judgement => ({
  event,
  resource: null,
  verdict: "ignored",
  reason: { code: "refers-to-another" },
  settings: [],
  lookUps: [],
});

/**
 * Judges the call of an operation with a request, which is at `inFile`. Nothing is looked up: each look-up is answered from the file or with
 * "not looked up". `time`: the time of the check, for exemptions that expire.
 */
export function judgeCall(
  operation: string,
  { request, ownKeys }: Pick<SubjectRequest, "request" | "ownKeys">,
  policy: Policy,
  time: Date,
  inFile: FilePlace,
): Judgement {
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
    inFile,
  };
  const row = rowOf(operation);
  if (row?.refersTo && row.settings.length === 0) return refersToAnother(call);
  const answers = new Map(
    [...ownKeys].map(([key, known]) => [keyId(key, policy), ownKeyAnswer(known, policy)] as const),
  );
  // An answer may lead to another look-up, so judge until there is no new one.
  for (let judgement = judge(call, policy, answers); ; judgement = judgeAgain(judgement, policy, answers)) {
    const unanswered = answersLacking(judgement, policy, answers);
    if (unanswered.size === 0) return judgement;
    for (const [id, answer] of unanswered) answers.set(id, answer);
  }
}

const keyId = (key: string, { keys }: Policy): string => lookUpId(keyLookUpOf(key, NO_ACCOUNT, keyRulesOf(keys)));

/** The answer "not looked up" for each look-up that has no answer yet. */
function answersLacking({ lookUps, settings }: Judgement, policy: Policy, answers: Answers): Map<string, Answer> {
  // A file has no jobs of a pipeline, so the steps of an execution are never looked up.
  const wanted = lookUps.flatMap((lookUp) =>
    lookUp.ask === "steps" ? [] : [[lookUpId(lookUp), notLookedUp(lookUp.ask)] as const],
  );
  // The core does not look up a key that cannot change the verdict, but a check gives a reason for each key.
  const keys = settings.flatMap(({ is, key }) =>
    is === "undetermined" && key !== undefined ? [[keyId(key, policy), notLookedUp("key")] as const] : [],
  );
  return new Map([...wanted, ...keys].filter(([id]) => !answers.has(id)));
}

const notLookedUp = (ask: Exclude<LookUp["ask"], "steps">): Answer => ({
  is: "unknown",
  reason: { code: "needs-account", ask },
});

/**
 * The answer for a key that the file knows. One that it creates is customer managed, but without an ARN the policy's lists
 * do not apply to it.
 */
function ownKeyAnswer({ arn: known, manager }: FileKey, { keys: { accept, deny } }: Policy): Answer {
  if (known !== undefined && manager !== undefined) return { is: "key", arn: known, manager, state: "Enabled" };
  if (accept === "listed" || deny.length > 0) {
    return { is: "unknown", reason: { code: "made-by-file-without-arn" } };
  }
  const arn = "arn:aws:kms:none:000000000000:key/made-by-this-file";
  return { is: "key", arn, manager: "CUSTOMER", state: "Enabled" };
}
