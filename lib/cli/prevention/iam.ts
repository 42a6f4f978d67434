import { parseArgs } from "node:util";
import { LIMITS, packDocuments } from "../../prevent/documents.ts";
import { statementsOf } from "../../prevent/statements.ts";
import type { Operands } from "../input/command.ts";
import { policyFrom } from "../input/policy-from.ts";
import { EXIT } from "../terminal/cli-error.ts";
import { giveDocuments } from "./give-documents.ts";
import { noteExemptions, today } from "./notes.ts";
import { identityOptions as options } from "./options.ts";
import { printCoverage } from "./show-coverage.ts";

export const usage = `Usage: keyward iam [options]
       keyward iam --coverage [--json]

Prints a managed policy of IAM that denies the SageMaker calls that the policy
condemns, as far as IAM's condition keys show it: the statements of keyward scp, for
roles of one account. It only denies; the permission to call comes from other policies.

  --policy FILE  deny what this policy condemns (default: policy.yaml)
  --part N       print this document, if the policy needs several
  --out DIR      write the documents into this folder: iam-1.json, …
  --coverage     print for each key member whether it is prevented, and why not
  --json         with --coverage: print JSON, [{operation, path, prevented, because}]

A managed policy has at most 6,144 characters.`;

export { options };

export const operands: Operands = {};

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const policy = await policyFrom(values.policy);
  if (values.coverage) {
    printCoverage(policy, values.json);
    return EXIT.fine;
  }
  const { statements, leftOut } = statementsOf(policy, today());
  noteExemptions(policy, leftOut);
  return giveDocuments(packDocuments(statements, LIMITS.iam), { part: values.part, out: values.out, command: "iam" });
}
