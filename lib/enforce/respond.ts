import { isSkipped, type Next, skippedOutcome } from "../actions/outcome.ts";
import { judge } from "../core/judge/judge.ts";
import type { Decision } from "../core/model/types.ts";
import { decide } from "../core/plan/decide.ts";
import { plan } from "../core/plan/plan.ts";
import { parse } from "../core/read/parse.ts";
import type { Claim } from "../ports/ledger.ts";
import type { Delivery, Ports } from "../ports/ports.ts";
import { actForParent } from "./act-for-parent.ts";
import { actWithoutLedger, attemptedBefore, NOT_ATTEMPTED } from "./act-without-ledger.ts";
import { confirmReport } from "./judge/confirm-report.ts";
import { judgeLate } from "./judge/judge-late.ts";
import { judgeWithLookUps, type Resolved } from "./judge/resolve.ts";
import { asBegun, hasDigest, missesDigest, reserve } from "./notices.ts";
import { settle } from "./settle.ts";
import type { Acted, Task } from "./task.ts";

export interface Response {
  readonly decision: Decision;
  readonly next: Next;
}

/**
 * An unanswered look-up is repeated with this number of deliveries. After that the event is undetermined.
 */
const MAX_LOOK_UPS = 5;

/** Enforcement of one event: parse → look up and judge → plan → claim → act → record. */
export async function respond(event: unknown, ports: Ports, delivery: Delivery): Promise<Response> {
  const { policy } = ports;
  // Switched off, Keyward calls nothing.
  if (policy.mode === "off") {
    return respondTo({ judgement: judge(parse(event), policy, new Map()), unanswered: false }, ports, delivery);
  }
  const resolved = await judgeLate(await judgeWithLookUps(parse(event), ports), ports, delivery);
  const judgement = await confirmReport(resolved.judgement, ports);
  return respondTo({ ...resolved, judgement }, ports, delivery);
}

/** Like `respond`, for an event that is already judged. */
export async function respondTo(resolved: Resolved, ports: Ports, delivery: Delivery): Promise<Response> {
  const { outcomes, next } = await actOn(resolved, inForceFor(delivery, ports), delivery);
  const decision = { ...decide(resolved.judgement, outcomes), policy: ports.policyVersion };
  ports.record(decision);
  return { decision, next };
}

/** What waits since before a switch to `observe` or `off` is not taken up again when Keyward enforces again. */
function inForceFor({ sentAt }: Delivery, ports: Ports): Ports {
  const { policy, cancelledBefore } = ports;
  if (policy.mode !== "enforce" || cancelledBefore === undefined || sentAt >= cancelledBefore) return ports;
  return { ...ports, policy: { ...policy, mode: "observe" } };
}

async function actOn({ judgement, unanswered }: Resolved, ports: Ports, delivery: Delivery): Promise<Acted> {
  const { event } = judgement;
  if (event.is === "malformed") return { outcomes: [], next: "deadLetter" };
  if (event.is === "ignored") return { outcomes: [], next: "done" };
  // Before the plan: the policy may want nothing done about a doubt, and the answer may still show a violation.
  if (unanswered && delivery.receives < MAX_LOOK_UPS) return { outcomes: [], next: "retry" };
  const planned = plan(judgement, ports.policy, ports.now());
  const skipped = planned.filter(isSkipped);
  // An event without an action needs no claim, but the ledger must prove that an exemption was used, and the daily mail is
  // made from the ledger.
  const toRecord = (judgement.verdict === "exempt" && ports.policy.mode === "enforce") || hasDigest(planned);
  if (skipped.length < planned.length || toRecord) {
    const isTooLate = missesDigest(event.eventTime, ports.now());
    return actOnce({ event, judgement, planned, delivery, isTooLate }, ports);
  }
  const outcomes = skipped.map(skippedOutcome);
  // The ledger says what was observed, so that a summary and an auditor can read it.
  const isNoted = ports.policy.mode === "observe" && planned.length > 0;
  const mayHaveEntry = delivery.receives > 1 || delivery.isRedriven;
  if (!isNoted && !mayHaveEntry) return { outcomes, next: "done" };
  const next = await settle({ event, judgement, planned, delivery }, { outcomes, isNoted }, ports);
  return { outcomes, next };
}

/** Acts if the event can be claimed. Does nothing if the event is finished, or if another delivery works on it. */
async function actOnce(task: Task, ports: Ports): Promise<Acted> {
  const { judgement, planned, delivery } = task;
  const isMailedLater = hasDigest(planned);
  const begun = ({ earlier, before }: Claim) => asBegun(task, { earlier, notices: before });
  const opened = await ports.ledger.open(
    decide(judgement, []),
    // Without the ledger nothing is mailed that the daily mail has.
    (entry) => (isMailedLater ? (entry ?? NOT_ATTEMPTED) : attemptedBefore(delivery, entry)),
    (known) => reserve(task, known),
  );
  switch (opened.is) {
    case "claimed":
      return actForParent({ ...task, planned: begun(opened.claim) }, opened.claim, ports);
    case "closed":
      return { outcomes: opened.outcomes, next: "done" };
    case "busy":
      return { outcomes: [], next: "retry" };
    case "unavailable":
      if (opened.retryable) return { outcomes: [], next: "retry" };
      return actWithoutLedger(task, opened.reason, ports);
    default:
      return opened satisfies never;
  }
}
