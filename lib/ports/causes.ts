import type { Cause } from "../core/plan/cause-of.ts";
import type { Unavailable } from "./store.ts";

/** Which event of a cause is mailed; the others are counted. The state is next to the ledger (docs/ledger.md). */
export interface Causes {
  /**
   * Asks for an event whose cause is another resource. `stops`: something is stopped because of it, which its user must
   * know. Asked again for the same event, it gives the same answer.
   */
  take(cause: Cause, eventID: string, stops: boolean): Promise<MailTurn>;
  /** Notes that the mail of an event about the cause itself went out. */
  noteMail(cause: Cause, eventID: string, stops: boolean): Promise<void>;
  /** Takes back a turn whose mail did not go out, or may not have: the cause counts as not mailed by it. */
  giveBack(cause: Cause, eventID: string): Promise<void>;
}

export type MailTurn =
  /** The first mail, or with `since` a further one. */
  | { readonly is: "mail"; readonly since?: MailedBefore }
  /** The last mail was about event `eventID`; `count` events have been counted since. */
  | { readonly is: "counted"; readonly eventID: string; readonly count: number }
  /** Each time, another event of the cause changed the state first. */
  | { readonly is: "busy" }
  | Unavailable;

export interface MailedBefore {
  /** When the last mail about the cause went out: ISO 8601, UTC. */
  readonly mailed: string;
  /** The number of events since then, this one included. */
  readonly events: number;
}
