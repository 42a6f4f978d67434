import type { ApiCall, Judgement, Outcome, StateChange } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/plan.ts";
import type { Claim } from "../ports/ledger.ts";
import type { Ports, Result } from "../ports/ports.ts";
import { writeMail } from "../wording/mail.ts";
import { toldOf } from "../wording/mail-facts.ts";

/** What has to be acted on: one event, what was found, and what is to be done. */
export interface Task {
  readonly event: ApiCall | StateChange;
  readonly judgement: Judgement;
  readonly planned: readonly PlannedAction[];
}

export interface Acted {
  readonly outcomes: readonly Outcome[];
  /** What becomes of the event: it is finished, comes back for what is left, or has failed for good. */
  readonly next: "done" | "again" | "dead";
}

/** A mail that may have gone out is sent once more, and then no more. */
const MAX_UNANSWERED = 2;

interface Step {
  readonly outcome: Outcome;
  readonly next: Acted["next"];
}

/**
 * Does what is planned under a claim: tag and stop side by side, then the mail, which says how they ended. What an
 * earlier delivery has done is not done again, one failure hides no other, and the ledger is written after each.
 */
export async function act(task: Task, claim: Claim, ports: Ports): Promise<Acted> {
  const { steps, slot } = await touch(task, claim, ports);
  const told = await tell(task, { steps, slot }, claim, ports);
  // Where the claim is lost somebody else has taken over: what is left is theirs to do.
  if (told === "lost") return { outcomes: outcomesOf(steps), next: "again" };
  const all = [...steps, ...told.steps];
  await tellOperators(all, ports);
  const next = worst(all);
  // What has failed for good stays open, so that a redriven message takes it up again.
  const state = next === "done" ? "closed" : "waiting";
  const unanswered = next === "dead" ? 0 : told.unanswered;
  const saved = await claim.save({ outcomes: outcomesOf(all), slot, unanswered, state });
  return { outcomes: outcomesOf(all), next: saved ? next : "again" };
}

interface Touched {
  readonly steps: readonly Step[];
  readonly slot: string | undefined;
}

/** Tags and stops, whichever is planned and not yet done. */
async function touch(task: Task, claim: Claim, ports: Ports): Promise<Touched> {
  let { slot } = claim;
  const run = async (action: PlannedAction): Promise<Step[]> => {
    if (action.do === "notify") return [];
    if ("skip" in action) return [toStep(action.do, { is: "skipped", because: action.skip })];
    const before = doneBefore(claim, action.do);
    if (before) return [before];
    if (action.do === "tag") return [toStep("tag", await ports.tag(action.order))];
    const room = await takeSlot(slot, task, ports);
    if (room.is === "none") return [toStep("stop", room.result)];
    slot = room.slot;
    return [toStep("stop", await ports.stop(action.order))];
  };
  const steps = await Promise.all(task.planned.map(run));
  return { steps: steps.flat(), slot };
}

/** Sends the mail, unless it has gone out; until its answer is written down it counts as one that may have. */
async function tell(
  task: Task,
  { steps, slot }: Touched,
  claim: Claim,
  ports: Ports,
): Promise<{ readonly steps: readonly Step[]; readonly unanswered: number } | "lost"> {
  const { unanswered } = claim;
  const notify = task.planned.find((action) => action.do === "notify");
  if (!notify) return { steps: [], unanswered };
  if ("skip" in notify) return { steps: [toStep("notify", { is: "skipped", because: notify.skip })], unanswered };
  const before = doneBefore(claim, "notify");
  if (before) return { steps: [before], unanswered };
  if (unanswered >= MAX_UNANSWERED) return { steps: [toStep("notify", GIVEN_UP)], unanswered };
  const ahead = { outcomes: outcomesOf(steps), slot, unanswered: unanswered + 1, state: "working" } as const;
  if (!(await claim.save(ahead))) return "lost";
  const result = await ports.notify(writeMail(toldOf(task.event, task.judgement, outcomesOf(steps), ports.policy)));
  const mayHaveGone = result.is === "failed" && result.unanswered;
  return { steps: [toStep("notify", result)], unanswered: unanswered + (mayHaveGone ? 1 : 0) };
}

const GIVEN_UP: Result = {
  is: "failed",
  because: "sent twice without an answer: it may have arrived",
  retryable: false,
};

const outcomesOf = (steps: readonly Step[]): Outcome[] => steps.map(({ outcome }) => outcome);

function doneBefore({ earlier }: Claim, name: Outcome["do"]): Step | undefined {
  const before = earlier.find((outcome) => outcome.do === name);
  return before && isFinal(before) ? { outcome: before, next: "done" } : undefined;
}

const isFinal = ({ outcome }: Outcome): boolean => outcome !== "deferred" && outcome !== "failed";

type Room = { readonly is: "taken"; readonly slot: string } | { readonly is: "none"; readonly result: Result };

/** A stop takes a slot of its hour first, and keeps it however often it has to be tried. */
async function takeSlot(slot: string | undefined, { event }: Task, ports: Ports): Promise<Room> {
  if (slot !== undefined) return { is: "taken", slot };
  const taken = await ports.limiter.take(event.eventID, event.account);
  switch (taken.is) {
    case "taken":
      return taken;
    case "full":
      await ports.alarm({ kind: "limit", because: taken.because });
      return { is: "none", result: { is: "deferred", because: taken.because } };
    case "unavailable":
      return {
        is: "none",
        result: { is: "failed", because: `no slot could be taken (${taken.because})`, retryable: true },
      };
    default:
      return taken satisfies never;
  }
}

type StepResult = Result | { readonly is: "skipped"; readonly because: string };

function toStep(name: Outcome["do"], result: StepResult): Step {
  const because = "because" in result ? { because: result.because } : {};
  const failed = result.is === "failed";
  const next = result.is === "deferred" || (failed && result.retryable) ? "again" : failed ? "dead" : "done";
  return { outcome: { do: name, outcome: result.is, ...because }, next };
}

async function tellOperators(steps: readonly Step[], ports: Ports): Promise<void> {
  const denied = steps.find(({ outcome }) => outcome.outcome === "denied")?.outcome;
  if (denied) await ports.alarm({ kind: "denied", because: `${denied.do}: ${denied.because ?? ""}` });
}

/** An event that has anything left to do comes back for it; only then does a failure for good count. */
function worst(steps: readonly Step[]): Acted["next"] {
  if (steps.some(({ next }) => next === "again")) return "again";
  return steps.some(({ next }) => next === "dead") ? "dead" : "done";
}
