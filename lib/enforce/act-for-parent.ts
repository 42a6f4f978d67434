import { isSkipped, nextOf } from "../actions/outcome.ts";
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

/** A parent that can run again under the same ARN. The mails of its children have a cause: the pipeline, the schedule. */
const mayRunAgain = (kind: string): boolean => kind === "pipeline-execution" || isHolder(kind);

/**
 * Acts on a resource that may have a parent. The first event about a run of a parent sends the mail and stops the parent.
 * Later events only tag their own resource. A parent's own event always acts, and claims the parent before its children
 * do.
 *
 * Where the policy wants no stop, a parent that can run again needs no claim: one cause gets one mail anyway, and an event
 * that does not stop the parent must not keep another one from it.
 */
export async function actForParent(task: Task, claim: Claim, ports: Ports): Promise<Acted> {
  const { event, judgement, planned } = task;
  const { parent, resource } = judgement;
  const wantsStop = planned.some((action) => action.do === "stop" && !isSkipped(action));
  const deciding = parent?.arn ? parent : resource;
  if (!wantsStop && mayRunAgain(deciding?.kind ?? "")) return act(task, claim, ports);
  if (!parent?.arn) {
    if (resource?.arn && PARENT_KINDS.has(resource.kind) && judgement.verdict === "non-compliant") {
      const own = await ports.parents.claim(resource.arn, event);
      return own.is === "mine" ? actFor(resource, own, { task, claim }, ports) : act(task, claim, ports);
    }
    return act(task, claim, ports);
  }
  const claimed = await ports.parents.claim(parent.arn, event);
  switch (claimed.is) {
    case "mine":
      return actFor(parent, claimed, { task, claim }, ports);
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
 * Acts for a parent under a claim on it. The end of its run, or of the attempts to stop it, is noted before the ledger has
 * the stop's outcome, so that a crash between the two leads to a second note and not to none. A stop that is denied or has
 * failed for good says nothing about the run. So where the parent can run again, no later event is kept from trying; within
 * the same run, the further mails are counted for their cause.
 */
async function actFor(
  parent: Resource,
  claimed: ParentClaim,
  { task, claim }: { readonly task: Task; readonly claim: Claim },
  ports: Ports,
): Promise<Acted> {
  const again = mayRunAgain(parent.kind);
  const stop: Ports["stop"] = async (order) => {
    const result = await ports.stop(order);
    const ended = result.is === "done" || result.is === "already-done";
    if (ended || (again && nextOf(result) !== "retry")) await claimed.noteEnd();
    return result;
  };
  const acted = await act(task, claim, { ...ports, stop });
  if (again && task.delivery.isLast && acted.next === "retry") await claimed.noteEnd();
  return acted;
}

/** The mails of a schedule's children are counted for the schedule, which goes on starting them. */
function leave(action: PlannedAction, eventID: string, parent: Resource): PlannedAction {
  const { oncePerParent, oncePerCause } = actionOf(action.do);
  if (isSkipped(action) || !oncePerParent || (oncePerCause && isHolder(parent.kind))) return action;
  return { do: action.do, skip: { code: "done-for-parent", eventID } };
}
