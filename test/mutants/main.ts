import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { randomOf } from "../long/random.ts";
import { type Mutant, problemsOf } from "./mutant.ts";
import { type Result, runMutants } from "./run.ts";
import { endSuites, suites } from "./suites.ts";
import { mutants } from "./table.ts";

const USAGE = `Usage: npm run mutants -- [--only TEXT] [--sample N [--seed S]] [--list]

Puts one deliberate bug after the other into a copy of the repository, and runs the
suites that must notice it, the fast ones first. Prints a line for each bug and then a
table. Ends with 1 if a bug survives, and with 2 if the suites fail without any bug or
if a row of the table does not fit its file any more.

  --only TEXT    only the bugs whose name contains the text
  --sample N     only so many, taken at random
  --seed S       which ones (default: it follows from the files, so that the same code
                 has the same sample)
  --copies N     so many at once, each in a copy of its own (default: one for each core)
  --list         the names, without running anything`;

/** Guards against hanging only. The slowest suite takes half a minute. */
const LIMIT_MS = 6 * 60_000;
const ROOT = join(import.meta.dirname, "../..");

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    sample: { type: "string" },
    seed: { type: "string" },
    copies: { type: "string", default: String(availableParallelism()) },
    list: { type: "boolean" },
    help: { type: "boolean" },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const problems = problemsOf(mutants, (file) => (existsSync(join(ROOT, file)) ? read(file) : undefined));
const named = mutants.filter(({ name }) => name.includes(values.only ?? ""));
const isNumber = (text: string | undefined) => text === undefined || /^\d+$/.test(text);

if (values.help) say(USAGE);
else if (!isNumber(values.sample) || !isNumber(values.seed) || !Number(values.copies) || named.length === 0)
  fail(USAGE);
else if (values.list) for (const { name, file } of named) say(`${file}: ${name}`);
else if (problems.length > 0) fail(problems.join("\n"));
else await run(values.sample === undefined ? named : sampleOf(named, Number(values.sample), seed()));

function fail(text: string): void {
  say(text);
  process.exitCode = 2;
}

function seed(): number {
  if (values.seed !== undefined) return Number(values.seed);
  const files = [...new Set(mutants.map(({ file }) => file))];
  return createHash("sha256").update(files.map(read).join()).digest().readUInt32BE() % 10_000;
}

function sampleOf(from: readonly Mutant[], count: number, by: number): Mutant[] {
  say(`A sample of ${count} of ${from.length} bugs, --seed ${by}`);
  const random = randomOf(by);
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random.below(left.length), 1)).flat();
}

async function run(chosen: readonly Mutant[]): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      endSuites();
      process.exit(130);
    });
  }
  const progress = ({ mutant, verdict, seconds }: Result, count: number) =>
    say(`${count}/${chosen.length} ${verdict.is} (${seconds} s): ${mutant.name}`);
  const ran = await runMutants(chosen, {
    root: ROOT,
    suites,
    copies: Number(values.copies),
    limitMs: LIMIT_MS,
    progress,
  });
  if ("red" in ran)
    return fail(`The suites fail without any bug, so they can notice none. Fix them first.\n${ran.red}`);
  report(ran.results);
}

function report(results: readonly Result[]): void {
  say("\n| file | deliberate bug | noticed by |\n|---|---|---|");
  for (const { mutant, verdict } of results) {
    const by = verdict.is === "noticed" ? verdict.by : verdict.is === "survived" ? "**nobody**" : "**wrong row**";
    say(`| ${mutant.file.replace("lib/", "")} | ${mutant.name} | ${by.replaceAll("|", "\\|")} |`);
  }
  for (const { verdict } of results) if (verdict.is === "wrong") fail(verdict.problem);
  const survivors = results.filter(({ verdict }) => verdict.is === "survived");
  const noticed = results.filter(({ verdict }) => verdict.is === "noticed").length;
  say(`\n${noticed} of ${results.length} bugs are noticed.`);
  for (const { mutant } of survivors) say(`survived: ${mutant.name} (${mutant.file})`);
  if (survivors.length > 0) process.exitCode ??= 1;
}
