import { isFinal, isSkipped, type Next, nextOf, outcomeOf, skippedOutcome } from "../actions/outcome.ts";
import { perform } from "../actions/table.ts";
import { actionOf } from "../catalogue/actions.ts";
import { defined } from "../core/model/defined.ts";
import type { ApiCall, Judgement, Outcome, StateChange } from "../core/model/types.ts";
import type { PlannedAction, WantedAction } from "../core/plan/orders.ts";
import type { Claim } from "../ports/ledger.ts";
import type { Ports, Result } from "../ports/ports.ts";
import { endTurn, type Turn, takeTurn } from "./mail-turn.ts";
import { takeSlot } from "./take-slot.ts";

/** One event, its judgement, and the actions that are planned for it. */
export interface Task {
  readonly event: ApiCall | StateChange;
  readonly judgement: Judgement;
  readonly planned: readonly PlannedAction[];
}

export interface Acted {
  readonly outcomes: readonly Outcome[];
  readonly next: Next;
}

/** A mail that may have arrived is sent once more, and then never again. */
const MAX_UNANSWERED = 2;

interface Step {
  readonly outcome: Outcome;
  readonly next: Next;
}

/** The progress of the actions. */
interface Progress {
  readonly steps: readonly Step[];
  readonly slot: string | undefined;
  readonly unanswered: number;
}

/**
 * Does the planned actions under a claim: first the actions that are done together, then the last ones, which report
 * the outcomes of the others. An action that an earlier delivery finished is not repeated. All failures are reported.
 * The ledger is written after each turn.
 */
export async function act(task: Task, claim: Claim, ports: Ports): Promise<Acted> {
  const inTurn = (turn: "together" | "last") => task.planned.filter((action) => actionOf(action.do).turn === turn);
  let progress = await actTogether(inTurn("together"), task, claim, ports);
  for (const action of inTurn("last")) {
    const after = await actLast(action, progress, task, claim, ports);
    // The claim is lost: another delivery has taken it and does the remaining actions.
    if (after === "lost") return { outcomes: outcomesOf(progress.steps), next: "retry" };
    progress = after;
  }
  await alarmIfDenied(progress.steps, ports);
  return close(progress, claim);
}

async function close({ steps, slot, unanswered }: Progress, claim: Claim): Promise<Acted> {
  const outcomes = outcomesOf(steps);
  const next = worst(steps);
  const saved = await claim.save({
    outcomes,
    slot,
    unanswered: next === "deadLetter" ? 0 : unanswered,
    // After a failure for good the entry stays open, so that a redriven message continues it.
    state: next === "done" ? "closed" : "waiting",
  });
  return { outcomes, next: saved ? next : "retry" };
}

async function actTogether(
  planned: readonly PlannedAction[],
  task: Task,
  claim: Claim,
  ports: Ports,
): Promise<Progress> {
  let { slot } = claim;
  const run = async (action: PlannedAction): Promise<Step> => {
    const settled = settledStep(action, claim);
    if (settled) return settled;
    const wanted = action as WantedAction;
    if (actionOf(action.do).takesSlot) {
      const taken = await takeSlot(slot, wanted, task.event, ports);
      if (taken.is === "none") return toStep(action.do, taken.result);
      slot = taken.slot;
    }
    return toStep(action.do, await perform(wanted, { ...task, outcomes: [], ports }));
  };
  const steps = await Promise.all(planned.map(run));
  return { steps, slot, unanswered: claim.unanswered };
}

/**
 * Does one of the last actions. If people would notice a repetition, the ledger counts the attempt before it is made.
 */
async function actLast(
  action: PlannedAction,
  progress: Progress,
  task: Task,
  claim: Claim,
  ports: Ports,
): Promise<Progress | "lost"> {
  const { steps, slot, unanswered } = progress;
  const settled = settledStep(action, claim);
  if (settled) return { ...progress, steps: [...steps, settled] };
  const outcomes = outcomesOf(steps);
  if (!actionOf(action.do).countsAttempts) {
    const result = await perform(action as WantedAction, { ...task, outcomes, ports });
    return { ...progress, steps: [...steps, toStep(action.do, result)] };
  }
  if (unanswered >= MAX_UNANSWERED) return { ...progress, steps: [...steps, toStep(action.do, GIVEN_UP)] };
  const turn: Turn = actionOf(action.do).oncePerCause ? await takeTurn(task, outcomes, ports) : { is: "mail" };
  if (turn.is === "not-now") return { ...progress, steps: [...steps, turn] };
  const ahead = { outcomes, slot, unanswered: unanswered + 1, state: "working" } as const;
  if (!(await claim.save(ahead))) return "lost";
  const context = { ...task, outcomes, ports, ...defined({ repeated: turn.repeated }) };
  const result = await perform(action as WantedAction, context);
  await endTurn(turn.cause, context, result, ports);
  const mayHaveArrived = result.is === "failed" && result.unanswered;
  return {
    steps: [...steps, toStep(action.do, result)],
    slot,
    unanswered: unanswered + (mayHaveArrived ? 1 : 0),
  };
}

const GIVEN_UP: Result = { is: "failed", reason: { code: "mail-unanswered" }, retryable: false };

/** The step of an action that is skipped, or that an earlier delivery has finished. */
function settledStep(action: PlannedAction, { earlier }: Claim): Step | undefined {
  if (isSkipped(action)) return { outcome: skippedOutcome(action), next: "done" };
  const before = earlier.find((outcome) => outcome.do === action.do);
  return before && isFinal(before) ? { outcome: before, next: "done" } : undefined;
}

const toStep = (action: Outcome["do"], result: Result): Step => ({
  outcome: outcomeOf(action, result),
  next: nextOf(result),
});

const outcomesOf = (steps: readonly Step[]): Outcome[] => steps.map(({ outcome }) => outcome);

async function alarmIfDenied(steps: readonly Step[], ports: Ports): Promise<void> {
  const denied = steps.find(({ outcome }) => outcome.outcome === "denied")?.outcome;
  if (!denied?.reason) return;
  await ports.alarm({
    kind: "denied",
    reason: { code: "denied-action", action: denied.do, answer: denied.reason },
  });
}

/** An event with a remaining action is delivered again. A failure for good counts only where no action remains. */
function worst(steps: readonly Step[]): Next {
  if (steps.some(({ next }) => next === "retry")) return "retry";
  return steps.some(({ next }) => next === "deadLetter") ? "deadLetter" : "done";
}
