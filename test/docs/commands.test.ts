import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../lib/cli/command-table.ts";
import { specificationOf } from "../../lib/cli/completion/specification.ts";
import { parseControl } from "../../lib/control/control-object.ts";
import { noteSkipped } from "../../scripts/skipped.ts";

const botocore = spawnSync("python3", ["-c", "import botocore"]).status === 0;
if (!botocore) noteSkipped("the API model's check of the docs' AWS CLI commands", "python3 cannot import botocore");

const PAGES = ["docs/deploying.md", "docs/operating.md"];

/** The commands `aws …` of a page: of its blocks, also in `$(…)`, and between backticks. */
function awsCommands(text: string): string[] {
  const blocks = [...text.matchAll(/(?:^ {4,}.*\n)+/gm)].map(([block]) => block.replace(/\\\n\s*/g, " "));
  const known = (line: string) =>
    line.replace(/\$\(\(.*?\)\)|\$\(date[^)]*\)|\$END\b/g, "1").replace(/\$[A-Z]+\b/g, "keyward");
  const inBlocks = blocks.flatMap((block) =>
    [...known(block).matchAll(/^\s*(?:\w+=\$\()?(aws (?:'[^']*'|"[^"]*"|[^'")\n])*)/gm)].map(
      ([, command = ""]) => command,
    ),
  );
  const rest = text.replace(/^ {4,}.*$/gm, "");
  const inline = [...rest.matchAll(/`(aws [^`]*)`/g)].map(([, command = ""]) => command.replace(/\s+/g, " "));
  return [...inBlocks, ...inline.map(known).filter((command) => command.includes(" --"))];
}

/** The words after `keyward` in blocks and between backticks. */
function keywardCommands(text: string): string[][] {
  const blocks = [...text.matchAll(/^ {4,}(?:npx )?keyward ([^\n]*?)(?: {2,}|$)/gm)];
  const inline = [...text.replace(/^ {4,}.*$/gm, "").matchAll(/`(?:npx )?keyward ([^`]*)`/g)];
  return [...blocks, ...inline].map(([, words = ""]) => words.replace(/"[^"]*"/g, "TEXT").split(/[\s>]+/));
}

describe.each([...PAGES, "docs/prevention.md", "README.md"])("%s", (page) => {
  it("has commands of Keyward that exist, with their subcommands and options", async () => {
    const specifications = await specificationOf(commands);
    const used = keywardCommands(readFileSync(page, "utf8"));
    expect(used.length).toBeGreaterThan(5);
    for (const [name = "", ...words] of used) {
      if (name.startsWith("-") || name === "COMMAND") continue;
      const specification = specifications.find((one) => one.name === name);
      expect(specification, `keyward ${name}`).toBeDefined();
      const known = specification?.options.map((option) => option.name);
      for (const option of words.filter((word) => word.startsWith("--"))) expect(known, name).toContain(option);
      const [word] = words;
      if (name === "mode" || name === "policy") {
        if (word && /^[a-z]+$/.test(word)) expect(specification?.words).toContain(word);
      }
    }
  });
});

describe.each(PAGES)("%s", (page) => {
  const text = readFileSync(page, "utf8");

  it("has AWS CLI commands whose operations, options and values are valid", ({ skip }) => {
    skip(!botocore, "python3 cannot import botocore");
    const found = awsCommands(text);
    expect(found.length).toBeGreaterThan(10);
    const input = JSON.stringify(found);
    const { stdout, stderr } = spawnSync("python3", ["test/support/aws_commands.py"], { input, encoding: "utf8" });
    expect(stderr).toBe("");
    const wrong = (JSON.parse(stdout) as string[][]).flatMap((faults, i) => faults.map((one) => `${found[i]}: ${one}`));
    expect(wrong).toEqual([]);
  });

  it("has JSON that is JSON, and control objects that are valid", () => {
    const blocks = [...text.matchAll(/(?:^ {4,}.*\n)+/gm)].flatMap(([block]) => block.match(/\{\s*"[\s\S]*\}/g) ?? []);
    for (const block of blocks) {
      const value = JSON.parse(block.replaceAll("$NOW", "2026-11-02T03:00:00Z"));
      if ("mode" in value) expect(parseControl(value)).toEqual(value);
    }
  });
});
