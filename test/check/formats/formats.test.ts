import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import ajv from "ajv-draft-04";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { baselineOf, compareWithBaseline } from "../../../lib/check/baseline/baseline.ts";
import { json } from "../../../lib/check/formats/json.ts";
import { junit } from "../../../lib/check/formats/junit.ts";
import { sarif } from "../../../lib/check/formats/sarif.ts";
import type { FileResult } from "../../../lib/check/model/result.ts";
import { policyOf } from "../../support/build.ts";
import { checkText } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed" } });
const notebook = (name: string, key?: string) => ({
  NotebookInstanceName: name,
  ...(key === undefined ? {} : { KmsKeyId: key }),
});

/** A run over one file of each kind and one of each verdict. Every format must escape the files' names. */
const NASTY = "a b/<&\"'>\u0000\u001b[31m\u202e#%ü.json";
const files = [
  ["plain.json", notebook("missing")],
  ["rejected.json", notebook("rejected", "alias/aws/s3")],
  ["open.json", notebook("open", "alias/ml")],
  [
    "in-transit.json",
    { TrainingJobName: "t", ResourceConfig: { VolumeKmsKeyId: "alias/aws/s3" }, OutputDataConfig: {} },
  ],
  [NASTY, notebook("]]><x y='\u0007'>&amp;\n\ud800", "<&>")],
  ["broken.yaml", "a: ["],
].map(([file, content]) => checkText(content, { file: String(file), policy: POLICY }));
const accepted = checkText(
  "# keyward:skip setting=volume reason=r owner=o expires=2027-01-01\nNotebookInstanceName: a\n",
  { file: "create-notebook-instance.yaml", policy: POLICY },
);
const skipped = checkText("{}", { file: "other.json", inFolder: true, policy: POLICY });

describe("SARIF", () => {
  it("matches its schema", async () => {
    const require = createRequire(import.meta.url);
    const schema = JSON.parse(
      await readFile(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
    );
    const validate = new ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    expect(validate({ version: "2.1.0" })).toBe(false);
    for (const some of [[], files, [...files, skipped], compareWithBaseline(files, [], String), [accepted]]) {
      validate(JSON.parse(sarif.print(some)));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it("names the rule, level and position of each finding, and the files that cannot be read", () => {
    const [run] = JSON.parse(sarif.print(files)).runs;
    const results = run.results.map(
      (result: { ruleId: string; ruleIndex: number; level: string; locations: Location[] }) => {
        expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
        return `${result.ruleId} ${result.level} ${positionIn(result.locations)}`;
      },
    );
    expect(results).toEqual([
      "volume error plain.json:1:1",
      "volume error rejected.json:3:3",
      "volume note open.json:3:3",
      "output error in-transit.json:6:3",
      "volume error in-transit.json:4:5",
      `volume note ${NASTY.split("/").map(encodeURIComponent).join("/")}:3:3`,
    ]);
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(positionIn(run.invocations[0].toolExecutionNotifications[0].locations)).toBe("broken.yaml:1:5");
  });

  it("has a rule with help for each protected thing", () => {
    const rules: { id: string; help: { text: string; markdown: string }; properties: Record<string, string> }[] =
      JSON.parse(sarif.print([])).runs[0].tool.driver.rules;
    expect(rules.map(({ id }) => id)).toEqual([...Object.keys(POLICY.require), "unknown"]);
    expect(rules.filter(({ id, help }) => !help.text.includes(id) || help.text.length < 40)).toEqual([]);
    expect(rules.filter(({ id, help }) => !help.markdown.includes(`keyward:skip setting=${id} `))).toEqual([]);
    // Code scanning reads a number between 0 and 10 in a text.
    expect(rules.filter(({ properties }) => !/^\d\.\d$/.test(properties["security-severity"] ?? ""))).toEqual([]);
  });
});

describe("a finding that is accepted", () => {
  const skip = "# keyward:skip setting=volume reason='until [March](x)' owner=ana expires=2027-03-31\n";
  const one = (text: string, file = "create-notebook-instance.yaml") => checkText(text, { file, policy: POLICY });
  const suppressed = one(`${skip}NotebookInstanceName: a\n`);
  const open = one("NotebookInstanceName: a\n", "other-create-notebook-instance.yaml");
  const known = (files: FileResult[]) => compareWithBaseline(files, baselineOf([open], String), String);

  it("is a suppression in SARIF, and every other result has none", () => {
    const [run] = JSON.parse(sarif.print([suppressed, open])).runs;
    expect(run.results.map(({ suppressions }: { suppressions: object[] }) => suppressions)).toEqual([
      [
        {
          kind: "inSource",
          status: "accepted",
          justification: "suppressed until 2027-03-31 by ana: until \\[March\\] (x)",
        },
      ],
      [],
    ]);
    expect(run.results[0].message.text).not.toContain("March");
  });

  it("has its baseline's state in SARIF", () => {
    const states = (files: readonly FileResult[]) =>
      JSON.parse(sarif.print(files)).runs[0].results.map((result: { baselineState?: string }) => result.baselineState);
    expect(states([open])).toEqual([undefined]);
    const other = one("NotebookInstanceName: b\n", "third-create-notebook-instance.yaml");
    expect(states(known([open, other]))).toEqual(["unchanged", "new"]);
  });

  it("is a skipped case in JUnit", () => {
    const cases = (files: readonly FileResult[]) =>
      elementsOf(junit.print(files)).filter(({ name }) => name === "failure" || name === "skipped");
    expect(cases([suppressed])).toMatchObject([
      { name: "skipped", attributes: { message: expect.stringContaining("suppressed until 2027-03-31 by ana") } },
    ]);
    expect(cases(known([open]))).toMatchObject([
      { name: "skipped", attributes: { message: expect.stringMatching(/; known by the baseline$/) } },
    ]);
    expect(cases([open])).toMatchObject([{ name: "failure" }]);
  });

  it("has who, why and until when in JSON", () => {
    const [setting] = JSON.parse(json.print([suppressed])).settings;
    expect(setting.suppressed).toEqual({ reason: "until [March](x)", owner: "ana", expires: "2027-03-31" });
    expect(JSON.parse(json.print(known([open]))).settings[0].known).toBe(true);
    expect(JSON.parse(json.print([open])).settings[0]).not.toHaveProperty("known");
  });
});

describe("SARIF's fingerprints", () => {
  const printsOf = (text: string, file = "a.yaml") =>
    JSON.parse(sarif.print([checkText(text, { file, policy: POLICY })])).runs[0].results.map(
      (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints["keyward/v1"],
    );
  const A = "  A: {Type: 'AWS::SageMaker::NotebookInstance'}\n";
  const B = A.replace("A:", "B:");
  const [a] = printsOf(`Resources:\n${A}`);

  it("are the same in another line and by another name of the same file", () => {
    expect(a).toMatch(/^[0-9a-f]{64}$/);
    expect(printsOf(`\n\nResources:\n${B}${A}`)).toContain(a);
    expect(printsOf(`Resources:\n${A}`, `${process.cwd()}/a.yaml`)).toEqual([a]);
    expect(printsOf(`Resources:\n${A}`, "./a.yaml")).toEqual([a]);
  });

  it("differ for another resource, file or verdict", () => {
    const properties = A.replace("Instance'", "Instance', Properties: {KmsKeyId: alias/aws/s3}");
    const others = [
      printsOf(`Resources:\n${B}`),
      printsOf(`Resources:\n${A}`, "b.yaml"),
      printsOf(`Resources:\n${properties}`),
    ];
    expect(new Set([a, ...others.flat()]).size).toBe(4);
  });
});

type Location = {
  physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number; startColumn: number } };
};

function positionIn([first]: Location[]): string {
  const { artifactLocation, region } = first?.physicalLocation ?? {};
  return `${artifactLocation?.uri}:${region?.startLine}:${region?.startColumn}`;
}

/** Every element of a well-formed text with its attributes. Throws on any other text, as a strict parser does. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const found: ReturnType<typeof elementsOf> = [];
  const parser = new SaxesParser({});
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => void found.push({ name, attributes, text: "" }));
  parser.on("text", (text) => {
    const last = found.at(-1);
    if (last) last.text += text;
  });
  parser.write(xml).close();
  return found;
}

describe("JUnit XML", () => {
  it("is well-formed, with a suite for each file and a case for each resource", () => {
    const elements = elementsOf(junit.print([...files, skipped]));
    const suites = elements.filter(({ name }) => name === "testsuite").map(({ attributes }) => attributes);
    expect(
      suites.map(({ name, tests, failures, errors, skipped }) => [name, tests, failures, errors, skipped]),
    ).toEqual([
      ["plain.json", "1", "1", "0", "0"],
      ["rejected.json", "1", "1", "0", "0"],
      ["open.json", "1", "0", "0", "1"],
      ["in-transit.json", "1", "1", "0", "0"],
      ["a b/<&\"'> [31m #%ü.json", "1", "0", "0", "1"],
      ["broken.yaml", "1", "0", "1", "0"],
    ]);
    const many = (name: string) => elements.filter((one) => one.name === name).length;
    expect({
      cases: many("testcase"),
      failures: many("failure"),
      errors: many("error"),
      skipped: many("skipped"),
    }).toEqual({ cases: 6, failures: 3, errors: 1, skipped: 2 });
  });

  it("has every finding with its position", () => {
    const failures = elementsOf(junit.print(files)).filter(({ name }) => name === "failure");
    expect(
      failures.map(({ text }) =>
        text
          .trim()
          .split("\n")
          .map((line) => line.replace(/:[^:]*$/, "")),
      ),
    ).toEqual([
      ["plain.json:1:1 KmsKeyId (volume) missing"],
      ["rejected.json:3:3 KmsKeyId (volume) rejected alias/aws/s3"],
      [
        "in-transit.json:6:3 OutputDataConfig.KmsKeyId (output) missing",
        "in-transit.json:4:5 ResourceConfig.VolumeKmsKeyId (volume) rejected alias/aws/s3",
      ],
    ]);
  });

  it("is refused by this test's parser if it is not well-formed", () =>
    expect(() => elementsOf("<a b='\u0000'/>")).toThrow());
});
