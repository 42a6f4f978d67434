import { isSkipped, outcomeOf, skippedOutcome } from "../actions/outcome.ts";
import { perform } from "../actions/table.ts";
import { actionOf } from "../catalogue/actions.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/orders.ts";
import type { Ports } from "../ports/ports.ts";
import type { Acted, Task } from "./act.ts";

/**
 * The deliveries that send the mail. A delivery before the sixth may have ended before it came to the ledger, and told
 * nobody: a look-up had no answer yet. Two at most, because nothing records them.
 */
const NOTIFYING_RECEIVES: readonly number[] = [1, 6];
/** Far more than the events that wait while a ledger cannot be written. */
const MAX_REMEMBERED = 10_000;

/** The events that a container has mailed without its ledger. */
const mailedBy = new WeakMap<Ports["ledger"], Set<string>>();

/**
 * Acts while the ledger cannot be written. Nothing is tagged or stopped, because no record could show whether it was
 * done before; the mail is sent. The event is delivered again until the ledger can be written.
 */
export async function actWithoutLedger(task: Task, answer: Reason, ports: Ports): Promise<Acted> {
  const { event, delivery } = task;
  const reason: Reason = { code: "ledger-unavailable", answer };
  await ports.alarm({ kind: "ledger", reason });
  const outcomes: Outcome[] = [];
  const mailed = mailedBy.get(ports.ledger) ?? new Set<string>();
  mailedBy.set(ports.ledger, mailed);
  const mayNotify = NOTIFYING_RECEIVES.includes(delivery.receives) && !mailed.has(event.eventID);
  const run = async (action: PlannedAction): Promise<Outcome> => {
    if (isSkipped(action)) return skippedOutcome(action);
    if (actionOf(action.do).withoutLedger === "waits") return { do: action.do, outcome: "deferred", reason };
    if (!mayNotify) return { do: action.do, outcome: "skipped", reason: { code: "notified-before" } };
    if (mailed.size >= MAX_REMEMBERED) mailed.clear();
    mailed.add(event.eventID);
    return outcomeOf(action.do, await perform(action, { ...task, outcomes, ports, willRetry: true }));
  };
  for (const action of task.planned) outcomes.push(await run(action));
  return { outcomes, next: "retry" };
}
