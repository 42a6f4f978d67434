import { faultOf } from "../core/model/fault.ts";
import type { ApiCall, StateChange } from "../core/model/types.ts";
import type { WantedAction } from "../core/plan/orders.ts";
import type { Taken } from "../ports/limiter.ts";
import type { Ports, Result } from "../ports/ports.ts";

type Slot = { readonly is: "taken"; readonly slot: string } | { readonly is: "none"; readonly result: Result };

/** Takes one of the hour's slots for an action. The action keeps the slot through all its attempts. */
export async function takeSlot(
  slot: string | undefined,
  action: WantedAction,
  event: ApiCall | StateChange,
  ports: Ports,
): Promise<Slot> {
  if (slot !== undefined) return { is: "taken", slot };
  try {
    return await slotFrom(await ports.limiter.take(event.eventID, event.account), ports);
  } catch (error) {
    ports.recordFault({ eventID: event.eventID, action: action.do }, error);
    return { is: "none", result: { is: "failed", reason: faultOf(error), retryable: false } };
  }
}

async function slotFrom(taken: Taken, ports: Ports): Promise<Slot> {
  switch (taken.is) {
    case "taken":
      return taken;
    case "full":
      await ports.alarm({ kind: "limit", reason: taken.reason });
      return { is: "none", result: { is: "deferred", reason: taken.reason } };
    case "unavailable":
      return {
        is: "none",
        result: { is: "failed", reason: { code: "slot-unavailable", answer: taken.reason }, retryable: true },
      };
    default:
      return taken satisfies never;
  }
}
