import type { Decision, EventHead, Judgement, Outcome, Parsed } from "../model/types.ts";

/** The decision about an event: its judgement, and how the actions ended. */
export function decide(judgement: Judgement, actions: readonly Outcome[]): Decision {
  const { event, resource, verdict, reason, settings, followed, parent, exemptions, expired } = judgement;
  const head = headOf(event);
  return {
    eventID: head.eventID,
    eventName: head.eventName,
    eventTime: head.eventTime,
    account: head.account,
    region: head.region,
    principal: event.is === "state-change" ? null : head.principal,
    resource,
    verdict,
    ...(reason && { reason }),
    settings,
    ...(followed?.length ? { followed } : undefined),
    ...(parent && { parent }),
    ...(exemptions?.length ? { exemptions } : undefined),
    ...(expired?.length ? { expired } : undefined),
    actions,
  };
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
