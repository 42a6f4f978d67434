import type { ApiCall, Judgement, Outcome, StateChange } from "../core/model/types.ts";
import { type Cause, causeOf } from "../core/plan/cause-of.ts";
import type { MailTurn } from "../ports/causes.ts";
import type { Ports, Result } from "../ports/ports.ts";
import type { RepeatedCause } from "../wording/mail/mail-text.ts";

/** Whether an event is mailed, and what its mail says of its cause. */
export type Turn =
  | { readonly is: "mail"; readonly cause?: Cause; readonly repeated?: RepeatedCause }
  | { readonly is: "not-now"; readonly outcome: Outcome; readonly next: "done" | "retry" };

interface Mailed {
  readonly event: ApiCall | StateChange;
  readonly judgement: Judgement;
}

/** Outcomes of a stop that its user has to know of. */
const STOPS: readonly Outcome["outcome"][] = ["done", "deferred", "failed"];

const isStopping = (outcomes: readonly Outcome[]): boolean =>
  outcomes.some((one) => one.do === "stop" && STOPS.includes(one.outcome));

/**
 * Takes the turn of an event's mail. An event without a cause, or about the cause itself, always has one. Where the notes
 * cannot be read or written the event is mailed: twice is better than never.
 */
export async function takeTurn(
  { event, judgement }: Mailed,
  outcomes: readonly Outcome[],
  ports: Ports,
): Promise<Turn> {
  const cause = causeOf(event, judgement);
  if (!cause) return { is: "mail" };
  if (cause.own) return { is: "mail", cause };
  try {
    return turnFrom(await ports.causes.take(cause, event.eventID, isStopping(outcomes)), cause);
  } catch (error) {
    ports.recordFault({ eventID: event.eventID, action: "notify" }, error);
    return { is: "mail" };
  }
}

function turnFrom(turn: MailTurn, cause: Cause): Turn {
  switch (turn.is) {
    case "mail":
      return {
        is: "mail",
        cause,
        ...(turn.since && { repeated: { ...turn.since, kind: cause.kind, name: cause.name } }),
      };
    case "counted": {
      const { eventID, count } = turn;
      const reason = { code: "counted-for-cause", eventID, count } as const;
      return { is: "not-now", outcome: { do: "notify", outcome: "skipped", reason }, next: "done" };
    }
    case "busy":
      return {
        is: "not-now",
        outcome: { do: "notify", outcome: "deferred", reason: { code: "cause-busy" } },
        next: "retry",
      };
    case "unavailable":
      return { is: "mail" };
    default:
      return turn satisfies never;
  }
}

/** Notes how a mail ended: only one that SNS has taken counts for its cause. */
export async function endTurn(
  cause: Cause | undefined,
  { event, outcomes }: Pick<Mailed, "event"> & { readonly outcomes: readonly Outcome[] },
  result: Result,
  ports: Ports,
): Promise<void> {
  if (!cause) return;
  try {
    const went = result.is === "done" || result.is === "already-done";
    if (went && cause.own) await ports.causes.noteMail(cause, event.eventID, isStopping(outcomes));
    if (!went && !cause.own) await ports.causes.giveBack(cause, event.eventID);
  } catch (error) {
    ports.recordFault({ eventID: event.eventID, action: "notify" }, error);
  }
}
