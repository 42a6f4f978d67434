/**
 * `npm run generate`: writes the files that follow from the catalogue's rows, the layers and the bundles.
 * `npm run generate -- --check` writes nothing, names those that are out of date, and fails.
 */
import { writeFileSync } from "node:fs";
import { type GeneratedFile, staleFaults } from "./generate/file.ts";
import { rowFiles } from "./generate/rows.ts";

const check = process.argv.includes("--check");

/** False if the files are out of date and only a check is wanted. */
function settle(files: readonly GeneratedFile[]): boolean {
  const faults = staleFaults(files);
  if (check) for (const fault of faults) process.stderr.write(`${fault}\n`);
  else for (const { path, text } of files) writeFileSync(path, text);
  return !check || faults.length === 0;
}

try {
  // The rows first: everything else imports them.
  const fine =
    settle(rowFiles()) &&
    settle((await import("./generate/derived.ts")).derivedFiles()) &&
    settle([await (await import("./generate/licences-file.ts")).licencesFile()]);
  if (!fine) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`npm run generate: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
