import { parseArgs } from "node:util";
import { checkPaths } from "../../check/check-paths.ts";
import type { CheckFormat } from "../../check/model/format.ts";
import { findOperation, judgedOperations } from "../../check/model/judged-operations.ts";
import type { ParameterValues } from "../../check/model/parameters.ts";
import type { FileResult } from "../../check/model/result.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { Operands, Options } from "../input/command.ts";
import { policyFrom } from "../input/policy-from.ts";
import { checkFormats } from "../show/check-formats.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { startProgress } from "../terminal/progress.ts";
import { complain, print } from "../terminal/terminal.ts";
import { applyBaseline, type Baseline, baselineFrom, writeBaseline } from "./baseline.ts";
import { complaintsOf } from "./complaints.ts";
import { optimizeLater } from "./optimize-later.ts";
import { exitCodeOf, type Strictness } from "./outcome.ts";
import { parameterFiles, unknownParameters } from "./parameters.ts";

const FORMAT_NAMES = [...checkFormats.keys()];
const formatRows = [...checkFormats].map(
  ([name, { description }]) => `                     ${name.padEnd(6)} ${description}`,
);

export const usage = `Usage: keyward check PATH… [options]

Judges the resources that files would create, by the policy. PATH is a file, or a
folder of *.yaml, *.yml, *.json, *.template and *.asl. A file holds a CloudFormation
template, a Terraform plan or state (terraform show -json), a request for
"aws sagemaker … --cli-input-json" or --cli-input-yaml, a SageMaker pipeline definition,
a config.yaml of the SageMaker Python SDK, a Step Functions state machine, a request for
"aws scheduler create-schedule" or "aws cloudcontrol create-resource", or manifests of
ACK's SageMaker controller. Keyward looks nothing up: a value that is known only after
deployment is undetermined.

  --policy FILE      judge by this policy (default: policy.yaml)
  --operation NAME   the operation of request files, such as CreateTrainingJob, where
                     neither their names nor their members show it
  --parameters FILE  the parameters of a CloudFormation stack, as create-stack, deploy or
                     CodePipeline takes them; several files are several stages, and
                     each is judged
  --format NAME      the output (default: table):
${formatRows.join("\n")}
  --json             the same as --format json
  --strict           exit with 1 for undetermined resources too, and for files of a folder
                     that mention SageMaker in a form that is not read
  --all              judge the resources too that a Terraform plan leaves unchanged
  --baseline FILE    findings in this baseline do not fail the check; new ones do
  --write-baseline FILE
                     write the findings into a baseline, and exit with 0
  --soft-fail        exit with 0 if there are findings

Exit codes: 0 fine, 1 a resource is non-compliant, 2 a wrong option or a file that
cannot be read; the other files are still judged. A finding can be accepted for a time
in its file, by the policy or by a baseline: see docs/check.md.`;

export const options = {
  policy: { type: "string", takes: "file" },
  operation: { type: "string" },
  parameters: { type: "string", multiple: true, takes: "file" },
  format: { type: "string", values: FORMAT_NAMES },
  json: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  baseline: { type: "string", takes: "file" },
  "write-baseline": { type: "string", takes: "file" },
  "soft-fail": { type: "boolean", default: false },
} as const satisfies Options;

export const operands: Operands = { files: true };

export async function run(args: string[]): Promise<number> {
  optimizeLater();
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new CliError("no file to check; name files or folders");
  const format = formatOf(values);
  const operation = operationOf(values.operation);
  const policy = await policyFrom(values.policy);
  const parameters = parameterFiles(values.parameters ?? []);
  const known = baselineOption(values);
  const results: FileResult[] = [];
  const progress = startProgress("files read");
  for await (const result of checkPaths(positionals, {
    policy,
    operation,
    unchanged: values.all,
    parameters,
    time: new Date(),
  })) {
    results.push(result);
    progress.step();
  }
  progress.end();
  return report(results, format, known, {
    strict: values.strict,
    softFail: values["soft-fail"] || values["write-baseline"] !== undefined,
    newBaseline: values["write-baseline"],
    parameters,
  });
}

interface Reporting extends Strictness {
  /** The file for a new baseline. */
  readonly newBaseline: string | undefined;
  readonly parameters: readonly ParameterValues[];
}

/** Prints the results and what there is to complain about. Returns the exit code. */
function report(
  checked: readonly FileResult[],
  format: CheckFormat,
  known: Baseline | undefined,
  options: Reporting,
): number {
  const { results, gone } = known ? applyBaseline(checked, known) : { results: checked, gone: [] };
  const text = format.print(results);
  if (text !== "") print(text);
  const { newBaseline, parameters } = options;
  const unknown = unknownParameters(parameters, results);
  for (const line of [...complaintsOf(results), ...unknown, ...gone]) complain(line);
  const code = unknown.length > 0 ? EXIT.fault : exitCodeOf(results, options);
  if (newBaseline === undefined) return code;
  if (code === EXIT.fault) complain(`${newBaseline}: not written, because a file cannot be read`);
  else complain(writeBaseline(newBaseline, results));
  return code;
}

function baselineOption(values: { baseline?: string; "write-baseline"?: string }): Baseline | undefined {
  if (values.baseline === undefined) return undefined;
  if (values["write-baseline"] !== undefined) {
    throw new CliError("--baseline and --write-baseline: give only one of them");
  }
  return baselineFrom(values.baseline);
}

function formatOf(values: { format?: string | undefined; json: boolean }): CheckFormat {
  const name = values.format ?? (values.json ? "json" : "table");
  if (values.json && name !== "json") throw new CliError(`--json and --format ${name}: give only one of them`);
  const format = checkFormats.get(name);
  if (format) return format;
  const hint = didYouMean(name, FORMAT_NAMES) || `; the formats are ${FORMAT_NAMES.join(", ")}`;
  throw new CliError(`--format ${name} is not known${hint}`);
}

function operationOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const operation = findOperation(name);
  if (operation !== undefined) return operation;
  const hint = didYouMean(name, judgedOperations) || "; keyward catalogue lists the operations that can hold a key";
  throw new CliError(`--operation ${name} is not in the catalogue${hint}`);
}
