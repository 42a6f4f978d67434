import { perform } from "../actions/table.ts";
import { actionOf } from "../catalogue/actions.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction, WantedAction } from "../core/plan/orders.ts";
import type { Claim, Notices } from "../ports/ledger.ts";
import type { Ports } from "../ports/ports.ts";
import { followUp, type Notifying, notifyOf } from "./notices.ts";
import { type Step, settledStep, toStep } from "./step.ts";
import type { Acted, Task } from "./task.ts";
import { withSlot } from "./with-slot.ts";

interface Progress {
  readonly steps: readonly Step[];
  readonly notices: Notices;
  /** A follow-up beside the planned actions has to be sent again. */
  readonly isOpen?: boolean;
}

/**
 * Does the planned actions under a claim: first the actions that are done together, then the last ones, which report
 * the outcomes of the others. An action that an earlier delivery finished is not repeated. All failures are reported.
 * The claim has counted the notice of this delivery already, so the ledger is written once more, at the end.
 */
export async function act(task: Task, claim: Claim, ports: Ports): Promise<Acted> {
  const inTurn = (turn: "together" | "last") => task.planned.filter((action) => actionOf(action.do).turn === turn);
  const together = await Promise.all(inTurn("together").map((action) => actOne(action, task, claim, ports)));
  let progress: Progress = { steps: together, notices: claim.before };
  for (const action of inTurn("last")) progress = await actLast(action, progress, { task, claim }, ports);
  if (!task.planned.some((action) => actionOf(action.do).countsAttempts))
    progress = await owedFollowUp(progress, { task, claim }, ports);
  await alarmIfDenied(progress.steps, claim, ports);
  return close(progress, claim);
}

async function close({ steps, notices, isOpen = false }: Progress, claim: Claim): Promise<Acted> {
  const outcomes = outcomesOf(steps);
  const next = isOpen ? "retry" : worst(steps);
  // After a failure for good the entry stays open, so that a redriven message continues it.
  const saved = await claim.save({ outcomes, notices, state: next === "done" ? "closed" : "waiting" });
  return { outcomes, next: saved ? next : "retry" };
}

async function actOne(action: PlannedAction, task: Task, claim: Claim, ports: Ports): Promise<Step> {
  const settled = settledStep(action, claim, task.delivery);
  if (settled) return settled;
  const wanted = action as WantedAction;
  const run = () => perform(wanted, { ...task, outcomes: [], ports });
  const { takesSlot } = actionOf(action.do);
  return toStep(action.do, takesSlot ? await withSlot(wanted, { ...task, claim }, ports, run) : await run());
}

/** Does one of the last actions. If people would notice a repetition, it is a notice, which the ledger counts. */
async function actLast(
  action: PlannedAction,
  { steps, notices }: Progress,
  { task, claim }: Pick<Notifying, "task" | "claim">,
  ports: Ports,
): Promise<Progress> {
  const outcomes = outcomesOf(steps);
  if (!actionOf(action.do).countsAttempts) {
    const settled = settledStep(action, claim, task.delivery);
    const result = settled ?? toStep(action.do, await perform(action as WantedAction, { ...task, outcomes, ports }));
    return { steps: [...steps, result], notices };
  }
  const notified = await notifyOf(action, { task, claim, outcomes, willRetry: willRetry(steps) }, ports);
  return { steps: [...steps, notified.step], notices: notified.notices };
}

/** A follow-up that is owed although the policy wants no mail about the event any more. */
async function owedFollowUp(
  { steps, notices }: Progress,
  under: Pick<Notifying, "task" | "claim">,
  ports: Ports,
): Promise<Progress> {
  if (!notices.owesFollowUp) return { steps, notices };
  const sent = await followUp({ ...under, outcomes: outcomesOf(steps), willRetry: willRetry(steps) }, ports);
  return { steps, notices: sent.notices, isOpen: sent.next === "retry" };
}

/** Only a stop is announced: people do not wait for a tag. */
const willRetry = (steps: readonly Step[]): boolean =>
  steps.some(({ outcome, next }) => outcome.do === "stop" && next === "retry");

const outcomesOf = (steps: readonly Step[]): Outcome[] => steps.map(({ outcome }) => outcome);

/** An alarm for what was denied just now; what an earlier delivery was denied has had its alarm. */
async function alarmIfDenied(steps: readonly Step[], { earlier }: Claim, ports: Ports): Promise<void> {
  const known = (action: string) => earlier.some((one) => one.do === action && one.outcome === "denied");
  const denied = steps.map(({ outcome }) => outcome).find((one) => one.outcome === "denied" && !known(one.do));
  if (!denied?.reason) return;
  await ports.alarm({
    kind: "denied",
    reason: { code: "denied-action", action: denied.do, answer: denied.reason },
  });
}

/** An event with a remaining action is delivered again. A failure for good counts only where no action remains. */
function worst(steps: readonly Step[]): Step["next"] {
  if (steps.some(({ next }) => next === "retry")) return "retry";
  return steps.some(({ next }) => next === "deadLetter") ? "deadLetter" : "done";
}
