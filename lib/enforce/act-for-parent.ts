import { isSkipped } from "../actions/outcome.ts";
import { actionOf } from "../catalogue/actions.ts";
import { isHolder } from "../catalogue/holders.ts";
import { kinds } from "../catalogue/kinds.ts";
import type { Kind } from "../catalogue/vocabulary.ts";
import type { Resource } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/orders.ts";
import type { Claim } from "../ports/ledger.ts";
import type { ParentClaim } from "../ports/parents.ts";
import type { Ports } from "../ports/ports.ts";
import { act } from "./act.ts";
import type { Acted, Task } from "./task.ts";

/** The kinds of resources that start others and are stopped for them; a parent that takes no key for them is not. */
const PARENT_KINDS = new Set([
  "pipeline-execution",
  ...(kinds as readonly Kind[]).flatMap(({ parents = {}, keylessParents = [] }) =>
    Object.values(parents).filter((parent) => !keylessParents.includes(parent)),
  ),
]);

/**
 * Acts on a resource that may have a parent. The first event about a run of a parent sends the mail and stops the parent.
 * Later events only tag their own resource. A parent's own event always acts, and claims the parent before its children
 * do.
 */
export async function actForParent(task: Task, claim: Claim, ports: Ports): Promise<Acted> {
  const { event, judgement } = task;
  const { parent, resource } = judgement;
  if (!parent?.arn) {
    if (resource?.arn && PARENT_KINDS.has(resource.kind) && judgement.verdict === "non-compliant") {
      const own = await ports.parents.claim(resource.arn, event);
      return act(task, claim, own.is === "mine" ? notingEnd(own, ports) : ports);
    }
    return act(task, claim, ports);
  }
  const claimed = await ports.parents.claim(parent.arn, event);
  switch (claimed.is) {
    case "mine":
      return act(task, claim, notingEnd(claimed, ports));
    case "other":
      return act(
        { ...task, planned: task.planned.map((action) => leave(action, claimed.eventID, parent)) },
        claim,
        ports,
      );
    case "unavailable":
      if (!claimed.retryable) await ports.alarm({ kind: "ledger", reason: claimed.reason });
      await claim.save({ outcomes: claim.earlier, notices: claim.before, state: "waiting" });
      return { outcomes: claim.earlier, next: "retry" };
    default:
      return claimed satisfies never;
  }
}

/**
 * The ports of an event that has the claim on a parent: the end of the parent's run is noted before the ledger has the
 * stop's outcome, so that a crash between the two leads to a second note and not to none.
 */
const notingEnd = (claimed: ParentClaim, ports: Ports): Ports => ({
  ...ports,
  async stop(order) {
    const result = await ports.stop(order);
    if (result.is === "done" || result.is === "already-done") await claimed.noteEnd();
    return result;
  },
});

/** The mails of a schedule's children are counted for the schedule, which goes on starting them. */
function leave(action: PlannedAction, eventID: string, parent: Resource): PlannedAction {
  const { oncePerParent, oncePerCause } = actionOf(action.do);
  if (isSkipped(action) || !oncePerParent || (oncePerCause && isHolder(parent.kind))) return action;
  return { do: action.do, skip: { code: "done-for-parent", eventID } };
}
