import type { ActionName } from "../catalogue/actions.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Answer, Decision, LookUp } from "../core/model/types.ts";
import type { StopOrder, TagOrder } from "../core/plan/orders.ts";
import type { Policy } from "../policy/schema.ts";
import type { Mail } from "../wording/mail/mail.ts";
import type { Ledger } from "./ledger.ts";
import type { Limiter } from "./limiter.ts";
import type { Parents } from "./parents.ts";

/** How one call to AWS ended, in terms that the caller can act on. */
export type Result =
  | { readonly is: "done" }
  | { readonly is: "already-done"; readonly reason: Reason }
  /** Not possible yet: the event comes back to the queue. */
  | { readonly is: "deferred"; readonly reason: Reason }
  | { readonly is: "denied"; readonly reason: Reason }
  /** `unanswered`: no answer came, so AWS may have done it all the same. */
  | { readonly is: "failed"; readonly reason: Reason; readonly retryable: boolean; readonly unanswered?: true };

/** A message to the operators, at most one of each kind in an hour. Users get other mails. */
export interface Alarm {
  readonly kind: "denied" | "limit" | "ledger";
  readonly reason: Reason;
}

/** How often and since when a message has been delivered. */
export interface Delivery {
  /** How often the message has been received, this time included. */
  readonly receives: number;
  /** When it was first sent to the queue. */
  readonly sentAt: Date;
}

/** Where an unexpected error was caught. */
export type FaultAt =
  | { readonly messageId: string }
  | { readonly eventID: string; readonly action: ActionName }
  | { readonly lookUp: LookUp["ask"] }
  | { readonly list: string }
  | { readonly alarm: Alarm["kind"] };

/** All that enforcement needs from outside; Lambda, replay and tests differ only in these. */
export interface Ports {
  readonly policy: Policy;
  readonly ledger: Ledger;
  readonly limiter: Limiter;
  readonly parents: Parents;
  now(): Date;
  /** Waits for so many milliseconds. */
  wait(ms: number): Promise<void>;
  resolve(lookUp: LookUp): Promise<Answer>;
  tag(order: TagOrder): Promise<Result>;
  notify(mail: Mail): Promise<Result>;
  stop(order: StopOrder): Promise<Result>;
  /** Sends the alarm to the operators, unless one of its kind was sent within the hour. Never fails. */
  alarm(alarm: Alarm): Promise<void>;
  /** Called once for each delivery, after acting. */
  record(decision: Decision): void;
  /** Called with each unexpected error, which only a bug throws. */
  recordFault(at: FaultAt, error: unknown): void;
}

/** What is done with a message that is not finished. */
export interface QueuePorts {
  /** Hides the message for so many seconds. A failure only shortens or lengthens the wait. */
  changeVisibility(receiptHandle: string, seconds: number): Promise<void>;
  /** Sends the unchanged message to the dead-letter queue, with the reasons; false where that did not work. */
  sendToDeadLetters(body: string, reasons: readonly Reason[]): Promise<boolean>;
}
