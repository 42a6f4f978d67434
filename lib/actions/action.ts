import type { ActionName } from "../catalogue/actions.ts";
import type { Kind } from "../catalogue/vocabulary.ts";
import type { ApiCall, Judgement, Outcome, StateChange } from "../core/model/types.ts";
import type { WantedAction } from "../core/plan/orders.ts";
import type { Ports, Result } from "../ports/ports.ts";
import type { RepeatedCause } from "../wording/mail/mail-text.ts";

/**
 * How one action is done. `lib/catalogue/actions.ts` says when the action is done and in which turn. `lib/core/plan`
 * makes the order of an action that needs one.
 */
export interface Action<A extends ActionName> {
  /** Does the action once. AWS's failures are results; only a bug throws. */
  perform(action: WantedAction<A>, context: Context): Promise<Result>;
  readonly permissions: Permissions;
}

/** Everything that an action may use in addition to its order. */
export interface Context {
  readonly event: ApiCall | StateChange;
  readonly judgement: Judgement;
  /** The outcomes of the actions before this one; empty for the actions that are done together. */
  readonly outcomes: readonly Outcome[];
  readonly ports: Ports;
  /** The cause that was mailed before, where this is a further mail about it. */
  readonly repeated?: RepeatedCause;
  /** An action that did not succeed is tried again, and a follow-up says how it ended. */
  readonly willRetry?: true;
  /** The event was mailed before; this says how its stop ended. */
  readonly isFollowUp?: true;
  /** An attempt to stop it had no answer, or stopped only a part. */
  readonly mayBeStopped?: true;
}

/** The IAM permissions that an action needs. */
export type Permissions =
  /** SageMaker's operations on resources of a kind; `npm run build` grants them. */
  | { readonly on: "kinds"; readonly operations: (kind: Kind) => readonly string[] }
  /** IAM actions on the stack's own resources; `serverless.yml` grants them, and a test looks for them there. */
  | { readonly on: "stack"; readonly actions: readonly string[] };
