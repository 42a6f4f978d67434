import type { Next } from "../actions/outcome.ts";
import type { Outcome } from "../core/model/types.ts";
import { decide } from "../core/plan/decide.ts";
import type { Claim } from "../ports/ledger.ts";
import type { Ports } from "../ports/ports.ts";
import type { Unavailable } from "../ports/store.ts";
import { followUp, reserve } from "./notices.ts";
import type { Task } from "./task.ts";

/** What was planned and is skipped. */
interface Skipped {
  readonly outcomes: readonly Outcome[];
  /** An event without an entry gets one. */
  readonly isNoted: boolean;
}

/**
 * An earlier delivery may have opened an entry for an event that nothing is done about any more: a key that was looked up
 * in vain, a policy or a mode that has changed. The message stays until the entry is closed.
 */
export async function settle(task: Task, { outcomes, isNoted }: Skipped, ports: Ports): Promise<Next> {
  const { ledger } = ports;
  const close = isNoted ? ledger.note : ledger.settle;
  const settled = await close(decide(task.judgement, isNoted ? outcomes : []), (known) => reserve(task, known));
  if (settled === "busy") return "retry";
  if (settled.is === "unavailable") return retryUnsettled(settled, ports);
  const next = settled.is === "claimed" ? await endAnnounced(task, settled.claim, outcomes, ports) : "done";
  if (next !== "done" || settled.actsFor === undefined) return next;
  // Else the events after this one would leave the stop of that run to it for ever.
  return (await ports.parents.release(settled.actsFor, task.event.eventID)) ? "done" : "retry";
}

async function retryUnsettled(settled: Unavailable, ports: Ports): Promise<Next> {
  if (!settled.retryable)
    await ports.alarm({ kind: "ledger", reason: { code: "ledger-unavailable", answer: settled.reason } });
  return "retry";
}

/** A mail has announced a stop that is not tried any more. Its reader waits for the follow-up. */
async function endAnnounced(task: Task, claim: Claim, outcomes: readonly Outcome[], ports: Ports): Promise<Next> {
  const { next, notices } = await followUp({ task, claim, outcomes, willRetry: false }, ports);
  const state = next === "done" ? "closed" : "waiting";
  return (await claim.save({ outcomes: claim.earlier, notices, state })) ? next : "retry";
}
