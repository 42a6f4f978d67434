import type { Mail } from "../core/message.ts";
import type { StopOrder, TagOrder } from "../core/plan.ts";
import type { Policy } from "../core/policy.ts";
import type { Answer, Decision, Outcome, Question } from "../core/types.ts";

/** How one call to AWS ended, in the terms that the caller can act on. */
export type Result =
  | { readonly is: "done" }
  | { readonly is: "already-done"; readonly because: string }
  /** Not possible yet: comes back to the queue. */
  | { readonly is: "deferred"; readonly because: string }
  | { readonly is: "denied"; readonly because: string }
  | { readonly is: "failed"; readonly because: string; readonly retryable: boolean };

/** What was done about an event when it was delivered before. */
export interface Journal {
  earlier(eventID: string): readonly Outcome[];
  remember(eventID: string, outcomes: readonly Outcome[]): void;
}

/** All that enforcement needs from outside; Lambda, replay and tests differ only in these. */
export interface Ports {
  readonly policy: Policy;
  readonly journal: Journal;
  now(): Date;
  ask(question: Question): Promise<Answer>;
  tag(order: TagOrder): Promise<Result>;
  notify(mail: Mail): Promise<Result>;
  stop(order: StopOrder): Promise<Result>;
  /** Called once per delivery, after acting. */
  record(decision: Decision): void;
  /** Called when handling a message threw, which only a bug does. */
  recordFault(messageId: string, error: unknown): void;
}
