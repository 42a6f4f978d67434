import { faultOf } from "../core/model/fault.ts";
import type { ApiCall, StateChange } from "../core/model/types.ts";
import type { WantedAction } from "../core/plan/orders.ts";
import type { Claim } from "../ports/ledger.ts";
import type { Taken } from "../ports/limiter.ts";
import type { Ports, Result } from "../ports/ports.ts";
import { isWithin, momentOf } from "./clocks.ts";
import { SLOT_IS_GOOD_FOR_MS } from "./store/limiter.ts";

/** A process that is frozen again and again gives up; the event comes back. */
const MAX_SLOTS = 3;

/**
 * Does an action under one of the hour's slots, soon after the slot was taken and while the claim is held. A slot whose
 * action had no effect is given back.
 */
export async function withSlot(
  action: WantedAction,
  { event, claim }: { readonly event: ApiCall | StateChange; readonly claim: Claim },
  ports: Ports,
  perform: () => Promise<Result>,
): Promise<Result> {
  try {
    for (let taking = 1; taking <= MAX_SLOTS && claim.isHeld(); taking++) {
      const asked = momentOf(ports);
      const taken = await ports.limiter.take({
        account: event.account,
        id: `${event.eventID} ${claim.attempt}.${taking}`,
        principal: principalOf(event),
        near: claim.at,
      });
      if (taken.is !== "taken") return await withoutSlot(taken, ports);
      const mayAct = isWithin(SLOT_IS_GOOD_FOR_MS, asked, ports) && claim.isHeld();
      const result = mayAct ? await perform() : undefined;
      if (!result || !mayHaveActed(result)) await ports.limiter.giveBack(taken.slot);
      if (result) return result;
    }
    return { is: "deferred", reason: { code: "other-delivery" } };
  } catch (error) {
    ports.recordFault({ eventID: event.eventID, action: action.do }, error);
    return { is: "failed", reason: faultOf(error), retryable: false };
  }
}

const mayHaveActed = (result: Result): boolean =>
  result.is === "done" || result.hadEffect === true || (result.is === "failed" && result.unanswered === true);

/**
 * Nobody chooses the issuer of a session. Its name is the caller's choice, so it makes no other principal of a session whose
 * record lacks the issuer. A change of state names no caller: all of them share one part.
 */
const principalOf = (event: ApiCall | StateChange): string =>
  event.is === "call" ? (event.issuer ?? event.principal ?? "").replace(SESSION, "$1") : "";

/** The session in its ARN, or in its principal's id (User Guide, "CloudTrail userIdentity element"). */
const SESSION = /^(arn:[^:]*:sts::\d*:(?:assumed-role\/[^/]+|federated-user)|[A-Z0-9]{16,}|\d{12})[/:].*$/s;

async function withoutSlot(taken: Exclude<Taken, { is: "taken" }>, ports: Ports): Promise<Result> {
  switch (taken.is) {
    case "full":
      await ports.alarm({ kind: "limit", reason: taken.reason });
      return { is: "deferred", reason: taken.reason };
    case "busy":
      return { is: "deferred", reason: taken.reason };
    case "unavailable":
      return { is: "failed", reason: { code: "slot-unavailable", answer: taken.reason }, retryable: true };
    default:
      return taken satisfies never;
  }
}
