import { isSkipped, outcomeOf, skippedOutcome } from "../actions/outcome.ts";
import { perform } from "../actions/table.ts";
import { actionOf } from "../catalogue/actions.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/orders.ts";
import type { Delivery, Ports } from "../ports/ports.ts";
import type { Acted, Task } from "./act.ts";

/**
 * Acts while the ledger cannot be written. Nothing is tagged or stopped, because no record could show whether it was
 * done before. The first delivery sends the mail. The event is delivered again until the ledger can be written.
 */
export async function actWithoutLedger(task: Task, answer: Reason, delivery: Delivery, ports: Ports): Promise<Acted> {
  const reason: Reason = { code: "ledger-unavailable", answer };
  await ports.alarm({ kind: "ledger", reason });
  const outcomes: Outcome[] = [];
  const run = async (action: PlannedAction): Promise<Outcome> => {
    if (isSkipped(action)) return skippedOutcome(action);
    if (actionOf(action.do).withoutLedger === "waits") return { do: action.do, outcome: "deferred", reason };
    if (delivery.receives > 1) return { do: action.do, outcome: "skipped", reason: { code: "notified-before" } };
    return outcomeOf(action.do, await perform(action, { ...task, outcomes, ports }));
  };
  for (const action of task.planned) outcomes.push(await run(action));
  return { outcomes, next: "retry" };
}
