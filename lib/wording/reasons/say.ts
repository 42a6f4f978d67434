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
 * A reason as a sentence, without a capital and a full stop, so that it can follow a colon or stand in brackets. What
 * callers and AWS wrote stands in some: whoever prints it cleans and shortens it.
 */
export function say(reason: Reason): string {
  // A ledger's entry may have a code that a newer version wrote.
  if (!Object.hasOwn(sentences, reason.code)) return reason.code;
  const sentence = sentences[reason.code] as (facts: Reason, say: Say) => string;
  return sentence(reason, say);
}
