import type { ActionName } from "../../catalogue/actions.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, Resource, StateChange, Subject } from "../model/types.ts";

/** The parameters of an action on a resource. */
export interface Order {
  readonly resource: Resource;
  /** The Describe call for the resource; `undefined` if the event does not have the members for it. */
  readonly describe: { readonly operation: string; readonly input: Readonly<Record<string, string>> } | undefined;
  readonly account: string;
  readonly region: string;
  /** The call was made minutes ago: an answer of "not found" can mean that the resource is not there yet. */
  readonly isNew?: true;
}

/** Tag a resource. Its ARN is looked up if the event has none. */
export interface TagOrder extends Order {
  readonly tags: Readonly<Record<string, string>>;
}

/** Stop a resource. */
export interface StopOrder extends Order {
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
  /** The variants of an inference experiment, from the event. Its Stop call needs an action for each. */
  readonly variants: readonly string[];
  /**
   * The training job keeps its instances as a warm pool, with the data on their volumes. The stop ends that pool too.
   */
  readonly endWarmPool: boolean;
  /** The client token, if the operation has one. With it, a repeated Stop has no second effect. */
  readonly token: string;
  /**
   * The name is from an ARN, which may differ from the real name in case. So "not found" does not prove that it is
   * gone.
   */
  readonly nameFromArn?: true;
}

/** The actions that need an order. The others need only the event and its judgement. */
export interface Orders {
  readonly tag: TagOrder;
  readonly stop: StopOrder;
}

/** An action to do, with its order if it needs one. */
export type WantedAction<A extends ActionName = ActionName> = {
  readonly [K in A]: { readonly do: K } & (K extends keyof Orders ? { readonly order: Orders[K] } : unknown);
}[A];

export interface SkippedAction {
  readonly do: ActionName;
  /** The reason why the action is not done although the policy names it. */
  readonly skip: Reason;
}

export type PlannedAction = WantedAction | SkippedAction;

/** The input for an order. */
export interface OrderSource {
  readonly event: ApiCall | StateChange;
  readonly subject: Subject;
  readonly judgement: Judgement;
  /** The time of the judgement. */
  readonly at: Date;
}

/** An order, or the reason why the action is not done. */
export type Ordered<O> = { readonly order: O } | { readonly skip: Reason };
