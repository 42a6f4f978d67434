import { isSkipped } from "../../actions/outcome.ts";
import { isUnexemptedViolation } from "../../core/judge/justify-stop.ts";
import type { ApiCall, Judgement } from "../../core/model/types.ts";
import { plan } from "../../core/plan/plan.ts";
import type { Delivery, Ports } from "../../ports/ports.ts";
import { judgeWithLookUps, type Resolved } from "./resolve.ts";

/** A message that has waited longer than this, in milliseconds, is late with its first delivery too. */
const LATE_AFTER_MS = 60_000;

/**
 * A stop that comes late may meet another resource than the one that its call has made: its owner has deleted that one, and
 * made it again under the same name. So the resource is judged once more, as Describe shows it now. Only an answer that shows
 * no violation any more counts; without one, the call decides as before.
 */
export async function judgeLate(resolved: Resolved, ports: Ports, delivery: Delivery): Promise<Resolved> {
  const call = lateStop(resolved, ports, delivery);
  if (!call) return resolved;
  const now = await judgeWithLookUps({ ...call, request: "omitted" }, ports);
  if (!isSettled(resolved.judgement, now.judgement)) return resolved;
  return { ...now, judgement: { ...now.judgement, event: call } };
}

/** A doubt counts only about other keys than the call's: Describe does not return every setting. */
function isSettled(before: Judgement, now: Judgement): boolean {
  if (now.verdict !== "undetermined") return now.verdict !== "non-compliant";
  return before.settings.filter(isUnexemptedViolation).every(({ path, key }) => {
    const setting = now.settings.find((one) => one.path === path);
    return setting?.key !== undefined && setting.key !== key && !isUnexemptedViolation(setting);
  });
}

/** The call, where its own resource would be stopped late, and by its request alone. */
function lateStop({ judgement }: Resolved, ports: Ports, delivery: Delivery): ApiCall | undefined {
  const { event, parent, subject, verdict } = judgement;
  const { receives, isRedriven, sentAt } = delivery;
  const waited = ports.now().getTime() - sentAt.getTime();
  if (receives === 1 && !isRedriven && waited < LATE_AFTER_MS) return undefined;
  if (event.is !== "call" || verdict !== "non-compliant" || parent || !subject?.describe) return undefined;
  // Such a resource is described with every delivery.
  if (subject.heldIn === "describe") return undefined;
  const stops = plan(judgement, ports.policy, ports.now()).some((one) => one.do === "stop" && !isSkipped(one));
  return stops ? event : undefined;
}
