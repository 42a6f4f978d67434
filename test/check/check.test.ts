import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyward } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";

const STUDIO = "test/check/templates/studio.yaml";
const REQUEST = "test/check/templates/create-training-job.json";

let folder: string;
const write = (name: string, content: string | object) => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "keyward-check-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("keyward check", () => {
  it("prints every finding with its position", async () => {
    const { code, out, err } = await keywardHere(["check", STUDIO, REQUEST]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    for (const line of [
      `NON-COMPLIANT  notebook-instance ScratchNotebook`,
      `      ${STUDIO}:26:5  KmsKeyId (volume)`,
      `COMPLIANT  notebook-instance TeamNotebook  ${STUDIO}:31:3`,
      `  ? undetermined: it is not known whether !Ref ServingType has local storage`,
      `      ${STUDIO}:63:11  OfflineStoreConfig.S3StorageConfig.KmsKeyId`,
      `      ${REQUEST}:7:3  OutputDataConfig.KmsKeyId (output)`,
      "  files         2  2 read",
      "  resources     5  1 compliant, 4 non-compliant",
      "  not judged    1  they take no key of their own",
    ]) {
      expect(out.split("\n")).toContain(line);
    }
  });

  it.each([STUDIO, "test/check/templates/train.asl.json", "test/check/templates/ack.yaml"])(
    "prints the output that its documentation shows: %s",
    async (file) => {
      const { out } = await keywardHere(["check", file]);
      const shown = readFileSync("docs/check.md", "utf8");
      expect(shown).toContain(out.trimEnd().replace(/^(?=.)/gm, "    "));
    },
  );

  it("prints one object for each resource with findings, without an account", async () => {
    const { code, out } = await keywardHere(["check", "--json", STUDIO, REQUEST]);
    expect(code).toBe(1);
    const rows = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ at, verdict, line }) => `${at} ${verdict} ${line}`)).toEqual([
      "Resources.ScratchNotebook non-compliant 23",
      "Resources.Serving non-compliant 38",
      "Resources.Features non-compliant 52",
      "create-training-job.json non-compliant 1",
    ]);
    for (const { eventID, account, region, principal, file } of rows) {
      expect({ eventID, account, region, principal }).toEqual({
        eventID: null,
        account: null,
        region: null,
        principal: null,
      });
      expect([STUDIO, REQUEST]).toContain(file);
    }
    const [serving] = rows.filter(({ at }) => at === "Resources.Serving");
    expect(serving.settings[0]).toEqual({
      path: "KmsKeyId",
      protects: "volume",
      is: "undetermined",
      code: "instance-type-unknown",
      because: "it is not known whether !Ref ServingType has local storage",
      line: 40,
      column: 5,
    });
    expect((await keywardHere(["check", "--format", "json", STUDIO, REQUEST])).out).toBe(out);
  });

  it.each([
    ["compliant", { KmsKeyId: "alias/ml" }, [], 0],
    ["undetermined", { KmsKeyId: "alias/other" }, [], 0],
    ["undetermined, strictly", { KmsKeyId: "alias/other" }, ["--strict"], 1],
    ["compliant, strictly", { KmsKeyId: "alias/ml" }, ["--strict"], 0],
    ["non-compliant", {}, [], 1],
  ])("ends with the exit code of %s: %j", async (_, key, options, expected) => {
    const policy = write(
      "policy.yaml",
      "version: 1\nkeys: {accept: listed, allow: [alias/ml]}\nrespond: {default: [tag]}\n",
    );
    const file = write("request.json", { NotebookInstanceName: "a", ...key });
    expect((await keywardHere(["check", file, "--policy", policy, ...options])).code).toBe(expected);
    rmSync(policy);
    rmSync(file);
  });

  it("judges the other files if one cannot be read", async () => {
    const broken = write("broken.yaml", "a: 1\nb: [\n");
    const { code, out, err } = await keywardHere(["check", broken, "nowhere.yaml", STUDIO]);
    expect(code).toBe(2);
    expect(out).toContain("notebook-instance ScratchNotebook");
    expect(out).toContain("  files         3  1 read, 2 that cannot be read");
    expect(err).toContain(`keyward: ${broken}:3:1: not YAML or JSON`);
    expect(err).toContain("keyward: nowhere.yaml: no such file or folder; check the path");
    rmSync(broken);
  });

  it("names a definition that is not known yet", async () => {
    const Flow = {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: { DefinitionString: { "Fn::ImportValue": "x" } },
    };
    const file = write("flow.template", JSON.stringify({ Resources: { Flow } }));
    const { code, err } = await keywardHere(["check", file]);
    expect({ code, err: err.trim() }).toEqual({
      code: 0,
      err: `keyward: ${file}:1:15: Resources.Flow: its text is not known yet; SageMaker calls in it are not judged`,
    });
    rmSync(file);
  });

  it("reads folders, skips files without SageMaker resources, and does not open installed packages", async () => {
    for (const inner of ["deep", "node_modules", ".git"]) mkdirSync(join(folder, inner));
    write("deep/create-notebook-instance.yml", "NotebookInstanceName: a\n");
    write("deep/t.template", "Resources: {R: {Type: AWS::SageMaker::Domain, Properties: {KmsKeyId: alias/aws/efs}}}");
    write("package.json", { name: "a" });
    write("chart.yaml", "a: {{ .Values }}\n");
    write("notes.txt", "x");
    for (const inner of ["node_modules", ".git"]) write(`${inner}/create-domain.json`, {});
    const { code, out, err } = await keywardHere(["check", folder]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("  files         4  2 read, 2 skipped, because they hold nothing of SageMaker");
    expect(out).toContain("  resources     2  2 non-compliant");
  });

  it("judges a template for each stage, and refuses a parameter that no template has", async () => {
    const prod = write("prod.json", { Parameters: { ServingType: "ml.m5.large", Capture: "false" } });
    const dev = write("dev.json", ["ServingType=ml.m5.large"]);
    const both = await keywardHere(["check", STUDIO, "--parameters", prod, "--parameters", dev, "--json"]);
    expect({ code: both.code, err: both.err }).toEqual({ code: 1, err: "" });
    const serving = both.out.split("\n").find((line) => line.includes("Resources.Serving")) ?? "";
    expect(JSON.parse(serving).settings[1]?.under).toContainEqual({ parameters: dev });
    const wrong = write("wrong.json", { Parameters: { ServngType: "ml.m5.large" } });
    const refused = await keywardHere(["check", STUDIO, "--parameters", wrong]);
    expect(refused).toMatchObject({ code: 2, err: `keyward: ${wrong}: no template has a parameter ServngType\n` });
    const unread = write("unread.json", [5]);
    expect(await keywardHere(["check", STUDIO, "--parameters", unread])).toMatchObject({ code: 2, out: "" });
    for (const file of [prod, dev, wrong, unread]) rmSync(file);
  });

  it("prints no control characters of a file on the terminal", async () => {
    const file = write("evil.yaml", 'Resources: {"R\\u001b[2J\\nX": {Type: "AWS::SageMaker::NotebookInstance"}}\n');
    const { out } = await keywardHere(["check", file]);
    expect(out).toContain("notebook-instance R [2J X");
    expect(out).not.toContain("\u001b");
    rmSync(file);
  });

  it.each([
    [["check"], "no file to check"],
    [["check", "x", "--format", "serif"], '--format serif is not known; did you mean "sarif"?'],
    [["check", "x", "--format", "html"], "--format html is not known; the formats are table, json, sarif, junit"],
    [["check", "x", "--json", "--format", "sarif"], "--json and --format sarif: give only one of them"],
    [["check", "x", "--operation", "CreateTraningJob"], 'not in the catalogue; did you mean "CreateTrainingJob"?'],
    [["check", "x", "--operation", "CreateModel"], "--operation CreateModel is not in the catalogue"],
    [["check", "package.json"], "package.json: nothing that can be judged; it could be a CloudFormation template"],
  ])("refuses the arguments %j", async (args, message) => {
    const { code, err } = await keywardHere(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("names the option that a wrong one may mean, in a process", () => {
    expect(keyward(["check", "x", "--stric"])).toMatchObject({ code: 2, err: expect.stringContaining('--strict"?') });
  });

  it("prints the same in a process", async () => {
    expect(keyward(["check", STUDIO, REQUEST])).toEqual(await keywardHere(["check", STUDIO, REQUEST]));
  });
});
