import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Template } from "../../scripts/plain-template.ts";
import { codeOf } from "../../scripts/release/code-of.ts";
import { installScript } from "../../scripts/release/install-script.ts";
import { fakeAws, type InstallRun } from "./fake-aws.ts";

const version = "1.2.3";
const temporary = mkdtempSync(join(tmpdir(), "keyward-install-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const functionOf = (name: string, parameter: string) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Handler: `dist/${name}/index.handler`, Code: { S3Key: { Ref: parameter } } },
});
const template: Template = {
  Parameters: { CodeBucketPrefix: {}, CodeKey: {}, SweepCodeKey: {}, Mode: {}, AlertEmail: {}, OperatorsEmail: {} },
  Resources: { Enforce: functionOf("enforce", "CodeKey"), Sweep: functionOf("sweep", "SweepCodeKey") },
};

/** A release as small as can be: the script does not look into its files. */
const release = join(temporary, "release");
mkdirSync(release);
for (const file of ["enforce.zip", "sweep.zip", "keyward.template.json"]) writeFileSync(join(release, file), file);
const codes = codeOf(template, release);
const source = readFileSync("scripts/release/install.sh", "utf8");
writeFileSync(join(release, "install.sh"), installScript(source, template, codes, version));
chmodSync(join(release, "install.sh"), 0o755);
const sums = ["enforce.zip", "sweep.zip", "keyward.template.json", "install.sh"].map((file) => {
  const hash = createHash("sha256").update(readFileSync(join(release, file)));
  return `${hash.digest("hex")}  ${file}\n`;
});
writeFileSync(join(release, "SHA256SUMS"), sums.join(""));

describe("install.sh", () => {
  const PLACE = ["--stack", "keyward", "--region", "eu-central-1", "--code-bucket-prefix", "my-artifacts"];
  let aws: ReturnType<typeof fakeAws>;
  beforeEach(() => {
    aws = fakeAws(mkdtempSync(join(temporary, "aws-")));
  });
  const install = (...args: string[]): InstallRun => aws.run(release, args);

  it("explains itself, and lists the template's parameters", () => {
    const { code, out } = install("--help");
    expect(code).toBe(0);
    expect(out).toContain("Usage: ./install.sh --stack NAME --region REGION");
    expect(out).toMatch(/Parameters: Mode AlertEmail OperatorsEmail\n/);
    expect(out).not.toMatch(/Parameters: .*Code(Bucket|Key)/);
  });

  it.each([
    [[], /which stack\? Give --stack NAME/],
    [["--stack", "keyward"], /which Region\? Give --region REGION/],
    [PLACE.slice(0, 4), /Give --code-bucket-prefix PREFIX/],
    [["--stack"], /--stack needs a value/],
    [["--force"], /unknown argument --force; see \.\/install\.sh --help/],
    [["--stack", "my stack", ...PLACE.slice(2)], /--stack my stack: use letters, digits and hyphens/],
    [[...PLACE, "--region", "frankfurt"], /--region frankfurt: it is not a Region, such as eu-west-1/],
    [[...PLACE, "--code-bucket-prefix", "My_Bucket"], /My_Bucket: it is not the beginning of a bucket's name/],
    [[...PLACE, "--parameter", "Mode"], /--parameter Mode: write it as NAME=VALUE/],
    [[...PLACE, "--parameter", "Modus=enforce"], /Modus=enforce: the template has no such parameter/],
    [[...PLACE, "--parameter", "CodeKey=mine.zip"], /CodeKey=mine\.zip: .* this script sets it/],
    [PLACE, /there is no terminal to ask on; give --yes/],
  ])("refuses wrong arguments in one line, and changes nothing: %j", (args, message) => {
    const { code, err, calls } = install(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(calls.filter(([service]) => service !== "--version" && service !== "sts")).toEqual([]);
  });

  it("uploads each zip under its own key and deploys the template with all parameters", () => {
    const { code, out, calls } = install(...PLACE, "--yes", "--parameter", "OperatorsEmail=cloud-security@example.com");
    expect(code).toBe(0);
    expect(out).toContain(`Keyward ${version}, stack keyward in eu-central-1 of account 111122223333`);
    const puts = calls.filter(([, operation]) => operation === "put-object");
    expect(puts.length).toBe(codes.length);
    for (const put of puts) {
      expect(put.join(" ")).toMatch(
        /^s3api put-object --bucket my-artifacts-eu-central-1 --key keyward\/[a-z]+-[0-9a-f]{16}\.zip --body [a-z]+\.zip --checksum-sha256 \S{44} --if-none-match \* --expected-bucket-owner 111122223333 --region eu-central-1$/,
      );
    }
    const [deploy = []] = calls.filter(([service]) => service === "cloudformation");
    const keys = puts.map((put) => put[put.indexOf("--key") + 1]);
    expect(deploy.slice(0, deploy.indexOf("--parameter-overrides")).join(" ")).toBe(
      "cloudformation deploy --stack-name keyward --template-file keyward.template.json --region eu-central-1 --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset",
    );
    const overrides = deploy.slice(deploy.indexOf("--parameter-overrides") + 1);
    expect(overrides.slice(0, 2)).toEqual([
      "OperatorsEmail=cloud-security@example.com",
      "CodeBucketPrefix=my-artifacts",
    ]);
    const named = overrides.slice(2).map((one) => one.split("="));
    expect(named.map(([parameter]) => parameter).sort()).toEqual(codes.map(({ parameter }) => parameter).sort());
    expect(named.map(([, key]) => key)).toEqual(keys);
    expect(out).toContain("canary --stack keyward --region eu-central-1");
  });

  it("overwrites nothing: the same zip is left, and another one under its key is an error", () => {
    expect(install(...PLACE, "--yes").code).toBe(0);
    const second = install(...PLACE, "--yes");
    expect(second.code).toBe(0);
    expect(second.out).toContain("is there already");
    expect(second.calls.filter(([, operation]) => operation === "put-object")).toEqual([]);
    aws.replaceStored("another content");
    const third = install(...PLACE, "--yes");
    expect(third.code).toBe(1);
    expect(third.err).toMatch(/is there with other content; it was not overwritten/);
    expect(third.calls.filter(([service]) => service === "cloudformation")).toEqual([]);
  });

  it("only uploads, if wanted, and prints the parameters with their keys", () => {
    const place = PLACE.slice(2);
    const { code, out, calls } = install("--upload-only", ...place, "--yes");
    expect(code).toBe(0);
    expect(out).toContain(`Keyward ${version}, zips in eu-central-1 of account 111122223333`);
    const printed = codes.map(({ parameter, key }) => `${parameter}=${key}`);
    expect(out.trim().split("\n").slice(-printed.length)).toEqual(printed);
    expect(calls.filter(([service]) => service === "cloudformation")).toEqual([]);
    expect(install("--upload-only", ...PLACE).err).toMatch(/--upload-only takes no stack and no parameter/);
  });

  it("does nothing with a file that is not as it was released", () => {
    const changed = join(mkdtempSync(join(temporary, "changed-")), "release");
    cpSync(release, changed, { recursive: true });
    writeFileSync(join(changed, "sweep.zip"), "not as released");
    const { code, err, calls } = aws.run(changed, [...PLACE, "--yes"]);
    expect(code).toBe(2);
    expect(err).toContain("install.sh: a file of this release is not as it was released; nothing was done");
    expect(calls).toEqual([]);
  });

  it("says what is wrong with the AWS CLI, the credentials and the bucket", () => {
    const failing = (fault: string) => aws.run(release, [...PLACE, "--yes"], fault);
    expect(failing("version")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/CLI on the PATH is not version 2/),
    });
    expect(failing("sts")).toMatchObject({ code: 1, err: expect.stringMatching(/sign in, or set AWS_PROFILE/) });
    expect(failing("head-bucket")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/bucket my-artifacts-eu-central-1 cannot be used: create it in account 111122223333/),
    });
    expect(failing("deploy")).toMatchObject({ code: 1, err: expect.stringMatching(/describe-stack-events/) });
  });
});
