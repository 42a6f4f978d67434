import { defined } from "../../core/model/defined.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { Outcome } from "../../core/model/types.ts";
import { type PublicOutcome, publicOutcome } from "../../wording/public-decision.ts";

/** An outcome as the ledger stores it: its public form, and the facts of its reason in addition to the code. */
export interface StoredOutcome extends PublicOutcome {
  /** A failure for good. */
  readonly final?: true;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export function storeOutcome(outcome: Outcome): StoredOutcome {
  if (outcome.reason === undefined) return publicOutcome(outcome);
  const { code: _, ...facts } = outcome.reason;
  return {
    ...publicOutcome(outcome),
    ...defined({ final: outcome.isFinal, facts: Object.keys(facts).length > 0 ? facts : undefined }),
  };
}

/** The outcome with its reason, for a delivery that continues the event. */
export function restoreOutcome({ do: action, outcome, code, final, facts }: StoredOutcome): Outcome {
  // Only Keyward writes the ledger, and it writes a code together with its facts.
  const reason = code === undefined ? undefined : ({ code, ...facts } as unknown as Reason);
  return { do: action, outcome, ...defined({ reason, isFinal: final }) };
}
