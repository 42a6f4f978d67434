import { commands } from "../../lib/cli/command-table.ts";
import { CliError, EXIT } from "../../lib/cli/terminal/cli-error.ts";
import { complain } from "../../lib/cli/terminal/terminal.ts";
import type { Ran } from "./cli.ts";

let running = false;

/**
 * Runs a command in this process: a start of Node with the SDK costs more than most commands. It is the command without
 * lib/cli/main.ts and without standard input, so help, parseArgs' errors, colours, signals and pipes need `keyward` of
 * cli.ts. One at a time: output and environment are the process's own.
 */
export async function keywardHere(
  [name = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const command = await commands[name]?.load();
  if (!command) throw new Error(`no command ${name}`);
  if (running) throw new Error("one at a time: await the command before");
  running = true;
  const before = { ...process.env };
  const out = capture(process.stdout);
  const err = capture(process.stderr);
  Object.assign(process.env, env);
  let code: number;
  try {
    code = await command.run(args, commands);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    complain(error.message);
    code = EXIT.fault;
  } finally {
    for (const key of Object.keys(env)) delete process.env[key];
    Object.assign(process.env, before);
    running = false;
    out.restore();
    err.restore();
  }
  return { code, out: out.text(), err: err.text() };
}

/** What a stream gets until it is restored. */
function capture(stream: NodeJS.WriteStream) {
  const { write } = stream;
  let text = "";
  stream.write = (part: string | Uint8Array) => {
    text += typeof part === "string" ? part : Buffer.from(part).toString();
    return true;
  };
  return {
    text: () => text,
    restore: () => {
      stream.write = write;
    },
  };
}
