import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commands } from "../../lib/cli/command-table.ts";
import { bashCompletion } from "../../lib/cli/completion/bash.ts";
import { fishCompletion } from "../../lib/cli/completion/fish.ts";
import { specificationOf } from "../../lib/cli/completion/specification.ts";
import { zshCompletion } from "../../lib/cli/completion/zsh.ts";
import { noteSkipped } from "../../scripts/skipped.ts";
import { keyward } from "../support/cli.ts";

const specification = await specificationOf(commands);

function isThere(shell: string): boolean {
  const there = spawnSync(shell, ["--version"]).error === undefined;
  if (!there) noteSkipped(`completion in ${shell}`, `${shell} is not on the PATH`);
  return there;
}

describe.skipIf(!isThere("bash"))("completion in bash (skipped where there is no bash)", () => {
  /** The words that bash offers for the last one of these words. */
  const offered = (...words: string[]): string[] => {
    const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _keyward; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const script = `${bashCompletion(specification)}\n${ask}`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script, "bash", ...words], { encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter(Boolean);
  };

  it("offers the commands", () => {
    expect(offered("keyward", "")).toEqual([...Object.keys(commands), "help", "--help", "--version"]);
    expect(offered("keyward", "re")).toEqual(["replay"]);
    expect(offered("keyward", "help", "ex")).toEqual(["explain"]);
  });

  it("offers the options of a command", () => {
    expect(offered("keyward", "replay", "--t")).toEqual(["--target", "--topic"]);
    expect(offered("keyward", "replay", "x.json", "--fail")).toEqual(["--fail-on"]);
    expect(offered("keyward", "sweep", "--check")).toEqual(["--checkpoint"]);
  });

  it("offers the values of an option, after a space and after =", () => {
    expect(offered("keyward", "replay", "--target", "")).toEqual(["embedded", "dry-run", "aws"]);
    expect(offered("keyward", "replay", "--target", "=", "d")).toEqual(["dry-run"]);
    expect(offered("keyward", "replay", "--target", "=")).toEqual(["embedded", "dry-run", "aws"]);
    expect(offered("keyward", "catalogue", "--operation", "CreateTrainingJ")).toEqual(["CreateTrainingJob"]);
    expect(offered("keyward", "check", "--format", "s")).toEqual(["sarif"]);
  });

  it("offers files where a file is allowed", () => {
    expect(offered("keyward", "replay", "--policy", "policy.")).toEqual(
      expect.arrayContaining(["policy.yaml", "policy.schema.json"]),
    );
    expect(offered("keyward", "explain", "events/wor")).toEqual(["events/world.json"]);
    expect(offered("keyward", "sweep", "events/wor")).toEqual([]);
    expect(offered("keyward", "replay", "--topic", "pol")).toEqual([]);
  });

  it("offers the first operands of a command", () => {
    expect(offered("keyward", "completion", "")).toEqual(["bash", "zsh", "fish", "--help"]);
    expect(offered("keyward", "catalogue", "i")).toEqual(["instances"]);
  });
});

describe.skipIf(!isThere("zsh"))("completion in zsh (skipped where there is no zsh)", () => {
  it("is read without an error and defines the completion", () => {
    const script = `autoload -U compinit; compinit -D; eval "$1"; print -r -- \${_comps[keyward]}`;
    const ran = spawnSync("zsh", ["-f", "-c", script, "zsh", zshCompletion(specification)], { encoding: "utf8" });
    expect({ out: ran.stdout, err: ran.stderr }).toEqual({ out: "_keyward\n", err: "" });
  });
});

describe.skipIf(!isThere("fish"))("completion in fish (skipped where there is no fish)", () => {
  it("offers commands, options and values", () => {
    const offered = (line: string): string[] => {
      const input = `${fishCompletion(specification)}\ncomplete -C '${line}'\n`;
      const ran = spawnSync("fish", ["--no-config"], { input, encoding: "utf8" });
      expect(ran.stderr).toBe("");
      return ran.stdout.split("\n").map((text) => text.split("\t")[0] ?? "");
    };
    expect(offered("keyward re")).toContain("replay");
    expect(offered("keyward replay --tar")).toContain("--target");
    expect(offered("keyward replay --target dr")).toContain("dry-run");
  });
});

describe("keyward completion", () => {
  it.each([
    ["bash", bashCompletion],
    ["zsh", zshCompletion],
    ["fish", fishCompletion],
  ])("prints the script for %s, with every command, option and value", (shell, script) => {
    const { code, out } = keyward(["completion", shell]);
    expect({ code, out }).toEqual({ code: 0, out: script(specification) });
    for (const { name, options } of specification) {
      expect(out).toContain(name);
      for (const option of options) {
        for (const word of [option.name.slice(2), ...option.values]) expect(out).toContain(word);
      }
    }
  });

  it.each([
    [["completion"], "keyward: name one shell: bash, zsh, fish\n"],
    [["completion", "fihs"], 'keyward: completion fihs is not known; did you mean "fish"?\n'],
  ])("refuses the arguments %j", (args, err) => expect(keyward(args)).toMatchObject({ code: 2, out: "", err }));
});
