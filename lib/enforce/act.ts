import { writeMail } from "../core/message.ts";
import type { PlannedAction } from "../core/plan.ts";
import { toldOf } from "../core/told.ts";
import type { ApiCall, Judgement, Outcome, StateChange } from "../core/types.ts";
import type { Ports, Result } from "./ports.ts";

export interface Acted {
  readonly outcomes: readonly Outcome[];
  /** Something is left to do that a later delivery of the same event can finish. */
  readonly retry: boolean;
}

interface Step {
  readonly outcome: Outcome;
  readonly retry: boolean;
}

/**
 * Does what is planned: tag and stop side by side, then the mail, which says how they ended. What an earlier delivery
 * has done is not done again, and one failure hides no other.
 */
export async function act(
  event: ApiCall | StateChange,
  judgement: Judgement,
  planned: readonly PlannedAction[],
  ports: Ports,
): Promise<Acted> {
  const earlier = new Map(ports.journal.earlier(event.eventID).map((outcome) => [outcome.do, outcome]));
  const take = async (action: PlannedAction, sofar: readonly Outcome[]): Promise<Step> => {
    if ("skip" in action) return { outcome: { do: action.do, outcome: "skipped", because: action.skip }, retry: false };
    const before = earlier.get(action.do);
    if (before && isFinal(before)) return { outcome: before, retry: false };
    switch (action.do) {
      case "tag":
        return toStep("tag", await ports.tag(action.order));
      case "stop":
        return toStep("stop", await ports.stop(action.order));
      case "notify":
        return toStep("notify", await ports.notify(writeMail(toldOf(event, judgement, sofar, ports.policy))));
      default:
        return action satisfies never;
    }
  };
  const touching = planned.filter((action) => action.do !== "notify");
  const steps = await Promise.all(touching.map((action) => take(action, [])));
  for (const action of planned.filter((action) => action.do === "notify")) {
    steps.push(
      await take(
        action,
        steps.map(({ outcome }) => outcome),
      ),
    );
  }
  const outcomes = steps.map(({ outcome }) => outcome);
  ports.journal.remember(event.eventID, outcomes);
  return { outcomes, retry: steps.some(({ retry }) => retry) };
}

const isFinal = ({ outcome }: Outcome): boolean => outcome !== "deferred" && outcome !== "failed";

function toStep(name: Outcome["do"], result: Result): Step {
  const because = "because" in result ? { because: result.because } : {};
  const retry = result.is === "deferred" || (result.is === "failed" && result.retryable);
  return { outcome: { do: name, outcome: result.is, ...because }, retry };
}
