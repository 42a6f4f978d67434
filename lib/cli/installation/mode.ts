import { parseArgs } from "node:util";
import { readControl, switchMode } from "../../control/change-control.ts";
import { MODES, type Mode } from "../../policy/mode.ts";
import { choice } from "../input/choice.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG } from "../input/common-options.ts";
import { confirm } from "../input/confirm.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { print } from "../terminal/terminal.ts";
import { authorOf, becauseOf, faultOf, madeChange, openControl } from "./change.ts";
import { STACK } from "./connect.ts";
import { controlInWords } from "./control-words.ts";

export const usage = `Usage: keyward mode --stack NAME [--region REGION] [--json]
       keyward mode enforce|observe|off --stack NAME --because TEXT [--yes]

Shows the mode of an installation, or switches it. A switch takes effect within a
minute, without a deployment, and is recorded with who, when and why.

  enforce  acts as the policy says
  observe  judges and records what it would do, and changes nothing; the operators
           get one mail a day about it
  off      judges and logs only

"observe" and "off" also cancel the stops that wait. Nothing resumes them. The
policy's own mode can only weaken the switch.

  --stack NAME     the name of the installation's CloudFormation stack
  --region REGION  its Region (default: AWS_REGION)
  --because TEXT   why; needed for a switch
  --yes            does not ask before it switches to enforce
  --json           the control object as JSON`;

export const options = {
  ...STACK,
  because: { type: "string" },
  yes: FLAG,
  json: FLAG,
} as const satisfies Options;

export const operands: Operands = { words: [...MODES].reverse() };

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [word, ...more] = positionals;
  if (more.length > 0) throw new CliError(`mode takes one of ${MODES.join(", ")}, not also ${more[0]}`);
  if (word === undefined) return show(values);
  choice("the mode", word, MODES);
  const because = becauseOf(values.because);
  const { store, connection } = await openControl(values);
  if (word === "enforce" && !values.yes) {
    await confirm("Enforce from now on: tag, mail and stop as the policy says?", "enforce is confirmed first");
  }
  const to = madeChange(await switchMode(store, word as Mode, authorOf(connection, because)));
  print(values.json ? JSON.stringify(to) : `${controlInWords(to)}\nIn force within a minute.`);
  return EXIT.fine;
}

async function show(values: { readonly stack?: string; readonly region?: string; readonly json: boolean }) {
  const { store, connection } = await openControl(values);
  const current = await readControl(store);
  if (current.is === "fault") throw faultOf(current);
  const { control } = current;
  const parameter = connection.stack.parameters.Mode ?? "unknown";
  if (values.json) print(JSON.stringify({ parameter, ...control }));
  else if (control) print(controlInWords(control));
  else print(`Never switched: the stack's parameter Mode is ${parameter}, and the policy is the built-in one.`);
  return EXIT.fine;
}
