import type { Decision, Outcome } from "../core/model/types.ts";
import type { Unavailable } from "./store.ts";

/**
 * One entry per event that something is done about, claimed before the first action and updated after each: what makes
 * duplicates, retries and crashes harmless, and the audit trail.
 */
export interface Ledger {
  open(decision: Decision): Promise<Opened>;
}

export type Opened =
  | { readonly is: "claimed"; readonly claim: Claim }
  /** Finished before, with these outcomes. */
  | { readonly is: "closed"; readonly outcomes: readonly Outcome[] }
  /** Another delivery of the same event is at work on it. */
  | { readonly is: "busy" }
  | Unavailable;

export interface Claim {
  /** How the actions stood when the event was last worked on. */
  readonly earlier: readonly Outcome[];
  /** The limiter's slot that the stop has already been given. */
  readonly slot: string | undefined;
  /** How many mails were sent without an answer, and so may or may not have gone out. */
  readonly unanswered: number;
  /** Writes how the actions stand; false where the claim has been lost, or cannot be written any more. */
  save(progress: Progress): Promise<boolean>;
}

export interface Progress {
  readonly outcomes: readonly Outcome[];
  readonly slot: string | undefined;
  readonly unanswered: number;
  /** `working` keeps the claim, `waiting` gives it up for a later delivery, `closed` ends it. */
  readonly state: "working" | "waiting" | "closed";
}
