import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { codes } from "../../lib/wording/reasons/say.ts";

const page = readFileSync("docs/reasons.md", "utf8");
const source = readFileSync("lib/core/model/reason.ts", "utf8");

/** The rows of the page: the code, its facts, its meaning and where it occurs. */
const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)].map(
  ([, code = "", facts = "", meaning = "", where = ""]) => ({ code, facts, meaning, where }),
);

/** The codes with the names of their facts, in the order of the types. */
const typed = [...source.matchAll(/^ {2}readonly (?:"([\w-]+)"|(\w+)): (None|AwsError|\{[^}]*\});$/gm)]
  .map(([, quoted, plain, facts = ""]) => ({ code: quoted ?? plain ?? "", facts: namesOf(facts) }))
  .filter(({ code }) => codes.some((one) => one === code));

function namesOf(facts: string): string {
  if (facts === "AwsError") return "`error`, `message`";
  return [...facts.matchAll(/readonly (\w+):/g)].map(([, name]) => `\`${name}\``).join(", ") || "–";
}

it("docs/reasons.md has a row for each code that has a sentence, and for no other", () => {
  const documented = rows.map(({ code }) => code);
  expect(codes.filter((code) => !documented.includes(code)).map((code) => `add ${code} to docs/reasons.md`)).toEqual(
    [],
  );
  expect(documented.filter((code) => !(codes as readonly string[]).includes(code))).toEqual([]);
  expect(new Set(documented).size).toBe(documented.length);
});

it("docs/reasons.md has the codes in the order of lib/core/model/reason.ts, each with its facts", () => {
  expect(rows.map(({ code, facts }) => ({ code, facts }))).toEqual(typed);
});

it("docs/reasons.md gives the meaning of each code and where it occurs", () => {
  const known = ["verdict", "setting", "action", "answer", "dead letter", "alarm"];
  for (const { code, meaning, where } of rows) {
    expect(meaning, code).toMatch(/^[A-Z`].*\.$/);
    for (const one of where.split(", ")) expect(known, code).toContain(one);
  }
});
