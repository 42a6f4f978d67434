import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transform } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { type Mutant, mutantsOf, mutate, problemsOf } from "./mutant.ts";
import { runMutants, type Verdict } from "./run.ts";
import { type Ended, runNode, type Suite } from "./suites.ts";
import { mutants } from "./table.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

describe("the table", () => {
  it("has at least forty bugs, and the text of each occurs once in its file", () => {
    expect(problemsOf(mutants, read)).toEqual([]);
    expect(mutants.length).toBeGreaterThanOrEqual(40);
  });

  it("holds bugs that can be loaded", async () => {
    for (const mutant of mutants) {
      const mutated = mutate(mutant, read(mutant.file));
      await expect(transform(mutated.ok ? mutated.text : "(", { loader: "ts" }), mutant.name).resolves.toBeDefined();
    }
  });
});

describe("a row that does not fit its file", () => {
  it.each([
    ["a b", 0],
    ["a a", 2],
  ])("in %j is named with its file", (text, times) => {
    const rows = mutantsOf("lib/x.ts", [["a bug", times === 0 ? "c" : "a", "d"]]);
    expect(problemsOf(rows, () => text)).toEqual([
      expect.stringContaining(`row "a bug": its text occurs ${times} times in lib/x.ts, not once`),
    ]);
  });

  it("is one whose file does not exist", () => {
    const rows = mutantsOf("lib/x.ts", [["a bug", "a", "b"]]);
    expect(problemsOf(rows, () => undefined)).toEqual(['row "a bug": there is no file lib/x.ts']);
  });

  it("is a name that is used twice too", () => {
    const rows = mutantsOf("lib/x.ts", [
      ["a bug", "a", "c"],
      ["a bug", "b", "c"],
    ]);
    expect(problemsOf(rows, () => "a b")).toEqual(['row "a bug": the name is used twice']);
  });

  it("takes its replacement as it is", () => {
    expect(mutate({ name: "n", file: "f", find: "b", replace: "$&$1" }, "a b")).toEqual({ ok: true, text: "a $&$1" });
  });
});

describe("a run", () => {
  const root = mkdtempSync(join(tmpdir(), "keyward-mutants-test-"));
  mkdirSync(join(root, "node_modules"));
  writeFileSync(join(root, "sum.txt"), "one plus two");
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const seen: string[] = [];
  /** A suite that looks at one file of the copy. */
  const suite = (name: string, look: (text: string) => Ended): Suite => ({
    name,
    async run(folder) {
      seen.push(folder);
      return look(readFileSync(join(folder, "sum.txt"), "utf8"));
    },
  });
  const passed: Ended = { is: "passed" };
  const suites = [
    suite("first", (text) => (text.includes("plus") ? passed : { is: "failed", test: "adds" })),
    suite("second", (text) => {
      if (text.includes("hang")) return { is: "hung", detail: "vitest" };
      return text.includes("(") ? { is: "broken", detail: "it does not load" } : passed;
    }),
  ];
  const run = (table: readonly Mutant[], some = suites) =>
    runMutants(table, { root, suites: some, copies: 2, limitMs: 1_000, progress: () => {} });

  it("says of each bug who notices it, and changes nothing but its copies", async () => {
    const ran = await run(
      mutantsOf("sum.txt", [
        ["subtracts", "plus", "minus"],
        ["hangs", "two", "hang"],
        ["changes nothing that matters", "two", "2"],
        ["does not load", "one", "("],
        ["is gone", "three", "3"],
      ]),
    );
    const verdicts: Verdict[] = "results" in ran ? ran.results.map(({ verdict }) => verdict) : [];
    expect(verdicts).toEqual([
      { is: "noticed", by: "adds" },
      { is: "noticed", by: "does not end: vitest" },
      { is: "survived" },
      { is: "wrong", problem: 'row "does not load": it does not load' },
      { is: "wrong", problem: expect.stringContaining("occurs 0 times in sum.txt") },
    ]);
    expect(readFileSync(join(root, "sum.txt"), "utf8")).toBe("one plus two");
    expect(seen.filter((folder) => existsSync(folder))).toEqual([]);
  });

  it("ends where a suite fails without any bug", async () => {
    const red = suite("red", () => ({ is: "failed", test: "always" }));
    expect(await run(mutantsOf("sum.txt", [["subtracts", "plus", "minus"]]), [red])).toEqual({ red: "red: always" });
  });
});

it("a suite that does not end is killed", async () => {
  expect(await runNode(["-e", "for (;;);"], ROOT, 500)).toMatchObject({ status: "hung" });
});
