import type { Story } from "./story.ts";
import type { Outcome } from "./types.ts";

/** How an action ended, in a sentence. */
export function outcomeSentence(outcome: Outcome, { noun }: Story): string {
  const because = outcome.because ? ` (${outcome.because})` : "";
  const words = outcome.do === "tag" ? TAG : STOP;
  return `${words[outcome.outcome].replace("$", `The ${noun}`)}${because}.`;
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
  deferred: "$ cannot be stopped yet; it will be as soon as it can be",
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
