import type { Decision, EventHead, Judgement, Outcome, Parsed } from "../model/types.ts";
import type { Writable } from "../model/writable.ts";

/** Makes the decision on an event from its judgement and the outcomes of its actions. */
export function decide(judgement: Judgement, actions: readonly Outcome[]): Decision {
  const { event, resource, verdict, reason, settings, followed, parent, exemptions, expired } = judgement;
  const head = headOf(event);
  // Optional members are assigned: a spread costs a microsecond on Node 20. The order is the order of the JSON.
  const decision: Partial<Writable<Decision>> = {
    eventID: head.eventID,
    eventName: head.eventName,
    eventTime: head.eventTime,
    account: head.account,
    region: head.region,
    principal: event.is === "state-change" ? null : head.principal,
    resource,
    verdict,
  };
  if (reason) decision.reason = reason;
  decision.settings = settings;
  if (followed?.length) decision.followed = followed;
  if (parent) decision.parent = parent;
  if (exemptions?.length) decision.exemptions = exemptions;
  if (expired?.length) decision.expired = expired;
  decision.actions = actions;
  return decision as Decision;
}

function headOf(event: Parsed): EventHead {
  switch (event.is) {
    case "call":
      return event;
    case "state-change":
      return { ...event, principal: null };
    case "ignored":
    case "malformed":
      return event.head;
    default:
      return event satisfies never;
  }
}
