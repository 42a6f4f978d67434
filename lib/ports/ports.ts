import type { ActionName } from "../catalogue/actions.ts";
import type { Canary } from "../core/model/canary.ts";
import type { Answer, LookUp } from "../core/model/look-up.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Decision } from "../core/model/types.ts";
import type { StopOrder, TagOrder } from "../core/plan/orders.ts";
import type { Mode } from "../policy/mode.ts";
import type { Policy } from "../policy/schema.ts";
import type { Mail } from "../wording/mail/mail.ts";
import type { Causes } from "./causes.ts";
import type { Ledger } from "./ledger.ts";
import type { Limiter } from "./limiter.ts";
import type { Parents } from "./parents.ts";

/** The result of one call to AWS, as far as the caller has to know it. */
export type Result =
  | { readonly is: "done"; readonly hadEffect?: true; readonly reason?: Reason }
  | ({ readonly is: "already-done"; readonly reason: Reason } & Effect)
  /** Not possible yet: the event comes back to the queue. */
  | ({ readonly is: "deferred"; readonly reason: Reason } & Effect)
  | ({ readonly is: "denied"; readonly reason: Reason } & Effect)
  /** `unanswered`: no answer arrived, so AWS may have done the action. */
  | ({
      readonly is: "failed";
      readonly reason: Reason;
      readonly retryable: boolean;
      readonly unanswered?: true;
    } & Effect);

interface Effect {
  /** A part was done all the same, or an earlier attempt of the SDK may have done it. */
  readonly hadEffect?: true;
}

/** A message to the operators, at most one of each kind in an hour. Users get other mails. */
export interface Alarm {
  readonly kind: "denied" | "limit" | "ledger" | "notice" | "control" | "topic";
  readonly reason: Reason;
}

/** The deliveries of a message. */
export interface Delivery {
  /** The number of receives, including this one. */
  readonly receives: number;
  /** The time when the message was first sent to the queue. */
  readonly sentAt: Date;
  /** It was in the dead-letter queue before. */
  readonly isRedriven: boolean;
  /** An event that is not finished now goes to the dead-letter queue. */
  readonly isLast: boolean;
}

/** How a canary arrived. */
export interface Arrival {
  /** The time when its message was first sent to the queue. */
  readonly sentAt: Date;
  /** The mode that is in force. */
  readonly mode: Mode;
}

/** The place where an unexpected error was caught. */
export type FaultAt =
  | { readonly messageId: string }
  | { readonly eventID: string; readonly action: ActionName }
  | { readonly lookUp: LookUp["ask"] }
  | { readonly list: string }
  | { readonly canary: Canary["is"] }
  | { readonly alarm: Alarm["kind"] };

/** Everything that enforcement needs from outside. Lambda, replay and tests differ only in the ports. */
export interface Ports {
  /** The policy that decides; its mode is the one in force. */
  readonly policy: Policy;
  readonly policyVersion: string;
  /** Stops that have waited since before this time are cancelled. */
  readonly cancelledBefore?: Date | undefined;
  readonly ledger: Ledger;
  readonly limiter: Limiter;
  readonly parents: Parents;
  readonly causes: Causes;
  now(): Date;
  /** Milliseconds since some start, by a clock that nobody sets. */
  elapsed(): number;
  /** Waits for a time in milliseconds. */
  wait(ms: number): Promise<void>;
  resolve(lookUp: LookUp): Promise<Answer>;
  tag(order: TagOrder): Promise<Result>;
  /** Publishes to a topic of the stack, by its name; without a name to the topic for users. */
  notify(mail: Mail, to?: string): Promise<Result>;
  stop(order: StopOrder): Promise<Result>;
  /** Sends the alarm to the operators, unless one of its kind was sent within the hour. Never fails. */
  alarm(alarm: Alarm): Promise<void>;
  /** Answers a test of the path: with an object, a log line, and a mail at most. Never fails, and is never repeated. */
  answerCanary(canary: Canary, arrival: Arrival): Promise<void>;
  /** Called once for each delivery, after acting. */
  record(decision: Decision): void;
  /** Called with each unexpected error, which only a bug throws. */
  recordFault(at: FaultAt, error: unknown): void;
}

/** The operations on a message that is not finished. */
export interface QueuePorts {
  /** Hides the message for a time in seconds. A failure only changes the wait. */
  changeVisibility(receiptHandle: string, seconds: number): Promise<void>;
  /** Sends the unchanged message to the dead-letter queue, with the reasons; false where that failed. */
  sendToDeadLetters(body: string, reasons: readonly Reason[]): Promise<boolean>;
}
