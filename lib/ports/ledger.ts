import type { Decision, Outcome } from "../core/model/types.ts";
import type { Unavailable } from "./store.ts";

/**
 * One entry for each event that needs an action. It is claimed before the first action and updated after each. It makes
 * duplicates, retries and crashes harmless, and it is the audit trail.
 */
export interface Ledger {
  open(decision: Decision): Promise<Opened>;
}

export type Opened =
  | { readonly is: "claimed"; readonly claim: Claim }
  /** An earlier delivery finished the event, with these outcomes. */
  | { readonly is: "closed"; readonly outcomes: readonly Outcome[] }
  /** Another delivery of the same event works on it. */
  | { readonly is: "busy" }
  | Unavailable;

export interface Claim {
  /** The outcomes of the last delivery that worked on the event. */
  readonly earlier: readonly Outcome[];
  /** The limiter's slot that the stop has already taken. */
  readonly slot: string | undefined;
  /** The number of mails that were sent without an answer. Each may have arrived. */
  readonly unanswered: number;
  /** Writes the outcomes so far; false where the claim has been lost, or the entry cannot be written any more. */
  save(progress: Progress): Promise<boolean>;
}

export interface Progress {
  readonly outcomes: readonly Outcome[];
  readonly slot: string | undefined;
  readonly unanswered: number;
  /** `working` keeps the claim, `waiting` releases it for a later delivery, `closed` ends it. */
  readonly state: "working" | "waiting" | "closed";
}
