import type { ActionName } from "../catalogue/actions.ts";
import { defined } from "../core/model/defined.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction, SkippedAction } from "../core/plan/orders.ts";
import type { Result } from "../ports/ports.ts";

/** What becomes of an event: it is finished, it comes back for what is left, or it has failed for good. */
export type Next = "done" | "retry" | "deadLetter";

export const isSkipped = (action: PlannedAction): action is SkippedAction => "skip" in action;

export const skippedOutcome = ({ do: action, skip }: SkippedAction): Outcome => ({
  do: action,
  outcome: "skipped",
  reason: skip,
});

export const outcomeOf = (action: ActionName, result: Result): Outcome => ({
  do: action,
  outcome: result.is,
  ...defined({ reason: "reason" in result ? result.reason : undefined }),
});

/** What the result of one action means for its event. */
export function nextOf(result: Result): Next {
  switch (result.is) {
    case "done":
    case "already-done":
    case "denied":
      return "done";
    case "deferred":
      return "retry";
    case "failed":
      return result.retryable ? "retry" : "deadLetter";
    default:
      return result satisfies never;
  }
}

/** Whether a later delivery leaves the action as it is. */
export const isFinal = ({ outcome }: Outcome): boolean => outcome !== "deferred" && outcome !== "failed";
