import { appendFileSync, readFileSync } from "node:fs";

/**
 * Notes that a check is skipped, in the file that KEYWARD_SKIPPED names; `npm run check` ends with the list. Without
 * that variable it does nothing, so a test that is run alone leaves no file behind.
 */
export function noteSkipped(check: string, because: string): void {
  const file = process.env.KEYWARD_SKIPPED;
  if (file) appendFileSync(file, `${check}: ${because}\n`);
}

/** The noted lines without duplicates: several test files may need the same program. */
export function skippedIn(file: string): readonly string[] {
  return [...new Set(readFileSync(file, "utf8").split("\n").filter(Boolean))].sort();
}
