import type { ActionName } from "../../catalogue/actions.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, Resource, StateChange, Subject } from "../model/types.ts";

export interface Order {
  readonly resource: Resource;
  /** How to look the resource up; undefined where the event does not say enough. */
  readonly describe: { readonly operation: string; readonly input: Readonly<Record<string, string>> } | undefined;
  readonly account: string;
  readonly region: string;
}

/** Tag a resource; its ARN is looked up where the event had none. */
export interface TagOrder extends Order {
  readonly tags: Readonly<Record<string, string>>;
}

export interface StopOrder extends Order {
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
  /** For an inference experiment, whose Stop says what becomes of each: the variants that the event names. */
  readonly variants: readonly string[];
  /** A training job that keeps its instances after it stops: the warm pool, with the data on its volume, is ended too. */
  readonly endWarmPool: boolean;
  /** Makes a repeated Stop the same Stop, where the operation takes a token. */
  readonly token: string;
  /** The name was read from an ARN, whose case may differ: an answer of "not found" proves nothing. */
  readonly nameFromArn?: true;
}

/** The actions that need an order: the parameters of their calls. The others need only the event and its judgement. */
export interface Orders {
  readonly tag: TagOrder;
  readonly stop: StopOrder;
}

/** An action that is to be done. */
export type WantedAction<A extends ActionName = ActionName> = {
  readonly [K in A]: { readonly do: K } & (K extends keyof Orders ? { readonly order: Orders[K] } : unknown);
}[A];

export interface SkippedAction {
  readonly do: ActionName;
  /** Why an action that the policy names is left out. */
  readonly skip: Reason;
}

export type PlannedAction = WantedAction | SkippedAction;

/** What an order is made from. */
export interface OrderSource {
  readonly event: ApiCall | StateChange;
  readonly subject: Subject;
  readonly judgement: Judgement;
  /** When it was judged. */
  readonly at: Date;
}

/** An order, or the reason why the action is left out. */
export type Ordered<O> = { readonly order: O } | { readonly skip: Reason };
