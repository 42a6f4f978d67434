import type { Code, Reason } from "../../core/model/reason.ts";

/** Returns the sentence of a reason. */
export type Say = (reason: Reason) => string;

/**
 * The sentence of each code, from the code's facts. `say` returns the sentence of a reason that is one of the facts.
 */
export type Sentences = { readonly [C in Code]: (facts: Extract<Reason, { code: C }>, say: Say) => string };
