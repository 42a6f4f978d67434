import type { Decision, Outcome, Parsed } from "../core/model/types.ts";
import { decide } from "../core/plan/decide.ts";
import { plan } from "../core/plan/plan.ts";
import { parse } from "../core/read/parse.ts";
import type { Delivery, Ports } from "../ports/ports.ts";
import type { Acted, Task } from "./act.ts";
import { actForParent } from "./act-for-parent.ts";
import { actUnclaimed } from "./act-without-ledger.ts";
import { type Asked, judgeAsking } from "./resolve.ts";

export interface Response {
  readonly decision: Decision;
  /** What becomes of the message: finished, back to the queue, or to the dead-letter queue. */
  readonly next: Acted["next"];
}

/** An unanswered look-up is asked again with so many deliveries; then the event is reported as undetermined. */
const LOOK_UPS = 5;

/** The whole of enforcement for one event: parse → ask and judge → plan → claim → act → record. */
export async function respond(event: unknown, ports: Ports, delivery: Delivery): Promise<Response> {
  const parsed = parse(event);
  return respondTo(parsed, await judgeAsking(parsed, ports), ports, delivery);
}

/** The same for what has been parsed and judged. */
export async function respondTo(
  parsed: Parsed,
  { judgement, unanswered }: Asked,
  ports: Ports,
  delivery: Delivery,
): Promise<Response> {
  const conclude = ({ outcomes, next }: Acted): Response => {
    const decision = decide(parsed, judgement, outcomes);
    ports.record(decision);
    return { decision, next };
  };
  if (parsed.is === "ignored" || parsed.is === "malformed") {
    return conclude({ outcomes: [], next: parsed.is === "malformed" ? "dead" : "done" });
  }
  const planned = plan(parsed, judgement, ports.policy, ports.now());
  const skipped = planned.flatMap((action): Outcome[] =>
    "skip" in action ? [{ do: action.do, outcome: "skipped", because: action.skip }] : [],
  );
  // Where nothing is to be done there is nothing to claim; that an exemption was used is to be proven all the same.
  const toRecord = judgement.verdict === "exempt" && ports.policy.mode === "enforce";
  if (skipped.length === planned.length && !toRecord) return conclude({ outcomes: skipped, next: "done" });
  if (unanswered && delivery.receives < LOOK_UPS) return conclude({ outcomes: [], next: "again" });
  return conclude(await actOnce({ event: parsed, judgement, planned }, delivery, ports));
}

/** Acts if the event can be claimed; if it is done, or another delivery is at it, there is nothing to do here. */
async function actOnce(task: Task, delivery: Delivery, ports: Ports): Promise<Acted> {
  const opened = await ports.ledger.open(decide(task.event, task.judgement, []));
  switch (opened.is) {
    case "claimed":
      return actForParent(task, opened.claim, ports);
    case "closed":
      return { outcomes: opened.outcomes, next: "done" };
    case "busy":
      return { outcomes: [], next: "again" };
    case "unavailable":
      if (opened.retryable) return { outcomes: [], next: "again" };
      return actUnclaimed(task, opened.because, delivery, ports);
    default:
      return opened satisfies never;
  }
}
