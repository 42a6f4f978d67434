import type { Unavailable } from "./store.ts";

/** Which event acts for a parent: one mail and one stop for it, however many children it has. */
export interface Parents {
  /** Claims a parent for an event. `other`: an earlier event has claimed it. */
  claim(
    arn: string,
    eventID: string,
  ): Promise<{ readonly is: "mine" } | { readonly is: "other"; readonly eventID: string } | Unavailable>;
}
