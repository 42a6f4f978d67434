import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { CliError } from "../terminal/cli-error.ts";

/**
 * Asks a question on standard error, and throws a CliError unless the answer is yes. `because`: why it has to be asked, for
 * a caller without a terminal.
 */
export async function confirm(question: string, because: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError(`${because}; without a terminal give --yes`);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C, Ctrl-D and a closed terminal count as an empty answer.
  const closed = once(asking, "close").then(() => "");
  const answer = await Promise.race([asking.question(`${question} [y/N] `).catch(() => ""), closed]);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("nothing was done, because you did not answer yes");
}
