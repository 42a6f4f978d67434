import type { Outcome } from "../../core/model/types.ts";
import { oneLine } from "../../text/one-line.ts";
import { say } from "../reasons/say.ts";
import type { MailText } from "./mail-text.ts";
import { outcomeWords } from "./outcome-words.ts";

/** The outcome of an action as a sentence. It may quote AWS's answer, which may repeat the caller's values. */
export function outcomeSentence(outcome: Outcome, { noun, stopKind, quote }: MailText): string {
  const because = outcome.reason ? ` (${oneLine(say(outcome.reason, quote), 400)})` : "";
  // Only a kind with `later` statuses has a known status to wait for.
  const until =
    outcome.do === "stop" && outcome.outcome === "deferred" && stopKind?.stop?.later.length ? stopKind.stop.from : [];
  const what = outcome.do === "stop" ? (stopKind?.noun ?? noun) : noun;
  const sentence =
    until.length > 0 ? `$ will be stopped as soon as it is ${until.join(" or ")}` : outcomeWords(outcome);
  return `${sentence.replace("$", `The ${what}`)}${because}.`;
}

/** The policy's requirement, as the end of "the policy accepts …". */
export const ACCEPTS = {
  any: "any KMS key that the caller names",
  "customer-managed": "customer managed KMS keys",
  listed: "only the KMS keys on its list",
} as const;
