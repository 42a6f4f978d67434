import type { Reason } from "../core/model/reason.ts";
import type { Unavailable } from "./store.ts";

/** Limits the stops in an hour: a Stop is sent only with a slot of the hour in which it takes effect. */
export interface Limiter {
  take(request: SlotRequest): Promise<Taken>;
  /** Gives a slot back whose Stop had no effect. A failure only leaves one slot less in that hour. */
  giveBack(slot: Slot): Promise<void>;
}

export interface SlotRequest {
  readonly account: string;
  /** Different for each Stop that is sent, and the same for a repeated request. */
  readonly id: string;
  /** Who made the call: the issuer of the session, or the principal. */
  readonly principal: string;
  /** The time of the store, as far as it is known. */
  readonly near: Date;
}

export interface Slot {
  readonly id: string;
  /** The objects that hold the slot: one for each hour in which the Stop can take effect. */
  readonly keys: readonly string[];
}

export type Taken =
  | { readonly is: "taken"; readonly slot: Slot }
  /** No slot is left in this hour: for anybody, or for this principal. */
  | { readonly is: "full"; readonly reason: Reason }
  /** Other containers were faster each time. */
  | { readonly is: "busy"; readonly reason: Reason }
  | Unavailable;
