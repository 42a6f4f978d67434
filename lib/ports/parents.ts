import type { Unavailable } from "./store.ts";

/** Decides which event acts for a parent, so that it has one mail and one stop for any number of children. */
export interface Parents {
  /** Claims a parent for an event. `other`: an earlier event has claimed it. */
  claim(
    arn: string,
    eventID: string,
  ): Promise<{ readonly is: "mine" } | { readonly is: "other"; readonly eventID: string } | Unavailable>;
}
