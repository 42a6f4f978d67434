import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { keyward } from "../support/cli.ts";

const pages = [
  ...readdirSync(".").filter((file) => file.endsWith(".md")),
  ...readdirSync("docs").map((file) => join("docs", file)),
];

/** Operations that the exercises make up. */
const MADE_UP = /frobnication|distillation/i;

/** The `id` that a heading gets. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));

describe.each(pages)("%s", (page) => {
  const text = readFileSync(page, "utf8");

  it("links to pages and headings that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
    for (const link of links) {
      const [path = "", heading] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      expect(existsSync(target), link).toBe(true);
      if (heading !== undefined) expect(anchorsOf(readFileSync(target, "utf8")), link).toContain(heading);
    }
  });

  it("names files and folders that exist", () => {
    const named = [...text.matchAll(/(?<![\w./-])(?:lib|handlers|scripts|test|docs)\/[\w./-]+(?![\w./*<-])/g)];
    const missing = named
      .map(([path]) => path.replace(/[.,]$/, ""))
      .filter((path) => !MADE_UP.test(path) && !path.endsWith("/") && !existsSync(path));
    expect(missing).toEqual([]);
  });

  it("names npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z][\w-]*)/g)].map(([, script = ""]) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

describe("a transcript in the docs is the real output of its command", () => {
  it.each([
    ["README.md", ["replay", "events/CreateNotebookInstance/fail-no-key.json"]],
    ["docs/sweep.md", ["sweep", "--target", "embedded"]],
    ["docs/prevention.md", ["scp", "--backtest", "events"]],
  ])("in %s: keyward %j", (page, args) => {
    const shown = transcript(readFileSync(page, "utf8"), `npx keyward ${args.join(" ")}`);
    const printed = new Set(keyward(args).out.split("\n").map(timeless));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((line) => !printed.has(timeless(line)))).toEqual([]);
  });
});

it("docs/installing.md's example judges and plans", async () => {
  const example = readFileSync("docs/installing.md", "utf8").split("```ts\n")[1]?.split("```")[0] ?? "";
  const lines = example.trimEnd().split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const body = lines.filter((line) => !line.startsWith("import ")).join("\n");
  const contents = `${imports.join("\n")}
    export function use(policyText: string, record: unknown) {${body.replace(/\}$/, "return decision; }")} }`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    alias: { keyward: resolve("lib/library/core.ts"), "keyward/policy": resolve("lib/library/policy.ts") },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  const module: { exports: { use?: (policy: string, record: unknown) => { verdict: string } } } = { exports: {} };
  new Function("module", "require", outputFiles[0]?.text ?? "")(module, createRequire(import.meta.url));
  const record = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8"));
  expect(module.exports.use?.(readFileSync("policy.yaml", "utf8"), record)).toMatchObject({
    verdict: "non-compliant",
    settings: [{ path: "KmsKeyId", is: "missing", code: "no-key" }],
    actions: [
      { do: "tag", outcome: "planned" },
      { do: "stop", outcome: "planned" },
      { do: "notify", outcome: "planned" },
    ],
  });
});

it("docs/decision.md's example is the real decision", () => {
  const page = readFileSync("docs/decision.md", "utf8");
  const shown = page.split("```json\n")[1]?.split("```")[0] ?? "null";
  const args = ["replay", "events/CreateNotebookInstance/fail-no-key.json", "--target", "dry-run", "--json"];
  expect(page).toContain(`npx keyward ${args.join(" ")}`);
  expect(JSON.parse(shown)).toEqual(JSON.parse(keyward(args).out));
});

/** The lines of the first indented block after the line with the command; `…` stands for omitted lines. */
function transcript(page: string, command: string): string[] {
  const [, after = ""] = page.split(`    ${command}\n`);
  const block = /\n\n((?: {4}.*\n|\n)+)/.exec(after)?.[1] ?? "";
  return block.split("\n").flatMap((line) => (line.trim() === "" || line.trim() === "…" ? [] : [line.slice(4)]));
}

/** The text without the current times, which a run on the embedded AWS shows. */
const timeless = (line: string): string => line.trimEnd().replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "TIME");
