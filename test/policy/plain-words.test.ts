import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { readPolicy } from "../../lib/policy/read-policy.ts";
import { YAML_FAULTS } from "../../lib/policy/yaml-faults.ts";

/** Words of the schema's and the YAML parser's own messages, and of values that were never worded. */
const FOREIGN =
  /Invalid|[Ee]xpected|received|Too (big|small)|Unrecognized|Unexpected|undefined|\[object|NaN|null|Infinity|at node|Flow |Map keys|stack|ReferenceError/;

const EXEMPTION = {
  name: "a",
  reason: "r",
  owner: "o",
  expires: "2027-03-31",
  match: { kind: ["app"], name: "x", arn: ["y"], account: "1*", region: "z", tag: { key: "k", "set-by": "w" } },
};
const shipped = {
  ...parse(readFileSync("policy.yaml", "utf8")),
  accounts: ["111122223333"],
  regions: ["us-east-1"],
  exemptions: [EXEMPTION, { ...EXEMPTION, name: "b" }],
};

type Path = readonly (string | number)[];

/** Every path in a value. */
function pathsIn(value: unknown, above: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [above];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [above, ...entries.flatMap(([name, member]) => pathsIn(member, [...above, name]))];
}

/** The value with another one at a path; without the member if there is none. */
function withAt(value: unknown, [name, ...below]: Path, change: Change): unknown {
  if (name === undefined) return change.is === "replace" ? change.value : value;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  if (below.length > 0 || change.is === "replace") copy[name] = withAt(copy[name], below, change);
  else {
    if (change.is === "rename") copy[change.to] = copy[name];
    if (Array.isArray(copy)) copy.splice(Number(name), 1);
    else delete copy[name];
  }
  return copy;
}

type Change =
  | { readonly is: "replace"; readonly value: unknown }
  | { readonly is: "remove" }
  | { readonly is: "rename"; readonly to: string };

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    null,
    "",
    [],
    {},
    [[]],
    [null],
    0,
    -1,
    1.5,
    1e300,
    -1e300,
    Infinity,
    -Infinity,
    NaN,
    true,
    "x".repeat(600),
  ),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: anything.map((value) => ({ is: "replace" as const, value })) },
  fc.constant({ is: "remove" as const }),
  fc.string({ maxLength: 12 }).map((to) => ({ is: "rename" as const, to })),
);
const mutated = fc
  .array(fc.tuple(fc.constantFrom(...pathsIn(shipped)), change), { minLength: 1, maxLength: 4 })
  .map((changes) =>
    changes.reduce<unknown>((value, [path, one]) => (has(value, path) ? withAt(value, path, one) : value), shipped),
  );

const has = (value: unknown, path: Path): boolean =>
  pathsIn(value).some((other) => JSON.stringify(other) === JSON.stringify(path));

/** Checks the problems of a text; what they quote of it is not Keyward's. Returns their number. */
function expectPlainWords(text: string): number {
  const read = readPolicy(text);
  const problems = read.ok ? [] : read.problems;
  for (const { line, column, message } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    const [, path = "", words = message] = /^([^ ]*|the policy): (.*)$/su.exec(message) ?? [];
    expect(words.replace(/"[^"]*"/g, "")).not.toMatch(FOREIGN);
    expect(path).not.toMatch(/undefined|\[object/);
  }
  return problems.length;
}

describe("the problems of a policy are in Keyward's words", () => {
  it("for every change of the shipped policy", () => {
    let faulty = 0;
    fc.assert(
      fc.property(mutated, (document) => {
        faulty += Math.min(1, expectPlainWords(stringify(document)));
      }),
      { numRuns: 400 },
    );
    expect(faulty).toBeGreaterThan(200);
  });

  it("for any JSON", () => {
    fc.assert(fc.property(fc.json(), (text) => void expectPlainWords(text)));
  });

  it("for any text", () => {
    const pieces = fc.constantFrom(
      "a",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "'",
      '"',
      "&a ",
      "*a",
      "!!int ",
      "? ",
      "|",
      "\t",
      "#",
      "%",
      "@",
      "---\n",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (text) => void expectPlainWords(text.join(""))),
      { numRuns: 1000 },
    );
  });

  it("for every fault of YAML", () => {
    for (const words of Object.values(YAML_FAULTS)) expect(words).not.toMatch(FOREIGN);
  });
});
