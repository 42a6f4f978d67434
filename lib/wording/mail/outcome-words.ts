import { type ActionName, actionOf } from "../../catalogue/actions.ts";
import type { Outcome } from "../../core/model/types.ts";

/** A sentence for each outcome; `$` is the place of the resource. */
type OutcomeWords = Readonly<Record<Outcome["outcome"], string>>;

/** The outcomes with their own sentences, for the actions that need more than the participle. */
const WORDS: Readonly<Partial<Record<ActionName, Partial<OutcomeWords>>>> = {
  tag: {
    planned: "$ would be tagged (keyward:status)",
    done: "$ was tagged (keyward:status)",
  },
  stop: {
    "already-done": "$ was not running any more",
    deferred: "$ could not be stopped completely yet; Keyward will try again",
    denied: "$ was NOT stopped: Keyward is not allowed to",
    failed: "$ was NOT stopped",
  },
};

const fromParticiple = (participle: string): OutcomeWords => ({
  planned: `$ would be ${participle}`,
  done: `$ was ${participle}`,
  "already-done": `$ was ${participle} before`,
  deferred: `$ will be ${participle} later`,
  denied: `$ could not be ${participle}: Keyward is not allowed to`,
  failed: `$ could not be ${participle}`,
  skipped: `$ was not ${participle}`,
});

/** The sentence of an outcome, such as "$ was tagged"; `$` is the place of the resource. */
export const outcomeWords = ({ do: action, outcome }: Outcome): string =>
  WORDS[action]?.[outcome] ?? fromParticiple(actionOf(action).participle)[outcome];
