/**
 * `npm run check`: runs every check, as many side by side as there are cores: most keep only one core busy. After one
 * fails no other begins. Lists the skipped checks.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { skippedIn } from "./skipped.ts";

/** An npm script. `after`: one that writes to the same folder. */
interface Step {
  readonly name: string;
  readonly after?: string;
}

/** In the order in which they begin. `coverage` runs what `npm test` runs, and `long` all other tests. */
const STEPS: readonly Step[] = [
  { name: "generated" },
  { name: "lint" },
  { name: "types" },
  { name: "unused" },
  { name: "package" },
  { name: "coverage" },
  // It packs Keyward, which builds dist/ again.
  { name: "long", after: "package" },
  { name: "fuzz" },
  { name: "oracle" },
  { name: "simulate" },
  { name: "mutants-sample" },
  { name: "burst" },
];

/** Most steps use several cores at times. */
const MOST_LANES = 4;

const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), "keyward-check-"));
const skipped = process.env.KEYWARD_SKIPPED ?? join(folder, "skipped");
writeFileSync(skipped, "", { flag: "a" });

const left = [...STEPS];
const passed = new Set<string>();
const lines: string[] = [];

/** Runs one step after the other. It ends early where the rest waits for a step that failed. */
async function lane(): Promise<void> {
  for (let step = next(); step; step = next()) {
    const start = performance.now();
    const { code, output } = await run(step);
    const seconds = Math.round((performance.now() - start) / 1_000);
    lines.push(`  ${code === 0 ? "passed" : "FAILED"}  ${step.name} (${seconds} s)`);
    say(`\n── ${step.name}\n${output.trimEnd()}`);
    if (code === 0) passed.add(step.name);
    else process.exitCode = 1;
  }
}

function next(): Step | undefined {
  if (process.exitCode) return undefined;
  const at = left.findIndex(({ after }) => after === undefined || passed.has(after));
  return at < 0 ? undefined : left.splice(at, 1)[0];
}

/** The output comes as a whole at the end, because other steps write too. */
function run({ name }: Step): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", name], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, KEYWARD_SKIPPED: skipped },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part) => (output += part));
    child.on("close", (code) => resolve({ code, output }));
  });
}

say(`Runs ${STEPS.map(({ name }) => name).join(", ")}; each prints its output when it ends.`);
await Promise.all(Array.from({ length: Math.min(availableParallelism(), MOST_LANES) }, lane));

say(`\n── Checks\n${lines.join("\n")}`);
if (left.length > 0) say(`  not run after the failure: ${left.map(({ name }) => name).join(", ")}`);
const notes = skippedIn(skipped);
say(notes.length === 0 ? "\nNo check was skipped." : `\nSkipped\n${notes.map((note) => `  ${note}`).join("\n")}`);
rmSync(folder, { recursive: true, force: true });
