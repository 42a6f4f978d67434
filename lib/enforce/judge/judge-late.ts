import { isSkipped } from "../../actions/outcome.ts";
import { isHolder } from "../../catalogue/holders.ts";
import type { ApiCall } from "../../core/model/types.ts";
import { plan } from "../../core/plan/plan.ts";
import type { Delivery, Ports } from "../../ports/ports.ts";
import { judgeWithLookUps, type Resolved } from "./resolve.ts";

/** A message that has waited longer than this, in milliseconds, is late with its first delivery too. */
const LATE_AFTER_MS = 60_000;

/**
 * A stop that comes late may meet another resource than the one that its call has made: its owner has deleted that one, and
 * made it again with a key under the same name, or has given it one. So the resource is judged once more, as Describe
 * shows it now. Only a compliant answer counts; without one, the call decides as before. A job is not made twice under a
 * name, so only what can be started again is described: a notebook, a schedule, an experiment, a tracking server.
 */
export async function judgeLate(resolved: Resolved, ports: Ports, delivery: Delivery): Promise<Resolved> {
  const call = lateStop(resolved, ports, delivery);
  if (!call) return resolved;
  const now = await judgeWithLookUps({ ...call, request: "omitted" }, ports);
  if (now.judgement.verdict !== "compliant") return resolved;
  return { ...now, judgement: { ...now.judgement, event: call } };
}

/** The call, where its own resource would be stopped late, and by its request alone. */
function lateStop({ judgement }: Resolved, ports: Ports, delivery: Delivery): ApiCall | undefined {
  const { event, parent, subject, verdict } = judgement;
  const { receives, isRedriven, sentAt } = delivery;
  const waited = ports.now().getTime() - sentAt.getTime();
  if (receives === 1 && !isRedriven && waited < LATE_AFTER_MS) return undefined;
  if (event.is !== "call" || verdict !== "non-compliant" || parent || !subject?.describe) return undefined;
  if (subject.heldIn === "describe" || !isHolder(subject.kind.kind)) return undefined;
  const stops = plan(judgement, ports.policy, ports.now()).some((one) => one.do === "stop" && !isSkipped(one));
  return stops ? event : undefined;
}
