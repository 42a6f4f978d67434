import { isSkipped, nextOf } from "../actions/outcome.ts";
import { perform } from "../actions/table.ts";
import { actionOf } from "../catalogue/actions.ts";
import { defined } from "../core/model/defined.ts";
import type { Outcome } from "../core/model/types.ts";
import type { PlannedAction, WantedAction } from "../core/plan/orders.ts";
import type { Claim, Known, Notices } from "../ports/ledger.ts";
import type { Ports, Result } from "../ports/ports.ts";
import { endTurn, type Turn, takeTurn } from "./mail-turn.ts";
import { type Step, settledStep, toStep } from "./step.ts";
import type { Task } from "./task.ts";

/** Without an answer a notice may have arrived. So it is published once more, and then never again. */
export const MAX_ATTEMPTS = 2;

/** Everything that a notice is made from. */
export interface Notifying {
  readonly task: Task;
  readonly claim: Claim;
  /** The outcomes of the actions before. */
  readonly outcomes: readonly Outcome[];
  /** The stop is tried again. */
  readonly willRetry: boolean;
}

interface Notified {
  readonly step: Step;
  readonly notices: Notices;
}

/** The notice goes into the daily mail (the plan's `in-digest`). */
const isForDigest = (action: PlannedAction): boolean => isSkipped(action) && action.skip.code === "in-digest";

export const hasDigest = (planned: readonly PlannedAction[]): boolean => planned.some(isForDigest);

const DAY_MS = 24 * 3_600_000;
/** The runs of the daily mails look three days back (lib/daily/collect.ts), and an entry is under the day of its event. */
export const DIGEST_WITHIN_MS = 2 * DAY_MS;

/** Whether the last daily mail that could hold an event is over, or may be before its entry is made. */
export const missesDigest = (eventTime: string, now: Date): boolean =>
  now.getTime() - Date.parse(eventTime) > DIGEST_WITHIN_MS;

/**
 * The plan, with a notice for the daily mail sent by itself in two cases: it was attempted before the policy put it there, and
 * could otherwise be published twice by itself and twice more in the daily mail; or it comes too late for any daily mail.
 */
export function asBegun({ planned, isTooLate }: Task, { earlier, notices }: Known): readonly PlannedAction[] {
  const isThere = earlier.some(({ reason }) => reason?.code === "in-digest");
  const isAlone = notices.first > 0 || (isTooLate && !isThere);
  return isAlone ? planned.map((action) => (isForDigest(action) ? { do: "notify" } : action)) : planned;
}

/** The notices with the attempt that a delivery may make. The claim is written with them, before anything is published. */
export function reserve(task: Task, { earlier, notices }: Known): Notices {
  const notice = asBegun(task, { earlier, notices }).find((action) => actionOf(action.do).countsAttempts);
  if (notice && !settledStep(notice, { earlier }, task.delivery)) return counted("first", notices);
  return notices.owesFollowUp ? counted("followUp", notices) : notices;
}

const counted = (notice: "first" | "followUp", notices: Notices): Notices => ({
  ...notices,
  [notice]: Math.min(notices[notice] + 1, MAX_ATTEMPTS),
});

/** Publishes the first notice of an event; or the follow-up, once it is known how the stop ended. */
export async function notifyOf(action: PlannedAction, notifying: Notifying, ports: Ports): Promise<Notified> {
  const { claim } = notifying;
  const settled = settledStep(action, claim, notifying.task.delivery);
  if (!settled) return first(action as WantedAction, notifying, ports);
  const { next, notices } = await followUp(notifying, ports);
  return { step: next === "retry" ? { ...settled, next } : settled, notices };
}

async function first(action: WantedAction, notifying: Notifying, ports: Ports): Promise<Notified> {
  const { task, claim, outcomes, willRetry } = notifying;
  const { before } = claim;
  if (before.first >= MAX_ATTEMPTS) return { step: toStep(action.do, await giveUp(ports)), notices: before };
  if (!claim.isHeld()) return { step: toStep(action.do, LOST), notices: claim.notices };
  const turn: Turn = actionOf(action.do).oncePerCause ? await takeTurn(task, outcomes, ports) : { is: "mail" };
  if (turn.is === "not-now") return { step: turn, notices: before };
  const isOpen = willRetry && !task.delivery.isLast;
  const context = { ...task, outcomes, ports, ...defined({ repeated: turn.repeated, willRetry: isOpen || undefined }) };
  const published = await perform(action, context);
  await endTurn(turn.cause, context, published, ports);
  const notices = afterAttempt("first", published, claim);
  const owesFollowUp = isOpen && published.is === "done";
  return {
    step: toStep(action.do, await unlessTwice(published, notices.first, ports)),
    notices: { ...notices, owesFollowUp },
  };
}

/**
 * Sends the follow-up that is owed, once it is known how the stop ended. `retry`: it may not have gone out yet, and only
 * the next delivery sends it.
 */
export async function followUp(
  { task, claim, outcomes, willRetry }: Notifying,
  ports: Ports,
): Promise<{ readonly next: "done" | "retry"; readonly notices: Notices }> {
  const { before } = claim;
  if (!before.owesFollowUp || (willRetry && !task.delivery.isLast)) return { next: "done", notices: before };
  const ended = { ...before, owesFollowUp: false };
  if (before.followUp >= MAX_ATTEMPTS) {
    await giveUp(ports);
    return { next: "done", notices: ended };
  }
  if (!claim.isHeld()) return { next: "retry", notices: claim.notices };
  const context = { ...task, outcomes, ports, ...defined({ mayBeStopped: mayBeStopped(claim) }) };
  const published = await perform({ do: "notify" }, { ...context, isFollowUp: true });
  const notices = afterAttempt("followUp", published, claim);
  const result = await unlessTwice(published, notices.followUp, ports);
  if (nextOf(result) === "retry") return { next: "retry", notices };
  return { next: "done", notices: { ...notices, owesFollowUp: false } };
}

/** An earlier delivery got no answer to its stop, or has stopped the job and not its warm pool. */
function mayBeStopped({ earlier }: Claim): true | undefined {
  const code = earlier.find((outcome) => outcome.do === "stop")?.reason?.code;
  return code === "aws-unanswered" || code === "warm-pool-not-yet" || undefined;
}

/** An attempt does not count where SNS has answered that it did not take the notice. */
function afterAttempt(notice: "first" | "followUp", result: Result, { before, notices }: Claim): Notices {
  const mayBeOut = result.is === "done" || (result.is === "failed" && result.unanswered === true);
  return mayBeOut ? { ...before, [notice]: notices[notice] } : before;
}

/** After the last attempt without an answer there is no other one. */
async function unlessTwice(result: Result, attempts: number, ports: Ports): Promise<Result> {
  const isOpen = result.is === "failed" && result.unanswered === true && attempts >= MAX_ATTEMPTS;
  return isOpen ? giveUp(ports) : result;
}

/** A notice that may not have gone out is reported to the operators. */
async function giveUp(ports: Ports): Promise<Result> {
  const reason = { code: "mail-unanswered" } as const;
  await ports.alarm({ kind: "notice", reason });
  return { is: "failed", reason, retryable: false };
}

const LOST: Result = { is: "deferred", reason: { code: "other-delivery" } };
