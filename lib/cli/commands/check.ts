import { parseArgs } from "node:util";
import { type CheckedFile, checkFile } from "../../check/check-file.ts";
import { namedOperation } from "../../check/find-operation.ts";
import { readFiles } from "../../check/read-files.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { FORMATS, type Format, isFormat } from "../show/check-formats.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { startProgress } from "../terminal/progress.ts";
import { complain, print } from "../terminal/terminal.ts";
import { policyFrom } from "./policy.ts";

export const usage = `Usage: keyward check PATH… [options]

Judges what files would create, by the policy that judges it in the account. PATH is
a file or a folder of *.yaml, *.yml, *.json and *.template. A file holds a
CloudFormation template, a request as "aws sagemaker … --cli-input-json" and
--cli-input-yaml take it, or a SageMaker pipeline definition. Nothing is looked up:
what a file leaves open is undetermined.

  --policy FILE      judge by this policy (default: policy.yaml)
  --operation NAME   what the request files are for, such as CreateTrainingJob, where
                     neither their names nor their members tell
  --format NAME      table (the default), json, sarif (2.1.0) or junit
  --json             the same as --format json: one object for each finding-bearing
                     resource a line
  --strict           what is undetermined fails too

Exit codes: 0 fine, 1 something is non-compliant, 2 a faulty call or a file that
cannot be read; the others are judged all the same.`;

const OPTIONS = {
  policy: { type: "string" },
  operation: { type: "string" },
  format: { type: "string" },
  json: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new CliError("no file to check; name files or folders");
  const format = formatOf(values);
  const operation = values.operation === undefined ? undefined : namedOperation(values.operation);
  const policy = await policyFrom(values.policy);
  const files: CheckedFile[] = [];
  const progress = startProgress("files read");
  for await (const read of readFiles(positionals)) {
    files.push(checkFile(read, policy, operation));
    progress.step();
  }
  progress.end();
  const text = FORMATS[format](files);
  if (text !== "") print(text);
  tellFaults(files);
  return exitCode(files, values.strict);
}

function formatOf({ format, json }: { format?: string | undefined; json: boolean }): Format {
  if (json && format !== undefined && format !== "json") throw new CliError(`--json and --format ${format}: say one`);
  const name = format ?? (json ? "json" : "table");
  if (isFormat(name)) return name;
  const names = Object.keys(FORMATS);
  throw new CliError(`--format ${name} is not known${didYouMean(name, names) || `; there are ${names.join(", ")}`}`);
}

function tellFaults(files: readonly CheckedFile[]): void {
  for (const one of files) {
    if (one.is !== "fault") continue;
    const { file, line, column, message } = one;
    complain(`${line === undefined ? file : `${file}:${line}:${column}`}: ${message}`);
  }
}

function exitCode(files: readonly CheckedFile[], strict: boolean): number {
  if (files.some(({ is }) => is === "fault")) return EXIT.fault;
  const verdicts = files.flatMap((one) => (one.is === "judged" ? one.checked.map(({ verdict }) => verdict) : []));
  const failing = verdicts.includes("non-compliant") || (strict && verdicts.includes("undetermined"));
  return failing ? EXIT.nonCompliant : EXIT.fine;
}
