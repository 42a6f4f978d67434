import { isFinal, isSkipped, type Next, nextOf, outcomeOf, skippedOutcome } from "../actions/outcome.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/orders.ts";
import type { Known } from "../ports/ledger.ts";
import type { Delivery, Result } from "../ports/ports.ts";

/** How one action ended, and how the event continues for it. */
export interface Step {
  readonly outcome: Outcome;
  readonly next: Next;
}

/**
 * The step of an action that is skipped, or that an earlier delivery has finished. A failure for good is repeated only for
 * a message that operators have redriven.
 */
export function settledStep(
  action: PlannedAction,
  { earlier }: Pick<Known, "earlier">,
  { isRedriven }: Pick<Delivery, "isRedriven">,
): Step | undefined {
  if (isSkipped(action)) return { outcome: skippedOutcome(action), next: "done" };
  const before = earlier.find((outcome) => outcome.do === action.do);
  if (before?.isFinal && !isRedriven) return { outcome: before, next: "deadLetter" };
  return before && isFinal(before) ? { outcome: before, next: "done" } : undefined;
}

export const toStep = (action: Outcome["do"], result: Result): Step => ({
  outcome: outcomeOf(action, result),
  next: nextOf(result),
});
