import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { snakeOf } from "../../scripts/generate/terraform.ts";
import type { Template } from "../../scripts/plain-template.ts";
import { codeOf } from "../../scripts/release/code-of.ts";
import { noteSkipped } from "../../scripts/skipped.ts";
import { readTemplate } from "../../scripts/stack.ts";
import type { TestPackage } from "./packaged.ts";
import { sharedPackage } from "./shared-package.ts";

const MODULE = "deploy/terraform";
const terraform = spawnSync("terraform", ["version"]).status === 0;
if (!terraform) noteSkipped("running deploy/terraform", "terraform is not on the PATH");

let made: TestPackage;
let plain: Template;
beforeAll(async () => {
  made = await sharedPackage();
  plain = readTemplate(made.plain);
});

const text = readdirSync(MODULE)
  .filter((file) => file.endsWith(".tf"))
  .map((file) => readFileSync(join(MODULE, file), "utf8"))
  .join("\n");

/** The variables of the module: the members that stand alone on a line, by name. */
const variables = new Map(
  [...text.matchAll(/^variable "(\w+)" \{\n(.*?)^\}/gms)].map(([, name = "", body = ""]) => [
    name,
    new Map([...body.matchAll(/^ {2}(\w+) += (.*)$/gm)].map(([, member = "", value = ""]) => [member, value])),
  ]),
);
/** Those that are no parameter of the template. */
const OWN = ["release_dir", "stack_name", "tags"];

describe("the Terraform module's variables", () => {
  it("are the template's parameters, without the keys of the code, which the module sets", () => {
    const keys = codeOf(plain, dirname(made.zip)).map(({ parameter }) => parameter);
    const wanted = Object.keys(plain.Parameters ?? {}).filter((name) => !keys.includes(name));
    expect([...variables.keys()].sort()).toEqual([...wanted.map(snakeOf), ...OWN].sort());
    const given = [...text.matchAll(/^ {4}(\w+) += .*\bvar\.(\w+)/gm)].filter(([, name = ""]) => /^[A-Z]/.test(name));
    expect(given.map(([, name]) => name).sort()).toEqual(wanted.sort());
    for (const [, name = "", variable] of given) expect(variable).toBe(snakeOf(name));
  });

  it("have the parameters' types and descriptions, and null for the template's default", () => {
    const types: Record<string, string> = { String: "string", Number: "number", CommaDelimitedList: "list(string)" };
    const described = Object.entries(plain.Parameters ?? {}) as [string, { Type: string; Description: string }][];
    for (const [name, { Type, Description }] of described) {
      const variable = variables.get(snakeOf(name));
      if (!variable) continue;
      expect(variable.get("type"), name).toBe(types[Type]);
      expect(variable.get("description"), name).toBe(JSON.stringify(Description));
      expect(variable.get(name === "CodeBucketPrefix" ? "nullable" : "default")).toMatch(/^(null|false)$/);
    }
  });
});

describe("the Terraform module", () => {
  it("asks for the capability that the template needs, and no more", () => {
    expect(text).toMatch(/capabilities += \["CAPABILITY_IAM"\]\n/);
    const named = Object.values(plain.Resources).filter(({ Properties }) =>
      ["RoleName", "ManagedPolicyName", "PolicyArn"].some((name) => name in (Properties ?? {})),
    );
    expect(named).toEqual([]);
  });

  it("needs no provider but AWS's, and has no unpinned major version", () => {
    expect([...text.matchAll(/source += "([^"]+)"/g)].map(([, source]) => source)).toEqual(["hashicorp/aws"]);
    expect(text).toMatch(/version = ">= 5\.0, < 7\.0"/);
  });
});

/** The parts that need no provider run without a network. */
describe("in terraform", () => {
  beforeEach(({ skip }) => skip(!terraform, "terraform is not on the PATH"));
  const dir = mkdtempSync(join(tmpdir(), "keyward-terraform-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  function plan(...values: readonly string[]) {
    for (const file of ["parameters.tf", "variables.tf", "code.tf"]) copyFileSync(join(MODULE, file), join(dir, file));
    const outputs = ["code", "parameters"].map((name) => `output "${name}" {\n  value = local.${name}\n}\n`);
    writeFileSync(join(dir, "outputs.tf"), outputs.join(""));
    const options = ["code_bucket_prefix=my-artifacts", `release_dir=${dirname(made.zip)}`, ...values];
    const run = (...args: string[]) =>
      spawnSync("terraform", [`-chdir=${dir}`, ...args], {
        encoding: "utf8",
        env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
      });
    const given = options.flatMap((value) => ["-var", value]);
    const { status, stderr } = run("apply", "-auto-approve", "-input=false", "-no-color", ...given);
    const outputsOf = () => JSON.parse(run("output", "-json").stdout);
    return { status, stderr, outputs: status === 0 ? outputsOf() : undefined };
  }

  it("the files are formatted", () => {
    const { status, stdout } = spawnSync("terraform", ["fmt", "-check", "-diff", MODULE], { encoding: "utf8" });
    expect([stdout, status]).toEqual(["", 0]);
  });

  it("the zips have the keys of a release, and only what is given is a parameter", () => {
    const { outputs } = plan("mode=enforce", "log_retention_days=90", 'vpc_subnet_ids=["subnet-1","subnet-2"]');
    expect(outputs.parameters.value).toEqual({
      CodeBucketPrefix: "my-artifacts",
      Mode: "enforce",
      LogRetentionDays: "90",
      VpcSubnetIds: "subnet-1,subnet-2",
    });
    const codes = codeOf(plain, dirname(made.zip)).map(({ parameter, key }) => [parameter, key]);
    const keys = Object.entries<{ key: string }>(outputs.code.value).map(([parameter, { key }]) => [parameter, key]);
    expect(keys.sort()).toEqual(codes.sort());
  });

  it.each([
    ["mode=enforced", "Mode must be one of observe, enforce, off."],
    ["log_retention_days=42", "LogRetentionDays must be one of"],
    ["ledger_lock_days=-1", "LedgerLockDays must be 0 at least."],
    ["operators_email=nobody", "OperatorsEmail must be one e-mail address, or nothing."],
    ["existing_key_arn=alias/mine", "ExistingKeyArn must match"],
    ["reserved_concurrency=1", "ReservedConcurrency must be 2 at least, or nothing."],
    ["stack_name=my stack", "A stack's name has letters, digits and hyphens"],
  ])("%s is refused, as by the template", (value, message) => {
    const { status, stderr } = plan(value);
    expect(status).toBe(1);
    expect(stderr.replace(/\s*\n[│\s]*/g, " ")).toContain(message);
  });
});
