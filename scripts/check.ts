/** `npm run check`: runs every check in order, stops at the first that fails, and lists the skipped checks. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skippedIn } from "./skipped.ts";

/** The npm scripts that make up the check. `coverage` runs what `npm test` runs. */
const STEPS = [
  "generated",
  "lint",
  "types",
  "unused",
  "package",
  "coverage",
  "mutants-sample",
  "faults",
  "pages",
  "pack-test",
  "cli-test",
  "deploy-test",
  "queries",
  "oracle",
  "fuzz",
  "burst",
  "simulate",
] as const;

const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), "keyward-check-"));
const skipped = process.env.KEYWARD_SKIPPED ?? join(folder, "skipped");
writeFileSync(skipped, "", { flag: "a" });

const lines: string[] = [];
for (const step of STEPS) {
  const start = performance.now();
  say(`\n── ${step}`);
  const { status } = spawnSync("npm", ["run", "--silent", step], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, KEYWARD_SKIPPED: skipped },
  });
  const seconds = Math.round((performance.now() - start) / 1_000);
  lines.push(`  ${status === 0 ? "passed" : "FAILED"}  ${step} (${seconds} s)`);
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}

say(`\n── Checks\n${lines.join("\n")}`);
const left = STEPS.slice(lines.length);
if (left.length > 0) say(`  not run after the failure: ${left.join(", ")}`);
const notes = skippedIn(skipped);
say(notes.length === 0 ? "\nNo check was skipped." : `\nSkipped\n${notes.map((note) => `  ${note}`).join("\n")}`);
rmSync(folder, { recursive: true, force: true });
