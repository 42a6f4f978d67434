import type { Place } from "../facts.ts";
import type { FindingCode, FindingFacts } from "../finding.ts";

/** A finding in words: the sentence, and what to do where there is something to do. */
export interface Words {
  readonly found: string;
  readonly todo?: string;
}

/** The words of each code. `at`: where the installation is, for commands. */
export type Wording = { readonly [C in FindingCode]: (facts: FindingFacts[C], at: Place) => Words };
