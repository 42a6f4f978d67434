import { operation } from "../../catalogue/find-operation.ts";
import { parseArn } from "../../core/model/arn.ts";
import { defined } from "../../core/model/defined.ts";
import type { ApiCall, Judgement, Outcome, StateChange } from "../../core/model/types.ts";
import { causingResource } from "../../core/plan/cause-of.ts";
import type { Policy } from "../../policy/schema.ts";
import type { MailFacts } from "./mail-text.ts";

/** Collects the facts of a mail. */
export function mailFactsOf(
  event: ApiCall | StateChange,
  judgement: Judgement,
  outcomes: readonly Outcome[],
  policy: Policy,
): MailFacts {
  const suggestedKey = policy.keys.allow.find((pattern) => isKeyOf(event, pattern));
  return {
    event: event.is === "call" ? event : { ...event, principal: null },
    operation: operationOf(event, judgement),
    request: event.is === "call" ? event.request : event.detail,
    resource: judgement.resource ?? { kind: "unknown", name: null, arn: null },
    verdict: verdictOf(judgement),
    settings: judgement.settings,
    followed: judgement.followed ?? [],
    references: judgement.subject?.operation.refersTo ?? [],
    expired: judgement.expired ?? [],
    outcomes,
    acceptKeys: policy.keys.accept,
    thread: threadOf(event, judgement),
    ...defined({
      reason: judgement.reason,
      parent: judgement.parent,
      holder: judgement.holder,
      contact: policy.contact,
      suggestedKey,
    }),
  };
}

/**
 * The thread of a mail in a chat: the cause of its event, the parent, or the resource itself. So the first mail, its
 * follow-up and the cause's reminders are one thread.
 */
function threadOf({ account, region, eventID }: ApiCall | StateChange, judgement: Judgement): string {
  const { kind, name } = causingResource(judgement) ??
    judgement.parent ??
    judgement.resource ?? { kind: "", name: null };
  return name === null ? eventID : `keyward/${account}/${region}/${kind}/${name}`;
}

/** One key of the event's account and Region, by its ARN: not every API takes an alias, and a pattern names no key. */
function isKeyOf({ account, region }: ApiCall | StateChange, pattern: string): boolean {
  const arn = parseArn(pattern);
  return arn?.account === account && arn.region === region && /^key\/[\w-]+$/.test(arn.resource);
}

function verdictOf({ verdict }: Judgement): MailFacts["verdict"] {
  return verdict === "ignored" || verdict === "malformed" ? "undetermined" : verdict;
}

/** The operation whose request holds the settings: its own, or that of the resource that it refers to. */
function operationOf(event: ApiCall | StateChange, judgement: Judgement): string {
  const row = judgement.subject?.operation;
  const referred = row?.refersTo && judgement.operation ? operation(judgement.operation) : undefined;
  return (referred ?? row)?.operation ?? event.eventName;
}
