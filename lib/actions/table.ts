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

/** Does one action. An unexpected error is reported as a fault and fails this action alone, for good. */
export async function perform<A extends ActionName>(action: WantedAction<A>, context: Context): Promise<Result> {
  const { event, ports } = context;
  // The table's row is the one for this very name, which the type of the union cannot say.
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
