import type { ActionName } from "../catalogue/actions.ts";
import { defined } from "../core/model/defined.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction, SkippedAction } from "../core/plan/orders.ts";
import type { Result } from "../ports/ports.ts";

/**
 * How an event continues: it is finished, it is delivered again for the remaining actions, or it has failed for good.
 */
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
  ...defined({
    reason: "reason" in result ? result.reason : undefined,
    isFinal: result.is === "failed" && !result.retryable ? (true as const) : undefined,
  }),
});

/** How an event continues after the result of one action. */
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

/** Whether no later delivery repeats the action. */
export const isFinal = ({ outcome }: Outcome): boolean => outcome !== "deferred" && outcome !== "failed";
