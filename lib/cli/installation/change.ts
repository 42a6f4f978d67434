import { controlStore } from "../../compose/account.ts";
import type { Author, Changed, ControlStore, Fault } from "../../control/change-control.ts";
import type { Control } from "../../control/control-object.ts";
import { say } from "../../wording/reasons/say.ts";
import { CliError } from "../terminal/cli-error.ts";
import { type Connection, connectToStack } from "./connect.ts";

const MAX_BECAUSE = 500;

/** The store of a stack's control object, and the caller. Throws a CliError where the stack cannot be reached. */
export async function openControl(values: {
  readonly stack?: string;
  readonly region?: string;
}): Promise<{ readonly store: ControlStore; readonly connection: Awaited<ReturnType<typeof connectToStack>> }> {
  const connection = await connectToStack(values);
  const { region, stack } = connection;
  return { store: controlStore({ region }, stack.outputs.LedgerBucket ?? "", stack.account), connection };
}

/** The reason that a change must have; checked before anything is asked of AWS. */
export function becauseOf(because: string | undefined): string {
  if (!because?.trim()) throw new CliError('say why: give --because "…", which is recorded with the change');
  if (because.length > MAX_BECAUSE) throw new CliError(`--because is longer than ${MAX_BECAUSE} characters`);
  return because.trim();
}

export const authorOf = ({ caller }: Connection, because: string): Author => ({ by: caller, at: new Date(), because });

/** The new state of a change that was made. Throws a CliError where it was not. */
export function madeChange(changed: Changed): Control {
  if (changed.is === "changed") return changed.to;
  if (changed.is === "fault") throw faultOf(changed);
  throw new CliError("somebody else changed it at the same time, so nothing was changed; look at it and try again");
}

export const faultOf = ({ reason }: Fault): CliError => new CliError(say(reason));
