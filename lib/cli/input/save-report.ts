import { writeFile } from "node:fs/promises";
import type { Report } from "../../core/report/report.ts";
import { CliError } from "../terminal/cli-error.ts";

/** Writes a report as one page that needs nothing else; a fault is one of the call. */
export async function saveReport(file: string, report: Report): Promise<void> {
  const { writeReport } = await import("../../report/write-report.ts");
  try {
    await writeFile(file, writeReport(report));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new CliError(`${file}: the report cannot be written there (${code}); name another file`);
  }
}
