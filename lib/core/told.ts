import type { Policy } from "./policy.ts";
import type { Told } from "./story.ts";
import { subjectOf } from "./subject.ts";
import type { ApiCall, Judgement, Outcome, StateChange } from "./types.ts";

/** Gathers what a mail is written from. */
export function toldOf(
  event: ApiCall | StateChange,
  judgement: Judgement,
  outcomes: readonly Outcome[],
  policy: Policy,
): Told {
  const here = (pattern: string) => pattern.startsWith("arn:") && pattern.split(":")[3] === event.region;
  const suggestedKey = policy.keys.allow.find((pattern) => here(pattern) && !pattern.includes("*"));
  return {
    event: event.is === "call" ? event : { ...event, principal: null },
    operation: subjectOf(event)?.operation.operation ?? event.eventName,
    request: event.is === "call" ? event.request : event.detail,
    resource: judgement.resource ?? { kind: "unknown", name: null, arn: null },
    verdict: judgement.verdict === "non-compliant" ? "non-compliant" : "undetermined",
    ...(judgement.because === undefined ? {} : { because: judgement.because }),
    settings: judgement.settings,
    outcomes,
    ...(policy.contact === undefined ? {} : { contact: policy.contact }),
    acceptKeys: policy.keys.accept,
    ...(suggestedKey === undefined ? {} : { suggestedKey }),
  };
}
