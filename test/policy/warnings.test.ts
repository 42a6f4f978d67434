import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkPolicy } from "../../lib/policy/read-policy.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-warnings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = new Date("2026-11-25T23:59:59Z");
const HEAD = "version: 1\nkeys: {accept: any}\nrespond: {default: [tag]}\n";

async function warningsOf(text: string): Promise<string[]> {
  const file = join(folder, "policy.yaml");
  writeFileSync(file, text);
  const checked = await checkPolicy(file, NOW);
  expect(checked.ok).toBe(true);
  return checked.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const exempting = (match: string, expires = "2027-01-31") =>
  `${HEAD}exemptions:\n  - reason: r\n    owner: o\n    expires: ${expires}\n    match: ${match}\n`;

const routing = (...routes: string[]) => `${HEAD}notify:\n${routes.map((route) => `  - ${route}\n`).join("")}`;
const TOPIC = /^5:\d+ notify\[0\]\.to: the ARN of the topic "t" must be in the stack's parameter RouteTopicArns/;

describe("checkPolicy warns", () => {
  it.each([
    ["about no ordinary policy", HEAD, []],
    [
      "about a list without a key",
      HEAD.replace("any", "listed"),
      [/^2:8 keys\.accept: .*`keys\.allow`, which is empty/],
    ],
    ["about no list with a key", HEAD.replace("any", "listed, allow: [alias/ml]"), []],
    ["about the shipped contact", `${HEAD}contact: FILL-IN\n`, [/^4:1 contact: is still the shipped text/]],
    ["about an end after a year", exempting("{name: x}", "2027-11-26"), [/^7:5 .*2027-11-26 is .*; give 2027-11-25 /]],
    ["about no end in a year", exempting("{name: x}", "2027-11-25"), []],
    ["about the name *", exempting('{name: "*"}'), [/^8:5 exemptions\[0\]\.match: covers every resource/]],
    ["about * in a list, with another *", exempting('{arn: [x, "*"], account: "**"}'), [/covers every resource/]],
    ["about no * with a kind", exempting('{name: "*", kind: app}'), []],
    ["about no * with a principal", exempting('{name: "*", principal: "*:role/etl"}'), []],
    ["about no * with a tag", exempting('{name: "*", tag: {key: k, set-by: "*"}}'), []],
    ["about no * with an address", exempting('{name: "*", address: "module.a.*"}'), []],
    [
      "about a file with a caller",
      exempting('{file: "a/*", principal: "*:role/a"}'),
      [/covers nothing: .* the principal is/],
    ],
    [
      "about an address with a tag",
      exempting('{address: A, tag: {key: k, set-by: "*"}}'),
      [/covers nothing: .* who sets a tag/],
    ],
    ["about a topic, which the stack must have", routing("{match: {name: x}, send: now, to: t}"), [TOPIC]],
    ["about no route to the users", routing("{match: {name: x}, send: daily}"), []],
    [
      "about mails that nobody gets",
      routing("{match: {name: x}, send: never}"),
      [/send: nobody is mailed about these/],
    ],
    [
      "about stops that nobody is mailed about",
      routing("{match: {name: x}, send: never, to: t}").replace("[tag]", "[tag, stop]"),
      [/resources, not even where one is stopped$/, /notify\[0\]\.to: has no effect/],
    ],
    [
      "about a route that hides the ones after it",
      routing('{match: {account: "*"}, send: now}', "{match: {name: x}, send: daily}"),
      [/^5:6 notify\[0\]\.match: matches every resource/],
    ],
    [
      "in the order of the lines",
      `contact: FILL-IN\n${exempting('{name: "*"}', "2030-01-01")}`.replace("any", "listed"),
      [/^1:1 /, /^3:8 /, /^8:5 /, /^9:5 /],
    ],
  ])("%s", async (_what, text, warnings) => {
    expect(await warningsOf(text)).toEqual(warnings.map((one) => expect.stringMatching(one)));
  });

  it("about nothing in a faulty policy, or in a file that cannot be read", async () => {
    const file = join(folder, "faulty.yaml");
    writeFileSync(file, `${HEAD}contact: FILL-IN\nversion: 2\n`);
    expect(await checkPolicy(file, NOW)).toMatchObject({ ok: false, problems: [{ line: 5 }], warnings: [] });
    expect(await checkPolicy(join(folder, "absent"), NOW)).toMatchObject({ problems: [{ line: 0 }], warnings: [] });
  });
});
