import { isSkipped, outcomeOf, skippedOutcome } from "../actions/outcome.ts";
import { perform } from "../actions/table.ts";
import { actionOf } from "../catalogue/actions.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/orders.ts";
import type { Notices } from "../ports/ledger.ts";
import type { Delivery, Ports } from "../ports/ports.ts";
import { MAX_ATTEMPTS } from "./notices.ts";
import type { Acted, Task } from "./task.ts";

/**
 * The delivery that sends the mail, two minutes after the first. It is one only, because nothing records it; and not the
 * first, which may end before it comes to the ledger: a look-up has no answer yet, or S3 fails in another way.
 */
const NOTIFYING_RECEIVE = 2;

/** The notices of an event without an entry. */
export const NOT_ATTEMPTED: Notices = { first: 0, followUp: 0, owesFollowUp: false };

/**
 * The notices that were attempted before a delivery, from those of the event's entry. An earlier delivery may have sent
 * the mail without a ledger, also of an event that has an entry: that attempt is counted too, once.
 */
export function attemptedBefore({ receives, isRedriven }: Delivery, entry: Notices | undefined): Notices {
  const notices = entry ?? NOT_ATTEMPTED;
  if (notices.withoutLedgerCounted || (receives < NOTIFYING_RECEIVE && !isRedriven)) return notices;
  const mayBeMailed = isRedriven || receives > NOTIFYING_RECEIVE;
  const first = notices.first + (mayBeMailed ? 1 : 0);
  return { ...notices, first: Math.min(first, MAX_ATTEMPTS), withoutLedgerCounted: true };
}

/**
 * Acts while the ledger cannot be written. Nothing is tagged or stopped, because no record could show whether it was
 * done before; the mail is sent once. The event is delivered again until the ledger can be written.
 */
export async function actWithoutLedger(task: Task, answer: Reason, ports: Ports): Promise<Acted> {
  const { receives, isRedriven } = task.delivery;
  const reason: Reason = { code: "ledger-unavailable", answer };
  await ports.alarm({ kind: "ledger", reason });
  const outcomes: Outcome[] = [];
  const run = async (action: PlannedAction): Promise<Outcome> => {
    if (isSkipped(action)) return skippedOutcome(action);
    if (actionOf(action.do).withoutLedger === "waits") return { do: action.do, outcome: "deferred", reason };
    if (receives < NOTIFYING_RECEIVE) return { do: action.do, outcome: "deferred", reason };
    // Nothing says how often it was mailed before it was given up: the mail waits for the ledger.
    if (isRedriven) return { do: action.do, outcome: "deferred", reason };
    if (receives > NOTIFYING_RECEIVE) return { do: action.do, outcome: "skipped", reason: { code: "notified-before" } };
    return outcomeOf(action.do, await perform(action, { ...task, outcomes, ports, willRetry: true }));
  };
  for (const action of task.planned) outcomes.push(await run(action));
  return { outcomes, next: "retry" };
}
