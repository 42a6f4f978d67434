import type { Code, Reason } from "../../core/model/reason.ts";

import type { SafeText } from "../../text/safe-text.ts";

/** Returns the sentence of a reason. */
export type Say = (reason: Reason) => SafeText;

/**
 * The sentence of each code, from the code's facts. `say` returns the sentence of a reason that is one of the facts. A
 * sentence is safe text, because all its facts are: quoted where a caller may have written them.
 */
export type Sentences = {
  readonly [C in Code]: (facts: SafeFacts<Extract<Reason, { code: C }>>, say: Say) => SafeText;
};

/** The facts of a reason, each string quoted, unless its type lists the words that it can be. */
export type SafeFacts<Facts> = { readonly [Name in keyof Facts]: SafeFact<Facts[Name]> };

type SafeFact<Fact> = Fact extends Reason | SafeText
  ? Fact
  : Fact extends readonly (infer Element)[]
    ? readonly SafeFact<Element>[]
    : Fact extends string
      ? string extends Fact
        ? SafeText
        : Fact
      : Fact extends number | boolean | null
        ? Fact
        : never;
