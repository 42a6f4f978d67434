import type { Reason } from "../core/model/reason.ts";
import type { Unavailable } from "./store.ts";

/** Limits the stops in an hour: each stop takes one of the hour's slots, and a slot can be taken only once. */
export interface Limiter {
  take(eventID: string, account: string): Promise<Taken>;
}

export type Taken =
  | { readonly is: "taken"; readonly slot: string }
  | { readonly is: "full"; readonly reason: Reason }
  | Unavailable;
