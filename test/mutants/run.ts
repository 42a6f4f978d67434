import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Mutant, mutate } from "./mutant.ts";
import { createScratch, type Scratch } from "./scratch.ts";
import type { Ended, Suite } from "./suites.ts";

/** How a mutant ended. A suite that never ends cannot pass, so `hung` counts as noticed too. */
export type Verdict =
  | { readonly is: "noticed"; readonly by: string }
  | { readonly is: "survived" }
  /** The row is wrong: its text does not fit, or the mutated file does not load. */
  | { readonly is: "wrong"; readonly problem: string };

export interface Result {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly seconds: number;
}

export interface RunOptions {
  readonly root: string;
  readonly suites: readonly Suite[];
  /** How many mutants run at once, each in a copy of its own. */
  readonly copies: number;
  /** A suite that takes longer has hung, in milliseconds. */
  readonly limitMs: number;
  readonly progress: (result: Result, count: number) => void;
}

/** What fails without any mutant, or nothing; each suite is run once, when it is first needed. */
type Baseline = (suite: Suite) => Promise<string | undefined>;

/** Runs every mutant. A suite counts only if it passes without a mutant: `red` says what fails there. */
export async function runMutants(
  mutants: readonly Mutant[],
  options: RunOptions,
): Promise<{ readonly red: string } | { readonly results: readonly Result[] }> {
  const scratches = Array.from({ length: options.copies }, () => createScratch(options.root));
  const clean = createScratch(options.root);
  const baseline = baselineIn(clean, options);
  const results: Result[] = [];
  let red: string | undefined;
  try {
    await shared(mutants, scratches, async (mutant, scratch) => {
      if (red !== undefined) return;
      const start = performance.now();
      const verdict = await runMutant(mutant, scratch, baseline, options);
      if (verdict.is === "red") {
        red ??= verdict.red;
        return;
      }
      const result = { mutant, verdict, seconds: Math.round((performance.now() - start) / 1_000) };
      results.push(result);
      options.progress(result, results.length);
    });
  } finally {
    for (const scratch of [...scratches, clean]) scratch.remove();
  }
  if (red !== undefined) return { red };
  return { results: mutants.map((mutant) => results.find((one) => one.mutant === mutant) as Result) };
}

function baselineIn({ folder }: Scratch, { limitMs }: RunOptions): Baseline {
  const known = new Map<Suite, ReturnType<Baseline>>();
  const run = async (suite: Suite) => {
    const ended = await suite.run(folder, limitMs);
    return ended.is === "passed" ? undefined : `${suite.name}: ${textOf(ended)}`;
  };
  return (suite) => {
    const red = known.get(suite) ?? run(suite);
    known.set(suite, red);
    return red;
  };
}

async function runMutant(
  mutant: Mutant,
  scratch: Scratch,
  baseline: Baseline,
  { suites, limitMs }: RunOptions,
): Promise<Verdict | { readonly is: "red"; readonly red: string }> {
  const mutated = mutate(mutant, readFileSync(join(scratch.folder, mutant.file), "utf8"));
  if (!mutated.ok) return { is: "wrong", problem: mutated.problem };
  return scratch.withText(mutant.file, mutated.text, async () => {
    for (const suite of suites) {
      const red = await baseline(suite);
      if (red !== undefined) return { is: "red", red };
      const ended = await suite.run(scratch.folder, limitMs);
      if (ended.is === "broken") return { is: "wrong", problem: `row "${mutant.name}": ${ended.detail}` };
      if (ended.is !== "passed") return { is: "noticed", by: textOf(ended) };
    }
    return { is: "survived" };
  });
}

/** Gives each item to the next copy that is free. */
async function shared<T>(
  items: readonly T[],
  scratches: readonly Scratch[],
  run: (item: T, scratch: Scratch) => Promise<void>,
): Promise<void> {
  const left = [...items];
  await Promise.all(
    scratches.map(async (scratch) => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item, scratch);
    }),
  );
}

function textOf(ended: Exclude<Ended, { is: "passed" }>): string {
  switch (ended.is) {
    case "failed":
      return ended.test;
    case "hung":
      return `does not end: ${ended.detail}`;
    case "broken":
      return ended.detail;
    default:
      return ended satisfies never;
  }
}
