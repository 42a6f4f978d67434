import { writeFile } from "node:fs/promises";
import type { Report } from "../../core/report/report.ts";
import { CliError } from "../terminal/cli-error.ts";

/** Writes a report as one self-contained HTML page. Throws a CliError if the file cannot be written. */
export async function saveReport(file: string, report: Report): Promise<void> {
  const { writeReport } = await import("../../report/write-report.ts");
  try {
    await writeFile(file, writeReport(report));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new CliError(`${file}: the report cannot be written (${code}); name another file`);
  }
}
