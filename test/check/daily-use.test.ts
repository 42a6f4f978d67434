import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keywardHere } from "../support/cli-here.ts";

let folder: string;
const write = (name: string, content: string) => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyward-daily-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const MISSING = "NotebookInstanceName: a\n";
const OPEN = "NotebookInstanceName: a\nKmsKeyId: alias/ml\n";

describe("a folder with files that are not read", () => {
  beforeEach(() => write("create-notebook-instance.yaml", OPEN));

  it("says nothing if none of them mentions SageMaker", async () => {
    write("main.tf", 'resource "aws_s3_bucket" "a" {}');
    write("train.py", "import numpy");
    write("values.yaml", "a: 1");
    expect(await keywardHere(["check", folder])).toMatchObject({ code: 0, err: "" });
  });

  it("says how many mention it, and --strict fails", async () => {
    write("infra/main.tf", 'resource "aws_sagemaker_domain" "a" {}');
    write("app/train.py", "import sagemaker");
    write("app/stack.ts", 'import * as sagemaker from "aws-cdk-lib/aws-sagemaker";');
    write("deploy.yaml", "run: aws sagemaker create-model --model-name a");
    const said =
      /^keyward: 4 files mention SageMaker in a form that is not read: .* and 1 more; for Terraform, give a plan/;
    const { code, out, err } = await keywardHere(["check", folder]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(said) });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(out.replace(/\s+/g, " ")).toContain("4 that mention SageMaker in a form that is not read");
    write("create-notebook-instance.yaml", "a: 1");
    expect(await keywardHere(["check", folder, "--strict"])).toMatchObject({
      code: 1,
      err: expect.stringMatching(said),
    });
    expect((await keywardHere(["check", folder, "--strict", "--soft-fail"])).code).toBe(0);
  });

  it("--strict fails too for a definition that is not known yet", async () => {
    const machine = {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: { DefinitionString: { "Fn::ImportValue": "d" } },
    };
    const notebook = {
      Type: "AWS::SageMaker::NotebookInstance",
      Properties: { KmsKeyId: { "Fn::GetAtt": ["K", "Arn"] } },
    };
    const Resources = { M: machine, N: notebook, K: { Type: "AWS::KMS::Key" } };
    const file = write("flow.json", JSON.stringify({ Resources }));
    const said = expect.stringContaining(
      "Resources.M: its text is not known yet; SageMaker calls in it are not judged",
    );
    expect(await keywardHere(["check", file])).toMatchObject({ code: 0, err: said });
    expect(await keywardHere(["check", file, "--strict"])).toMatchObject({ code: 1, err: said });
  });

  it("does not look into packages and hidden folders, nor follow links", async () => {
    for (const place of ["node_modules/a", ".terraform/a", "venv/lib/site-packages/a", "vendor/a", "cdk.out/asset.1"]) {
      write(`${place}/main.py`, "import sagemaker");
    }
    symlinkSync(write("../outside.py", "import sagemaker"), join(folder, "link.py"));
    symlinkSync(folder, join(folder, "again"));
    expect(await keywardHere(["check", folder])).toMatchObject({ code: 0, err: "" });
    rmSync(join(folder, "../outside.py"));
  });

  it("names a file that cannot be shown without control characters", async () => {
    write("a\u001b[31m.py", "import sagemaker");
    expect((await keywardHere(["check", folder])).err).not.toContain("\u001b");
  });
});

describe("a baseline", () => {
  it("accepts what is known, fails for what is new, and says what is gone", async () => {
    const baseline = join(folder, "baseline.json");
    write("a/create-notebook-instance.yaml", MISSING);
    const written = await keywardHere(["check", folder, "--write-baseline", baseline]);
    expect(written).toMatchObject({ code: 0, err: `keyward: ${baseline}: written with 1 finding\n` });
    expect(written.out).toContain("NON-COMPLIANT");
    const first = readFileSync(baseline, "utf8");

    const known = await keywardHere(["check", folder, "--baseline", baseline]);
    expect(known).toMatchObject({ code: 0, err: "" });
    expect(known.out).toContain("known by the baseline");

    write("b/create-notebook-instance.yaml", MISSING);
    expect((await keywardHere(["check", folder, "--baseline", baseline])).code).toBe(1);
    rmSync(join(folder, "a"), { recursive: true });
    const gone = await keywardHere(["check", folder, "--baseline", baseline]);
    expect(gone.code).toBe(1);
    expect(gone.err).toContain(`${baseline}: 1 finding of the baseline is gone; write it again with --write-baseline`);
    expect(gone.err).toContain("gone: a/create-notebook-instance.yaml create-notebook-instance.yaml KmsKeyId (volume)");

    write("a/create-notebook-instance.yaml", `# a line more\n\n${MISSING}`);
    rmSync(join(folder, "b"), { recursive: true });
    expect((await keywardHere(["check", folder, "--write-baseline", baseline])).code).toBe(0);
    expect(readFileSync(baseline, "utf8")).toBe(first);
  });

  it("knows what --strict fails for", async () => {
    const baseline = join(folder, "baseline.json");
    write("create-notebook-instance.yaml", OPEN);
    expect((await keywardHere(["check", folder, "--strict"])).code).toBe(1);
    await keywardHere(["check", folder, "--write-baseline", baseline]);
    expect((await keywardHere(["check", folder, "--strict", "--baseline", baseline])).code).toBe(0);
  });

  it("is not written if a file cannot be read", async () => {
    const baseline = join(folder, "baseline.json");
    write("create-domain.yaml", "a: [");
    const { code, err } = await keywardHere(["check", folder, "--write-baseline", baseline]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("baseline.json: not written, because") });
    expect(() => readFileSync(baseline)).toThrow("ENOENT");
  });

  it.each([
    [["--baseline", "nowhere.json"], "--baseline nowhere.json: no such file or folder"],
    [["--baseline", "package.json"], "--baseline package.json: no baseline; write one with"],
    [["--baseline", "a", "--write-baseline", "b"], "--baseline and --write-baseline: give only one of them"],
    [["--write-baseline", "nowhere/b.json"], "--write-baseline nowhere/b.json: no such file or folder"],
  ])("%j is refused", async (args, message) => {
    const file = write("create-notebook-instance.yaml", OPEN);
    const { code, err } = await keywardHere(["check", file, ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe("--soft-fail", () => {
  it("passes with findings, and not with a fault", async () => {
    const file = write("create-notebook-instance.yaml", MISSING);
    expect((await keywardHere(["check", file])).code).toBe(1);
    const soft = await keywardHere(["check", file, "--soft-fail"]);
    expect(soft.code).toBe(0);
    expect(soft.out).toContain("NON-COMPLIANT");
    expect((await keywardHere(["check", file, "nowhere.yaml", "--soft-fail"])).code).toBe(2);
  });
});

describe("a skip", () => {
  const skip = '# keyward:skip setting=volume reason="a sandbox" owner=ana expires=2999-01-01\n';

  it("accepts its finding, with who, why and until when", async () => {
    const file = write("create-notebook-instance.yaml", skip + MISSING);
    const { code, out, err } = await keywardHere(["check", file]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("EXEMPT  notebook-instance a");
    expect(out.replace(/\s+/g, " ")).toContain("suppressed until 2999-01-01 by ana: a sandbox");
    expect(out).toContain("  findings      1  1 suppressed");
  });

  it("that has expired or covers nothing is said", async () => {
    const old = write("create-notebook-instance.yaml", skip.replace("2999", "2020") + MISSING);
    expect(await keywardHere(["check", old])).toMatchObject({
      code: 1,
      err: `keyward: ${old}:1:1: the keyward skip of volume has expired on 2020-01-01, so it does not count; renew or remove it\n`,
    });
    const other = write("create-notebook-instance.yaml", skip.replace("volume", "output") + OPEN);
    expect(await keywardHere(["check", other])).toMatchObject({
      code: 0,
      err: `keyward: ${other}:1:1: the keyward skip of output covers no finding of its resource; correct or remove it\n`,
    });
  });

  it("that is faulty is exit 2 with its line, and the other files are judged", async () => {
    write("a/create-notebook-instance.yaml", `\n${skip.replace("owner=ana ", "")}${MISSING}`);
    write("b/create-notebook-instance.yaml", MISSING);
    const { code, out, err } = await keywardHere(["check", folder]);
    expect(code).toBe(2);
    expect(err).toContain(
      "a/create-notebook-instance.yaml:2:1: a keyward skip without owner; it needs setting, reason",
    );
    expect(out).toContain("  files         2  1 read, 1 that cannot be read");
  });
});

describe("an exemption of the policy", () => {
  const HEAD = "version: 1\nkeys: {accept: customer-managed}\nrespond: {default: [tag]}\nexemptions:\n";
  const exempting = (match: string) =>
    write("policy.yaml", `${HEAD}  - {name: one, reason: r, owner: o, expires: "2999-01-01", match: ${match}}\n`);

  it("that a file cannot decide leaves exit 1, and the text names it", async () => {
    const file = write("create-notebook-instance.yaml", MISSING);
    const { code, out } = await keywardHere(["check", file, "--policy", exempting('{principal: "*:role/etl"}')]);
    expect(code).toBe(1);
    expect(out.replace(/\s+/g, " ")).toContain('; the exemption "one" may cover it');
    const [line] = (await keywardHere(["check", file, "--json", "--policy", exempting('{arn: "*:a"}')])).out.split(
      "\n",
    );
    expect(JSON.parse(line ?? "").settings[0]).toMatchObject({ is: "missing", mayBeExempt: "one" });
  });

  it("can name a file and an address, of a Terraform plan too", async () => {
    const plan = write(
      "plan.json",
      JSON.stringify({
        format_version: "1.2",
        terraform_version: "1.9.0",
        resource_changes: [
          {
            address: "module.ml.aws_sagemaker_notebook_instance.a[0]",
            mode: "managed",
            type: "aws_sagemaker_notebook_instance",
            change: { actions: ["create"], after: { name: "a", instance_type: "ml.t3.medium" }, after_unknown: {} },
          },
        ],
      }),
    );
    expect((await keywardHere(["check", plan, "--policy", exempting('{address: "module.ml.*"}')])).code).toBe(0);
    expect((await keywardHere(["check", plan, "--policy", exempting('{address: "module.other.*"}')])).code).toBe(1);
    expect((await keywardHere(["check", plan, "--policy", exempting('{file: "*plan.json"}')])).code).toBe(0);
  });
});
