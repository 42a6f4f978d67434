import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { createTally, reportOf, tallyDecision } from "../../lib/core/report/tally.ts";
import { writeReport } from "../../lib/report/write-report.ts";
import { policyOf } from "../support/build.ts";
import { keyward } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";
import { CASES, HOSTILE, hitsIn } from "./hostile.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-text-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** Control, bidirectional and invisible characters, and blanks. */
const HIDDEN = /(?!\n)[\p{C}\p{DI}\p{Zl}\p{Zp}]/u;
/** The colours of Keyward's own output. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with Escape.
const COLOUR = /\u001b\[(?:31|32|33|39|2|22|1)m/g;
/** A file's name that a terminal would obey. */
const NAME = "a\u001b[2J\u202e\u2028.json";

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
/** A notebook waits until it can be stopped, which takes time: the other kinds are enough. */
const SHORT = CASES.filter(({ name }) => name.startsWith("CreatePipeline/fail") || name.startsWith("CreateDomain"));
const events = file("events.jsonl", SHORT.map(({ event }) => JSON.stringify(event)).join("\n"));
const template = file(
  "template.json",
  JSON.stringify({
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: Object.fromEntries(
      HOSTILE.flatMap((evil, i) => [
        [`Job${i}`, notebook({ NotebookInstanceName: evil, RoleArn: evil, KmsKeyId: evil })],
        [`Open${i}`, notebook({ NotebookInstanceName: evil, KmsKeyId: { "Fn::ImportValue": evil } })],
        [evil, notebook({})],
      ]),
    ),
  }),
);
function notebook(properties: object) {
  return { Type: "AWS::SageMaker::NotebookInstance", Properties: { InstanceType: "ml.t3.medium", ...properties } };
}
const exemptions = HOSTILE.filter((evil) => evil.length < 90).map((evil, i) =>
  JSON.stringify({ name: `${i} ${evil}`, reason: evil, owner: evil, expires: "2020-01-01", match: { name: `x${i}` } }),
);
const policy = file(
  "policy.yaml",
  `${readFileSync("policy.yaml", "utf8")}exemptions:\n${exemptions.map((one) => `  - ${one}\n`).join("")}`,
);

const other = file("other.yaml", readFileSync("policy.yaml", "utf8").replace("mode: enforce", "mode: observe"));

const COMMANDS: readonly (readonly string[])[] = [
  ["replay", events, "--verbose"],
  ["replay", events],
  ["replay", events, "--target", "dry-run"],
  ["explain", events],
  ["backtest", events],
  ["backtest", events, "--compare", other],
  ["check", template],
  ["policy", "check", policy],
];

describe.each(COMMANDS.map((args) => [args.map((arg) => arg.replace(folder, "")).join(" "), args] as const))(
  "%s",
  (_name, args) => {
    it("prints no control and no hidden character", async () => {
      const { out } = await keywardHere(args);
      expect(out.length).toBeGreaterThan(200);
      expect(HIDDEN.exec(out)?.[0]).toBeUndefined();
    });

    it("has none as JSON either, and the JSON holds them escaped", async () => {
      const { out } = await keywardHere([...args.filter((arg) => arg !== "--verbose"), "--json"]);
      expect(out.length).toBeGreaterThan(200);
      expect(HIDDEN.exec(out)?.[0]).toBeUndefined();
      const parsed = JSON.stringify(
        out
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
      );
      expect(parsed).toContain("\u202e");
      expect(out).toContain("\\u202e");
    });

    it("has only its own colours on a terminal", () => {
      const { out } = keyward(args, { env: { NO_COLOR: "", FORCE_COLOR: "1" } });
      expect(out).toMatch(COLOUR);
      expect(HIDDEN.exec(out.replace(COLOUR, ""))?.[0]).toBeUndefined();
    });
  },
);

describe("standard error", () => {
  const damaged = HOSTILE.map((evil) => `{"${evil}`).join("\n");
  const hostile = join(folder, "named");
  mkdirSync(hostile);
  writeFileSync(join(hostile, NAME), damaged);
  const name = join(hostile, NAME);

  it.each([
    ["a file", ["replay", name]],
    ["a log", ["backtest", name]],
    ["a template", ["check", name]],
    ["a policy", ["policy", "check", name]],
    ["a missing file", ["replay", `${name}x`]],
    ["an option", ["replay", `--${NAME}`]],
    ["a choice", ["replay", events, "--target", NAME]],
    ["a command", [NAME]],
    ["an event of another service", ["replay", file("other.json", otherEvent())]],
  ] as const)("names %s without a hidden character", (_what, args) => {
    const { err, code } = keyward(args);
    expect(code).toBe(2);
    expect(err.length).toBeGreaterThan(30);
    expect(HIDDEN.exec(err)?.[0]).toBeUndefined();
  });

  function otherEvent(): string {
    return JSON.stringify({ eventVersion: "1.11", eventSource: `s3\u001b[2J\u202e`, eventName: "x", eventID: "e" });
  }
});

it.each(["sarif", "junit"])("a caller's text is no link and not hidden in %s", async (format) => {
  const { out } = await keywardHere(["check", template, "--format", format]);
  const texts =
    format === "sarif"
      ? JSON.parse(out).runs[0].results.map((one: { message: { text: string } }) => one.message.text)
      : [...out.matchAll(/(?:message|(?<=testcase )name)="([^"]*)"/g)].map(([, text = ""]) =>
          text.replaceAll("&gt;", ">"),
        );
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.flatMap(hitsIn)).toEqual([]);
});

it("a caller's text is no markup in the HTML page", async () => {
  const tally = createTally();
  const by = policyOf({});
  for (const { event } of CASES) tallyDecision(tally, dryRun(event, by, new Date(0)).decision);
  const read = { files: 1, damaged: [...HOSTILE] };
  const page = writeReport(
    reportOf(tally, { of: "backtest", madeAt: "2026-11-02T00:00:00Z", policyVersion: "p", policy: by, read }),
  );
  const [, body = ""] = page.split("<body>");
  // The last script is the page's own; the one before it is data.
  const text = body.slice(0, body.lastIndexOf("<script>"));
  expect(text).toContain("Your account is closed");
  expect(text).not.toMatch(/<script>|<img|<a [^>]*href="(?!#)/);
  expect(/(?![\n\t])[\p{C}\p{DI}\p{Zl}\p{Zp}]/u.exec(page)?.[0]).toBeUndefined();
});
