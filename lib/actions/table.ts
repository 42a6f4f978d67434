import type { ActionName } from "../catalogue/actions.ts";
import { faultOf } from "../core/model/fault.ts";
import type { WantedAction } from "../core/plan/orders.ts";
import type { Result } from "../ports/ports.ts";
import type { Action, Context, Permissions } from "./action.ts";
import { notify } from "./notify.ts";
import { stop } from "./stop.ts";
import { tag } from "./tag.ts";

/** Every action, by its name in the policy. */
const table: { readonly [A in ActionName]: Action<A> } = { tag, notify, stop };

/** Does one action. An unexpected error is reported as a fault. It fails only this action, and for good. */
export async function perform<A extends ActionName>(action: WantedAction<A>, context: Context): Promise<Result> {
  const { event, ports } = context;
  // The row belongs to this action's name; TypeScript cannot express that for the union.
  const row = table[action.do as A] as unknown as Action<A>;
  try {
    return await row.perform(action, context);
  } catch (error) {
    ports.recordFault({ eventID: event.eventID, action: action.do }, error);
    return { is: "failed", reason: faultOf(error), retryable: false };
  }
}

/** The IAM permissions of every action, in the table's order. */
export const actionPermissions = (): readonly Permissions[] =>
  Object.values(table).map(({ permissions }) => permissions);
