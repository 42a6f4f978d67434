import type { Decision, Outcome, TagClaim } from "../core/model/types.ts";
import type { Unavailable } from "./store.ts";

/**
 * One entry for each event that needs an action. It is claimed before the first action and updated after the last. It
 * makes duplicates, retries and crashes harmless, and it is the audit trail. docs/protocol.md has the rules.
 */
export interface Ledger {
  /**
   * Claims the event. `attempted` gives the notices that were attempted before this delivery, from those of the entry, if
   * there is one. `reserve` gives the notices with the one that this delivery may send; the claim itself counts it.
   */
  open(
    decision: Decision,
    attempted: (entry: Notices | undefined) => Notices,
    reserve: (known: Known) => Notices,
  ): Promise<Opened>;
  /**
   * Closes the entry of an event that nothing is done about any more; an event without an entry gets none. `busy`:
   * another delivery works on it. An entry that owes a follow-up is claimed instead, as `open` does.
   */
  settle(decision: Decision, reserve: (known: Known) => Notices): Promise<Settled>;
  /** Like `settle`, but an event without an entry gets one, which is closed: it says what would have been done. */
  note(decision: Decision, reserve: (known: Known) => Notices): Promise<Settled>;
  /**
   * Whether an entry proves what a resource's tags say: that it was reported as non-compliant. Undefined where the ledger
   * cannot be read.
   */
  hasReported(tagged: TagClaim, resource: Reported): Promise<boolean | undefined>;
}

/** The resource that its tags say was reported. */
export interface Reported {
  readonly account: string;
  readonly region: string;
  readonly kind: string;
  readonly name: string;
  /** An entry about an earlier resource of the same name proves nothing. */
  readonly createdAt?: Date;
}

export type Settled =
  | ({ readonly is: "settled" } & Acting)
  | (Extract<Opened, { is: "claimed" }> & Acting)
  | "busy"
  | Unavailable;

/** For whom an earlier delivery may have claimed a parent without an end: its stop was not done. */
interface Acting {
  /** The ARN of the parent, or of the resource itself. */
  readonly actsFor?: string;
}

/** What the entry says of earlier deliveries. */
export interface Known {
  /** The outcomes of the last delivery that worked on the event. */
  readonly earlier: readonly Outcome[];
  readonly notices: Notices;
}

/**
 * The notices of an event. Each may be published twice: a count is raised before the attempt, and lowered only where it
 * is certain that nothing was published.
 */
export interface Notices {
  readonly first: number;
  readonly followUp: number;
  /** The first notice said that the stop is tried again, so a follow-up is due. */
  readonly owesFollowUp: boolean;
  /** `first` holds the mail that one delivery sends where it has no ledger, or that delivery had one. */
  readonly withoutLedgerCounted?: true;
}

export type Opened =
  | { readonly is: "claimed"; readonly claim: Claim }
  /** An earlier delivery finished the event, with these outcomes. */
  | { readonly is: "closed"; readonly outcomes: readonly Outcome[] }
  /** Another delivery of the same event works on it. */
  | { readonly is: "busy" }
  | Unavailable;

export interface Claim extends Known {
  /** The notices before this claim reserved its own. */
  readonly before: Notices;
  /** How many deliveries have claimed the event, this one included. */
  readonly attempt: number;
  /** The time of the store when it was claimed. */
  readonly at: Date;
  /** Whether the lease has not ended, so that no other delivery can have taken the claim over. */
  isHeld(): boolean;
  /** Writes the outcomes; false where the claim has been lost, or the entry cannot be written any more. */
  save(progress: Progress): Promise<boolean>;
}

export interface Progress {
  readonly outcomes: readonly Outcome[];
  readonly notices: Notices;
  /** `waiting` releases the claim for a later delivery, `closed` ends it. */
  readonly state: "waiting" | "closed";
}
