import type { Code, Reason } from "../../core/model/reason.ts";
import { ownText, type SafeText } from "../../text/safe-text.ts";
import type { Quote } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
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
 * sentences quote callers or AWS: `quote` is how the output shows their values. Without it they are as they are, which is for
 * data, and for terminals, whose `safe` cleans the whole sentence.
 */
export function say(reason: Reason, quote: Quote): SafeText;
export function say(reason: Reason): string;
export function say(reason: Reason, quote?: Quote): string {
  return sentenceOf(reason, quote);
}

/** Safe text only with a `quote`; the overloads of `say` see to it. */
function sentenceOf(reason: Reason, quote: Quote | undefined): SafeText {
  // An entry of the ledger may have a code of a newer version.
  if (!Object.hasOwn(sentences, reason.code)) return ownText(reason.code);
  const sentence = sentences[reason.code] as (facts: Reason, say: Say) => SafeText;
  return sentence(quote ? quotedFacts(reason, quote) : reason, (inner) => sentenceOf(inner, quote));
}

/** Facts that are words of Keyward's own. A reason within a reason is quoted when it is said. */
const OWN_WORDS: ReadonlySet<string> = new Set(["code", "lacks", "of"]);
const MAX_FACT = 200;

function quotedFacts(reason: Reason, quote: Quote): Reason {
  const shown = (fact: unknown) => (typeof fact === "string" ? quoteFact(fact, quote) : fact);
  const facts = Object.entries(reason).map(([name, fact]) => [
    name,
    OWN_WORDS.has(name) ? fact : Array.isArray(fact) ? fact.map(shown) : shown(fact),
  ]);
  return Object.fromEntries(facts) as Reason;
}

const quoteFact = (fact: string, quote: Quote): string => quotePath(fact, quote, MAX_FACT);
