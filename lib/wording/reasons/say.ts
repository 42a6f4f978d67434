import type { Code, Reason } from "../../core/model/reason.ts";
import { awsReasons } from "./aws-reasons.ts";
import { checkReasons } from "./check-reasons.ts";
import { eventReasons } from "./event-reasons.ts";
import { planReasons } from "./plan-reasons.ts";
import type { Say, Sentences } from "./sentences.ts";
import { settingReasons } from "./setting-reasons.ts";

const sentences: Sentences = {
  ...eventReasons,
  ...settingReasons,
  ...planReasons,
  ...awsReasons,
  ...checkReasons,
};

/** Every code that has a sentence; docs/reasons.md lists them. */
export const codes = Object.keys(sentences) as readonly Code[];

/**
 * The sentence of a reason, without a capital and a full stop, so that it can follow a colon or be in brackets. Some
 * sentences quote callers or AWS, so the code that prints one must clean and shorten it.
 */
export function say(reason: Reason): string {
  // An entry of the ledger may have a code of a newer version.
  if (!Object.hasOwn(sentences, reason.code)) return reason.code;
  const sentence = sentences[reason.code] as (facts: Reason, say: Say) => string;
  return sentence(reason, say);
}
