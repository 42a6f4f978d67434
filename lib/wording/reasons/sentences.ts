import type { Code, Reason } from "../../core/model/reason.ts";

/** Makes the sentence of a reason. */
export type Say = (reason: Reason) => string;

/** The sentence of each code, made of the code's facts; `say` makes the sentences of reasons among the facts. */
export type Sentences = { readonly [C in Code]: (facts: Extract<Reason, { code: C }>, say: Say) => string };
