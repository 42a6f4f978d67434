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

/** Runs every mutant. Without a mutant the suites must pass: `red` says what fails there. */
export async function runMutants(
  mutants: readonly Mutant[],
  options: RunOptions,
): Promise<{ readonly red: string } | { readonly results: readonly Result[] }> {
  const copies = Math.min(options.copies, Math.max(mutants.length, options.suites.length));
  const scratches = Array.from({ length: copies }, () => createScratch(options.root));
  try {
    const red = await baseline(scratches, options);
    if (red !== undefined) return { red };
    const results: Result[] = [];
    await shared(mutants, scratches, async (mutant, scratch) => {
      const start = performance.now();
      const verdict = await runMutant(mutant, scratch, options);
      const result = { mutant, verdict, seconds: Math.round((performance.now() - start) / 1_000) };
      results.push(result);
      options.progress(result, results.length);
    });
    return { results: mutants.map((mutant) => results.find((one) => one.mutant === mutant) as Result) };
  } finally {
    for (const scratch of scratches) scratch.remove();
  }
}

async function baseline(scratches: readonly Scratch[], { suites, limitMs }: RunOptions): Promise<string | undefined> {
  const red: string[] = [];
  await shared(suites, scratches, async (suite, { folder }) => {
    const ended = await suite.run(folder, limitMs);
    if (ended.is !== "passed") red.push(`${suite.name}: ${textOf(ended)}`);
  });
  return red[0];
}

async function runMutant(mutant: Mutant, scratch: Scratch, { suites, limitMs }: RunOptions): Promise<Verdict> {
  const mutated = mutate(mutant, readFileSync(join(scratch.folder, mutant.file), "utf8"));
  if (!mutated.ok) return { is: "wrong", problem: mutated.problem };
  return scratch.withText(mutant.file, mutated.text, async () => {
    for (const suite of suites) {
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
