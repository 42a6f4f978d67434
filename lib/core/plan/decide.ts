import type { Circumstances, Decision, EventHead, Judgement, Outcome, Parsed } from "../model/types.ts";

/** The decision as printed and recorded: the public contract, members in a fixed order. */
export function decide(event: Parsed, judgement: Judgement, actions: readonly Outcome[]): Decision {
  const { eventID, eventName, eventTime, account, region, principal } = headOf(event);
  return {
    ...{ eventID, eventName, eventTime, account, region, principal },
    resource: judgement.resource,
    verdict: judgement.verdict,
    ...(judgement.because === undefined ? {} : { because: judgement.because }),
    settings: judgement.settings,
    ...circumstancesOf(judgement),
    actions,
  };
}

function circumstancesOf({ followed, parent, exemptions, expired }: Judgement): Circumstances {
  return {
    ...(followed?.length ? { followed } : {}),
    ...(parent ? { parent } : {}),
    ...(exemptions?.length ? { exemptions } : {}),
    ...(expired?.length ? { expired } : {}),
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
