import type { Outcome } from "../core/model/types.ts";
import { oneLine } from "../text/one-line.ts";
import type { Story } from "./mail-text.ts";

/** How an action ended, in a sentence. What AWS answered stands in it, and may repeat what the caller gave. */
export function outcomeSentence(outcome: Outcome, { noun, stopKind }: Story): string {
  const because = outcome.because ? ` (${oneLine(outcome.because, 300)})` : "";
  const words = outcome.do === "tag" ? TAG : STOP;
  // Only of a kind that comes up by itself is it known what it is waited for.
  const until =
    outcome.do === "stop" && outcome.outcome === "deferred" && stopKind?.stop?.later.length ? stopKind.stop.from : [];
  const what = outcome.do === "stop" ? (stopKind?.noun ?? noun) : noun;
  const sentence =
    until.length > 0 ? `$ will be stopped as soon as it is ${until.join(" or ")}` : words[outcome.outcome];
  return `${sentence.replace("$", `The ${what}`)}${because}.`;
}

const TAG: Readonly<Record<Outcome["outcome"], string>> = {
  planned: "$ would be tagged with the verdict (keyward:status)",
  done: "$ was tagged with the verdict (keyward:status)",
  "already-done": "$ was tagged before",
  deferred: "$ will be tagged later",
  denied: "$ could not be tagged: Keyward is not allowed to",
  failed: "$ could not be tagged",
  skipped: "$ was not tagged",
};

const STOP: Readonly<Record<Outcome["outcome"], string>> = {
  planned: "$ would be stopped",
  done: "$ was stopped",
  "already-done": "$ was not running any more",
  deferred: "$ could not be stopped completely yet; it will be tried again",
  denied: "$ was NOT stopped: Keyward is not allowed to",
  failed: "$ was NOT stopped",
  skipped: "$ was not stopped",
};

/** The policy's demand, as the end of "the policy accepts …". */
export const ACCEPTS = {
  any: "any KMS key that the caller names",
  "customer-managed": "customer managed KMS keys",
  listed: "only the KMS keys on its list",
} as const;
