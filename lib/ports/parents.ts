import type { ApiCall } from "../core/model/types.ts";
import type { Unavailable } from "./store.ts";

/** Decides which event acts for a parent, so that each run of it has one mail and one stop for any number of children. */
export interface Parents {
  /** Claims the run of a parent that an event belongs to. `other`: an earlier event has claimed it. */
  claim(
    arn: string,
    event: Pick<ApiCall, "eventID" | "eventTime">,
  ): Promise<ParentClaim | { readonly is: "other"; readonly eventID: string } | Unavailable>;
  /** Ends the claim of an event that wants no stop any more, so that a later event may try. False where that is not certain. */
  release(arn: string, eventID: string): Promise<boolean>;
}

export interface ParentClaim {
  readonly is: "mine";
  /**
   * Notes that this run of the parent has ended: it was stopped, or it was not running any more. Or that the event does
   * not try to stop it any more.
   */
  noteEnd(): Promise<void>;
}
