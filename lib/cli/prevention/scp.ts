import { parseArgs } from "node:util";
import { LIMITS, packDocuments } from "../../prevent/documents.ts";
import { statementsOf } from "../../prevent/statements.ts";
import type { Operands } from "../input/command.ts";
import { policyFrom } from "../input/policy-from.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { backtestScp } from "./backtest-scp.ts";
import { documentsOf, giveDocuments } from "./give-documents.ts";
import { noteExemptions, today } from "./notes.ts";
import { scpOptions as options } from "./options.ts";
import { printCoverage } from "./show-coverage.ts";

export const usage = `Usage: keyward scp [options]
       keyward scp --coverage [--json]
       keyward scp --backtest TRAIL [--json]

Prints a service control policy (SCP) of AWS Organizations that denies the SageMaker
calls that the policy condemns, as far as IAM's condition keys show it. Nothing is
attached. Run --backtest first: it says which calls of the past, by whom, the
document would have denied, rightly and wrongly, and which violations pass.

  --policy FILE     deny what this policy condemns (default: policy.yaml)
  --part N          print this document, if the policy needs several
  --out DIR         write the documents into this folder: scp-1.json, …
  --coverage        print for each key member whether it is prevented, and why not
  --backtest TRAIL  replay CloudTrail's history: a folder, a file, or - for standard
                    input, as keyward backtest reads it
  --json            print JSON: with --coverage [{operation, path, prevented, because}],
                    with --backtest one object

A document has at most 10,240 characters. An SCP binds neither the management account
nor service-linked roles.`;

export { options };

export const operands: Operands = {};

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  if (values.coverage && values.backtest !== undefined) throw new CliError("give --coverage or --backtest, not both");
  const policy = await policyFrom(values.policy);
  if (values.coverage) {
    printCoverage(policy, values.json);
    return EXIT.fine;
  }
  const { statements, leftOut } = statementsOf(policy, today());
  const packed = packDocuments(statements, LIMITS.scp);
  noteExemptions(policy, leftOut);
  if (values.backtest !== undefined) {
    return backtestScp(values.backtest, policy, { statements, documents: documentsOf(packed) }, values.json);
  }
  return giveDocuments(packed, { part: values.part, out: values.out, command: "scp" });
}
