/** The source and the detail type of the event that `keyward canary` sends. The stack's CanaryRule matches them. */
export const CANARY_SOURCE = "keyward.canary";
export const CANARY_DETAIL_TYPE = "Keyward canary";

/**
 * The call of `keyward canary --real`. A lifecycle configuration without a script holds nothing, costs nothing and does
 * nothing, the rule for calls matches it, and Keyward judges it as a call without data.
 */
export const CANARY_CALL = "CreateNotebookInstanceLifecycleConfig";
export const canaryName = (id: string): string => `keyward-canary-${id}`;

/**
 * A test of the path. `event`: somebody sent it with PutEvents. `schedule`: the stack's own schedule sent it. `call`:
 * somebody called SageMaker, and the call carries the mark.
 */
export interface Canary {
  readonly is: "event" | "schedule" | "call";
  /** A UUID: nothing else of the event is used. It is a claim, like everything that a caller chose. */
  readonly id: string;
}

/**
 * The object in the ledger's bucket that a canary leaves. Each kind has a folder of its own, so that an event, which
 * anybody may send, cannot stand in for a call, which has to pass the trail.
 */
export const canaryKey = ({ is, id }: Canary): string => `canary/${is}/${id}.json`;

/** What the object says. Times are in ISO 8601. */
export interface CanaryNote {
  readonly id: string;
  /** When it was sent to the queue, by SQS. */
  readonly sentAt: string;
  /** When the function received it, by the function's clock. */
  readonly receivedAt: string;
  /** When the object was first written, by S3. Absent until the mail has its outcome. */
  readonly writtenAt?: string;
  readonly mail: CanaryMail;
}

export type CanaryMail =
  /** A schedule and a call send none. */
  | { readonly is: "none" }
  /** It is sent next. */
  | { readonly is: "due" }
  | { readonly is: "sent"; readonly at: string }
  /** So many canary mails were sent in this hour, and no more are. */
  | { readonly is: "limited"; readonly perHour: number }
  | { readonly is: "failed"; readonly code: string; readonly because: string };
