import { parseArgs } from "node:util";
import { checkPaths } from "../../check/check-paths.ts";
import { allResources } from "../../check/model/finding.ts";
import type { CheckFormat } from "../../check/model/format.ts";
import { findOperation, judgedOperations } from "../../check/model/judged-operations.ts";
import type { FileResult } from "../../check/model/result.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { Operands, Options } from "../input/command.ts";
import { policyFrom } from "../input/policy-from.ts";
import { checkFormats } from "../show/check-formats.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { startProgress } from "../terminal/progress.ts";
import { complain, print } from "../terminal/terminal.ts";
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
  --strict           exit with 1 for undetermined resources too
  --all              judge the resources too that a Terraform plan leaves unchanged

Exit codes: 0 fine, 1 a resource is non-compliant, 2 a wrong option or a file that
cannot be read; the other files are still judged.`;

export const options = {
  policy: { type: "string", takes: "file" },
  operation: { type: "string" },
  parameters: { type: "string", multiple: true, takes: "file" },
  format: { type: "string", values: FORMAT_NAMES },
  json: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
} as const satisfies Options;

export const operands: Operands = { files: true };

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new CliError("no file to check; name files or folders");
  const format = formatOf(values);
  const operation = operationOf(values.operation);
  const policy = await policyFrom(values.policy);
  const parameters = parameterFiles(values.parameters ?? []);
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
  const text = format.print(results);
  if (text !== "") print(text);
  printFaults(results);
  printUnread(results);
  const unknown = unknownParameters(parameters, results);
  for (const line of unknown) complain(line);
  return unknown.length > 0 ? EXIT.fault : exitCode(results, values.strict);
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

function printFaults(results: readonly FileResult[]): void {
  for (const result of results) {
    if (result.is !== "fault") continue;
    const { file, line, column, message } = result;
    complain(`${line === undefined ? file : `${file}:${line}:${column}`}: ${message}`);
  }
}

/** A definition that is not known yet may call SageMaker, so the user must know that it was not judged. */
function printUnread(results: readonly FileResult[]): void {
  for (const result of results) {
    if (result.is !== "judged") continue;
    for (const { place, line, column } of result.unread ?? []) {
      complain(
        `${result.file}:${line}:${column}: ${place}: its text is not known yet; SageMaker calls in it are not judged`,
      );
    }
  }
}

function exitCode(results: readonly FileResult[], strict: boolean): number {
  if (results.some(({ is }) => is === "fault")) return EXIT.fault;
  const verdicts = allResources(results).map(({ verdict }) => verdict);
  const isFailure = verdicts.includes("non-compliant") || (strict && verdicts.includes("undetermined"));
  return isFailure ? EXIT.nonCompliant : EXIT.fine;
}
