import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The verdict of each event that comes with Keyward, as its golden decision has it. */
export const shippedVerdicts = (): string[] =>
  jsonFiles("events").map(
    (file) => (JSON.parse(readFileSync(join("test/golden", file), "utf8")) as { verdict: string }).verdict,
  );

/** The files in the folders of a folder, relative to it. */
const jsonFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /[\\/].*\.json$/.test(file));
