import { existsSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { baselineOf, compareWithBaseline, goneFrom, type KnownFinding } from "../../check/baseline/baseline.ts";
import { printBaseline, readBaseline } from "../../check/baseline/baseline-file.ts";
import type { FileResult } from "../../check/model/result.ts";
import { fileFault } from "../../files/file-fault.ts";
import { readFile } from "../../files/read-file.ts";
import { CliError } from "../terminal/cli-error.ts";
import { count } from "../terminal/layout.ts";

/** A baseline that was read, and its file. */
export interface Baseline {
  readonly file: string;
  readonly findings: readonly KnownFinding[];
}

const LIMIT = { maxBytes: 64 * 1024 * 1024 };

/** Reads a baseline. Throws a CliError if there is none in the file. */
export function baselineFrom(file: string): Baseline {
  const content = readFile(file, LIMIT);
  if (content.is === "fault") throw new CliError(`--baseline ${file}: ${content.because}`);
  const read = readBaseline(content.bytes.toString("utf8"));
  if (read.is === "fault") throw new CliError(`--baseline ${file}: ${read.message}`);
  return { file, findings: read.findings };
}

/** The results with what the baseline knows, and a line for each finding of it that is gone. */
export function applyBaseline(
  results: readonly FileResult[],
  { file, findings }: Baseline,
): { readonly results: readonly FileResult[]; readonly gone: readonly string[] } {
  const nameFile = relativeTo(file);
  const isRemoved = (name: string) => !existsSync(resolve(dirname(file), name));
  const gone = goneFrom(findings, results, nameFile, isRemoved);
  return { results: compareWithBaseline(results, findings, nameFile), gone: linesOf(file, gone) };
}

/** So many findings that are gone are named. */
const NAMED = 10;

function linesOf(file: string, gone: readonly KnownFinding[]): string[] {
  if (gone.length === 0) return [];
  const head = `${file}: ${count(gone.length, "finding")} of the baseline ${gone.length === 1 ? "is" : "are"} gone; write it again with --write-baseline`;
  const named = gone
    .slice(0, NAMED)
    .map((one) => `gone: ${one.file} ${one.at} ${one.path} (${one.protects}) ${one.is}`);
  const more = gone.length > NAMED ? [`gone: ${gone.length - NAMED} more`] : [];
  return [head, ...named, ...more];
}

/** Writes the findings of a check as a baseline. Throws a CliError if the file cannot be written. */
export function writeBaseline(file: string, results: readonly FileResult[]): string {
  const findings = baselineOf(results, relativeTo(file));
  try {
    writeFileSync(file, printBaseline(findings));
  } catch (error) {
    throw new CliError(`--write-baseline ${file}: ${fileFault(error)}`);
  }
  return `${file}: written with ${count(findings.length, "finding")}`;
}

/** Names a file relative to the folder of the baseline, so that the baseline is the same in every clone. */
const relativeTo =
  (baseline: string) =>
  (file: string): string =>
    relative(dirname(resolve(baseline)), resolve(file))
      .split(sep)
      .join("/");
