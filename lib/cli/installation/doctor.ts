import { parseArgs } from "node:util";
import { readFacts } from "../../compose/doctor.ts";
import { judgeAll, worstOf } from "../../doctor/checks.ts";
import { say } from "../../wording/reasons/say.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG } from "../input/common-options.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { whileWaiting } from "../terminal/progress.ts";
import { print } from "../terminal/terminal.ts";
import { connectToStack, STACK } from "./connect.ts";
import { checksAsJson, checksAsText } from "./show-checks.ts";

export const usage = `Usage: keyward doctor --stack NAME [--region REGION] [--json]

Looks at a deployed installation and prints a line for each check: ok, a problem,
a warning, or not known. Each problem has what to do. It changes nothing.

A check that the caller may not make is not known: the line names the IAM action.
docs/doctor.md has every check, and the permissions that doctor uses.

  --stack NAME     the name of the installation's CloudFormation stack
  --region REGION  its Region (default: AWS_REGION)
  --json           one JSON document

Exit codes: 0 no problem, 1 at least one problem, 2 something is not known.`;

const EXIT_OF = { problem: EXIT.nonCompliant, unknown: EXIT.fault, warning: EXIT.fine, ok: EXIT.fine } as const;

export const options = { ...STACK, json: FLAG } as const satisfies Options;

export const operands: Operands = {};

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options, allowPositionals: false });
  const { stack } = await whileWaiting("finding the stack", connectToStack(values));
  const facts = await whileWaiting("reading the installation", readFacts(stack, new Date()));
  if ("is" in facts) {
    const because = facts.is === "absent" ? "it does not exist" : `${facts.action}: ${say(facts.reason)}`;
    throw new CliError(`the resources of stack ${stack.name} cannot be read (${because})`);
  }
  const checked = judgeAll(facts);
  print(values.json ? checksAsJson(checked, facts.place) : checksAsText(checked, facts.place));
  return EXIT_OF[worstOf(checked)];
}
