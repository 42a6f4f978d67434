import type { Unavailable } from "./store.ts";

/** Which event speaks for a parent: one mail and one stop for it, however many children it has. */
export interface Parents {
  /** `other`: an earlier event does already. */
  speakFor(
    arn: string,
    eventID: string,
  ): Promise<{ readonly is: "mine" } | { readonly is: "other"; readonly eventID: string } | Unavailable>;
}
