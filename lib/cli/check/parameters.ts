import type { ParameterValues } from "../../check/model/parameters.ts";
import type { FileResult } from "../../check/model/result.ts";
import { readParameters } from "../../check/read/parameter-file.ts";
import { toUtf8 } from "../../files/decode.ts";
import { readFile } from "../../files/read-file.ts";
import { CliError } from "../terminal/cli-error.ts";

/** CloudFormation takes 200 parameters of 4 KB. */
const LIMIT = { maxBytes: 4 * 1024 * 1024 };

/** Reads the files of `--parameters`, each for one stage. Throws a CliError on one that cannot be read. */
export const parameterFiles = (files: readonly string[]): ParameterValues[] =>
  files.map((file) => {
    const content = readFile(file, LIMIT);
    if (content.is === "fault") throw new CliError(`${file}: ${content.because}`);
    const read = readParameters(file, toUtf8(content.bytes).toString("utf8"));
    if ("fault" in read) throw new CliError(`${file}: ${read.fault}`);
    return read.values;
  });

/** A line for each parameter that a file gives and no template has: CloudFormation would refuse the file. */
export function unknownParameters(given: readonly ParameterValues[], results: readonly FileResult[]): string[] {
  const known = new Set(results.flatMap((result) => (result.is === "judged" ? (result.parameters ?? []) : [])));
  return given.flatMap(({ file, values }) =>
    [...values.keys()].filter((name) => !known.has(name)).map((name) => `${file}: no template has a parameter ${name}`),
  );
}
