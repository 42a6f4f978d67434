import { kinds } from "../catalogue/kinds.ts";
import type { Kind } from "../catalogue/vocabulary.ts";
import type { PlannedAction } from "../core/plan/plan.ts";
import type { Claim } from "../ports/ledger.ts";
import type { Ports } from "../ports/ports.ts";
import { type Acted, act, type Task } from "./act.ts";

/** Kinds that start others. */
const PARENT_KINDS = new Set([
  "pipeline-execution",
  ...(kinds as readonly Kind[]).flatMap(({ parents = {} }) => Object.values(parents)),
]);

/**
 * Acts on a child by way of what started it: the first event about a parent tells of it and stops it, and those that
 * follow only tag what they are about. A parent's own event always acts, and comes before its children's.
 */
export async function actForParent(task: Task, claim: Claim, ports: Ports): Promise<Acted> {
  const { event, judgement } = task;
  const { parent, resource } = judgement;
  if (!parent?.arn) {
    if (resource?.arn && PARENT_KINDS.has(resource.kind) && judgement.verdict === "non-compliant") {
      await ports.parents.speakFor(resource.arn, event.eventID);
    }
    return act(task, claim, ports);
  }
  const spoken = await ports.parents.speakFor(parent.arn, event.eventID);
  switch (spoken.is) {
    case "mine":
      return act(task, claim, ports);
    case "other":
      return act({ ...task, planned: task.planned.map((action) => leave(action, spoken.eventID)) }, claim, ports);
    case "unavailable":
      if (!spoken.retryable) await ports.alarm({ kind: "ledger", because: spoken.because });
      await claim.save({ ...claim, outcomes: claim.earlier, state: "waiting" });
      return { outcomes: claim.earlier, next: "again" };
    default:
      return spoken satisfies never;
  }
}

const leave = (action: PlannedAction, eventID: string): PlannedAction =>
  action.do === "tag" || "skip" in action
    ? action
    : { do: action.do, skip: `done once for what started it, with event ${eventID}` };
