import type { Unavailable } from "./store.ts";

/** At most so many stops an hour: each stop takes one of the hour's slots, which only one can have. */
export interface Limiter {
  take(eventID: string, account: string): Promise<Taken>;
}

export type Taken =
  | { readonly is: "taken"; readonly slot: string }
  | { readonly is: "full"; readonly because: string }
  | Unavailable;
