import { parseArgs } from "node:util";
import { LIMITS, packDocuments } from "../../prevent/documents.ts";
import { resourceStatementsOf } from "../../prevent/rcp.ts";
import type { Operands, Options } from "../input/command.ts";
import { POLICY } from "../input/common-options.ts";
import { policyFrom } from "../input/policy-from.ts";
import { CliError } from "../terminal/cli-error.ts";
import { complain } from "../terminal/terminal.ts";
import { giveDocuments } from "./give-documents.ts";
import { today } from "./notes.ts";

export const usage = `Usage: keyward rcp [options]

Prints a resource control policy (RCP) of AWS Organizations with the rules that only S3
and KMS can enforce: they deny a key that a request names and the policy rejects. A
request without a key is never denied, because the bucket's default applies to it.

  --policy FILE    deny what this policy rejects (default: policy.yaml)
  --buckets NAMES  only writes to these buckets, separated by commas; * stands for any
                   characters (default: every bucket of the accounts, whoever writes)
  --part N         print this document, if the policy needs several
  --out DIR        write the documents into this folder: rcp-1.json, …

A document has at most 5,120 characters. An RCP does not bind AWS managed keys.`;

export const options = {
  policy: POLICY,
  buckets: { type: "string" },
  part: { type: "string" },
  out: { type: "string", takes: "file" },
} as const satisfies Options;

export const operands: Operands = {};

const BUCKET = /^[a-z0-9.*-]{1,63}$/;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const buckets = bucketsOf(values.buckets);
  const policy = await policyFrom(values.policy);
  const { statements, notExempt } = resourceStatementsOf(policy, buckets, today());
  if (statements.length === 0) {
    throw new CliError(
      "the policy rejects no key that a request can name, so there is nothing to deny; see keys.accept and keys.deny",
    );
  }
  if (buckets.length === 0) {
    complain(
      "the S3 rules bind every write to every bucket of the accounts, not only SageMaker's; name its buckets with --buckets",
    );
  }
  for (const name of notExempt) {
    complain(`exemption "${name}" is not in the document: S3 and KMS do not see for which resource a key is used`);
  }
  return giveDocuments(packDocuments(statements, LIMITS.rcp), { part: values.part, out: values.out, command: "rcp" });
}

function bucketsOf(names: string | undefined): readonly string[] {
  if (names === undefined) return [];
  const buckets = names.split(",").map((name) => name.trim());
  const wrong = buckets.find((name) => !BUCKET.test(name));
  if (wrong !== undefined)
    throw new CliError(`--buckets "${wrong}" is not the name of a bucket; separate names with commas`);
  return buckets;
}
