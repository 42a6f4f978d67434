import { describe, expect, it } from "vitest";
import { readPolicy } from "../../lib/policy/read-policy.ts";

const HEAD = "version: 1\nkeys:\n  accept: any\nrespond:\n  default: [tag]\n";

const problemsOf = (text: string): string[] => {
  const read = readPolicy(text);
  return read.ok ? [] : read.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
};

describe("readPolicy", () => {
  it("reads YAML and JSON, and fills in the defaults", () => {
    for (const text of [HEAD, '{"version":1,"keys":{"accept":"any"},"respond":{"default":["tag"]}}']) {
      expect(readPolicy(text)).toMatchObject({ ok: true, policy: { mode: "enforce", require: { volume: true } } });
    }
  });

  it.each([
    [
      "a misspelt key",
      HEAD.replace("accept", "acept"),
      [/^2:1 keys\.accept: /, '3:3 keys.acept: unknown key "acept"; did you mean "accept"?'],
    ],
    [
      "a key unlike any other",
      `${HEAD}zzzzzz: 1\n`,
      [/^6:1 zzzzzz: unknown key "zzzzzz"; known here: version, mode, keys, /],
    ],
    [
      "a misspelt kind",
      `${HEAD}  trainingjob: [tag]\n`,
      ['6:3 respond.trainingjob: unknown kind "trainingjob"; did you mean "training-job"?'],
    ],
    ["a bad element", HEAD.replace("[tag]", "[tag, burn]"), [/^5:18 respond\.default\[1\]: /]],
    ["without a required part", "version: 1\nrespond:\n  default: []\n", [/^1:1 keys: /]],
    [
      "two faults, by line",
      HEAD.replace("any", "some").replace("[tag]", "tag"),
      [/^3:3 keys\.accept: /, /^5:3 respond\.default: /],
    ],
    [
      "notify without a contact",
      HEAD.replace("[tag]", "[tag]\n  training-job: [tag, notify]"),
      [/^6:3 respond\.training-job: notify needs `contact`: how people ask for an exemption/],
    ],
    ["a key given twice", `${HEAD}version: 1\n`, ["6:1 this key is given twice; remove one of the two"]],
    ["YAML that does not close", "version: 1\nkeys: [\n", [/^3:1 /]],
    ["two documents", `${HEAD}---\n${HEAD}`, ["6:1 a second document (---) begins here; a policy is one document"]],
    ["nothing", "", ["1:1 the policy: must be a mapping (lines of `name: value`); it is empty"]],
    ["only a comment", "# none\n", [/^1:1 the policy: .*; it is empty$/]],
    [
      "a binary file",
      `version: 1\nkeys: \0\u0001${"\0: [\n".repeat(50)}`,
      ["2:7 not text in UTF-8; a policy is a text file in YAML or JSON"],
    ],
    ["a text that is not UTF-8", `${HEAD}contact: Caf\ufffd\n`, [/^6:13 not text in UTF-8/]],
    [
      "an alias without an anchor",
      `${HEAD}contact: *ops\n`,
      [/^6:10 no anchor &ops is before the alias \*ops; .* in quotes$/],
    ],
    ["deep nesting", "[".repeat(50_000), [/^1:\d+ lists or mappings are nested too deeply$/]],
    ["a number as a key", `${HEAD}3: 4\n`, [/^6:1 3: unknown key "3"; known here: /]],
    ["a list as a key", `${HEAD}? [a]\n: 4\n`, [/^6:3 a key must be text/]],
    ["an empty key", `${HEAD}"": 4\n`, [/^6:1 "": unknown key ""; known here: /]],
    [
      "aliases that grow without bound",
      bomb(),
      ["1:1 its aliases (*name) stand for too much; write the values themselves"],
    ],
  ])("names the line and column of %s", (_what, text, problems) => {
    expect(problemsOf(text)).toEqual(
      problems.map((problem) => (typeof problem === "string" ? problem : expect.stringMatching(problem))),
    );
  });
});

function bomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  return lines.join("\n");
}
