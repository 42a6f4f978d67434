import { parse } from "../../core/read/parse.ts";
import { CliError } from "../terminal/cli-error.ts";
import { safe } from "../terminal/terminal.ts";
import { connect } from "./connect.ts";

/**
 * Checks credentials and Region for the events that AWS is asked about, before anything else. Names the account on standard
 * error. Throws a CliError where an event is of another account than the credentials: an equal name there is another
 * resource.
 */
export async function connectForEvents(
  inputs: readonly { readonly file: string; readonly event: unknown }[],
): Promise<void> {
  const calls = inputs.flatMap(({ file, event }) => {
    const call = parse(event);
    return call.is === "call" ? [{ file, account: call.account, region: call.region }] : [];
  });
  const regions = [...new Set(calls.map(({ region }) => region))];
  const connections = await Promise.all(regions.map(connect));
  const own = connections[0];
  if (!own) return;
  const foreign = calls.find(({ account }) => account !== own.account);
  if (foreign) {
    const { file, account } = foreign;
    throw new CliError(
      `${safe(file, 200)} is of account ${safe(account, 20)}, and the credentials are of ${own.account}; nothing was done`,
    );
  }
  process.stderr.write(`Account ${own.account}, ${regions.join(", ")}, as ${safe(own.caller, 300)}\n`);
}
