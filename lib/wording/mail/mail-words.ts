import type { Outcome } from "../../core/model/types.ts";
import { oneLine } from "../../text/one-line.ts";
import { ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { say } from "../reasons/say.ts";
import type { MailText } from "./mail-text.ts";
import { outcomeWords } from "./outcome-words.ts";

/**
 * The outcome of an action as a sentence; `isNamed`: the sentence before has named the resource. It may quote AWS's answer,
 * which may repeat the caller's values.
 */
export function outcomeSentence(
  outcome: Outcome,
  { facts, noun, stopKind, quote }: MailText,
  isNamed = false,
): SafeText {
  const because = outcome.reason ? safeText` (${oneLine(say(outcome.reason, quote), 400)})` : "";
  const announced = outcome.do === "stop" ? announcedWords(outcome, facts) : undefined;
  // Only a kind with `later` statuses has a known status to wait for.
  const until =
    !announced && outcome.do === "stop" && outcome.outcome === "deferred" && stopKind?.stop?.later.length
      ? stopKind.stop.from
      : [];
  const what = outcome.do === "stop" && stopKind ? ownText(stopKind.noun) : noun;
  const usual = until.length > 0 ? `$ will be stopped as soon as it is ${until.join(" or ")}` : outcomeWords(outcome);
  const sentence = announced ?? usual;
  const subject = isNamed ? safeText`It` : safeText`The ${what}`;
  // A function, because a text would be a pattern: a noun may hold the caller's words.
  return safeText`${ownText(sentence.replace("$", () => subject))}${because}.`;
}

/** A stop that failed and is tried again; and one that was announced and is not tried any more. */
function announcedWords({ outcome }: Outcome, { willRetry, isFollowUp }: MailText["facts"]): string | undefined {
  if (isFollowUp && outcome === "deferred") return "$ was NOT stopped: it could not be stopped in time";
  return willRetry && outcome === "failed" ? "$ could not be stopped yet; Keyward will try again" : undefined;
}

/** The policy's requirement, as the end of "the policy accepts …". */
export const ACCEPTS = {
  any: "any KMS key that the caller names",
  "customer-managed": "customer managed KMS keys",
  listed: "only the KMS keys on its list",
} as const;
