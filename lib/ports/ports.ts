import type { Answer, Decision, Question } from "../core/model/types.ts";
import type { StopOrder, TagOrder } from "../core/plan/plan.ts";
import type { Policy } from "../policy/schema.ts";
import type { Mail } from "../wording/mail.ts";
import type { Ledger } from "./ledger.ts";
import type { Limiter } from "./limiter.ts";
import type { Parents } from "./parents.ts";

/** How one call to AWS ended, in the terms that the caller can act on. */
export type Result =
  | { readonly is: "done" }
  | { readonly is: "already-done"; readonly because: string }
  /** Not possible yet: comes back to the queue. */
  | { readonly is: "deferred"; readonly because: string }
  | { readonly is: "denied"; readonly because: string }
  /** `unanswered`: it may have been done all the same. */
  | { readonly is: "failed"; readonly because: string; readonly retryable: boolean; readonly unanswered?: true };

/** What the operators are told, once an hour each; apart from the mails that users get. */
export interface Alarm {
  readonly kind: "denied" | "limit" | "ledger";
  readonly because: string;
}

/** How a message came: what tells a first delivery from a late one. */
export interface Delivery {
  /** How often the message has been received, this time included. */
  readonly receives: number;
  /** When it was first sent to the queue. */
  readonly sentAt: Date;
}

/** All that enforcement needs from outside; Lambda, replay and tests differ only in these. */
export interface Ports {
  readonly policy: Policy;
  readonly ledger: Ledger;
  readonly limiter: Limiter;
  readonly parents: Parents;
  now(): Date;
  /** Lets so many milliseconds pass. */
  wait(ms: number): Promise<void>;
  ask(question: Question): Promise<Answer>;
  tag(order: TagOrder): Promise<Result>;
  notify(mail: Mail): Promise<Result>;
  stop(order: StopOrder): Promise<Result>;
  /** Tells the operators, unless they have been told of the same within the hour. Never fails. */
  alarm(alarm: Alarm): Promise<void>;
  /** Called once per delivery, after acting. */
  record(decision: Decision): void;
  /** Called when handling a message threw, which only a bug does. */
  recordFault(messageId: string, error: unknown): void;
}

/** What is done with a message that is not finished. */
export interface QueuePorts {
  /** Hides it for so long; what fails here only shortens or lengthens the wait. */
  pause(receiptHandle: string, seconds: number): Promise<void>;
  /** Puts it, as it came, into the dead-letter queue with the reason; false where that did not work. */
  bury(body: string, reason: string): Promise<boolean>;
}
