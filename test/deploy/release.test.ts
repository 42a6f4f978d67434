import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noteSkipped } from "../../scripts/skipped.ts";
import { readTemplate } from "../../scripts/stack.ts";
import { fakeAws } from "./fake-aws.ts";
import { type BuiltRelease, buildReleases } from "./release-build.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const shellcheck = spawnSync("shellcheck", ["--version"]).status === 0;
if (!shellcheck) noteSkipped("shellcheck of install.sh", "shellcheck is not on the PATH");

let built: BuiltRelease;
let again: BuiltRelease;
const temporary = mkdtempSync(join(tmpdir(), "keyward-installed-"));

beforeAll(() => {
  const releases = buildReleases([
    {
      place: "keyward",
      umask: 0o022,
      env: { TZ: "America/Los_Angeles", LC_ALL: "C" },
      modified: new Date("2026-02-01T00:00:00Z"),
    },
    {
      place: "deeper/down/another-name",
      umask: 0o077,
      env: { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
      modified: new Date("2021-07-01T12:34:56Z"),
    },
  ]);
  [built, again] = releases as [BuiltRelease, BuiltRelease];
}, 1_200_000);

afterAll(() => {
  built?.remove();
  again?.remove();
  rmSync(temporary, { recursive: true, force: true });
});

const read = (file: string) => readFileSync(join(built.folder, file), "utf8");
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(folder, file)).isFile());

describe("the release", () => {
  it("has the same bytes from another folder, time, umask, time zone and language", () => {
    expect(readFileSync(join(again.folder, "SHA256SUMS"), "utf8")).toBe(read("SHA256SUMS"));
  });

  it("has a checksum for each of its files, as sha256sum checks them", () => {
    const { status, stdout } = spawnSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: built.folder, encoding: "utf8" });
    expect(status).toBe(0);
    const checked = stdout.trim().split("\n");
    expect(checked.sort()).toEqual(
      filesOf(built.folder)
        .filter((file) => file !== "SHA256SUMS")
        .map((file) => `${file}: OK`)
        .sort(),
    );
  });

  it("holds all that an installation needs", () => {
    expect(filesOf(built.folder)).toEqual(
      expect.arrayContaining([
        "install.sh",
        "keyward.template.json",
        "keyward-hook.template.json",
        "hook.zip",
        `keyward-${version}.tgz`,
        "keyward.cdx.json",
        "LICENSE",
        "THIRD-PARTY-NOTICES.txt",
        "terraform/main.tf",
      ]),
    );
    for (const { zip } of codes()) expect(filesOf(built.folder)).toContain(zip);
  });

  it("has a template with its version and the keys of its own zips, and small enough", () => {
    const template = readTemplate(join(built.folder, "keyward.template.json"));
    expect(template.Description).toContain(`(version ${version})`);
    expect(statSync(join(built.folder, "keyward.template.json")).size).toBeLessThan(51_200);
    for (const { parameter, zip } of codes()) {
      const { status, stdout } = spawnSync("sha256sum", [zip], { cwd: built.folder, encoding: "utf8" });
      expect(status).toBe(0);
      const key = `keyward/${zip.replace(".zip", "")}-${stdout.slice(0, 16)}.zip`;
      expect(template.Parameters?.[parameter]).toMatchObject({ Default: key });
    }
  });

  it("has a command line that runs in an empty folder, without npm", () => {
    const folder = mkdtempSync(join(temporary, "cli-"));
    expect(spawnSync("tar", ["-xzf", join(built.folder, `keyward-${version}.tgz`)], { cwd: folder }).status).toBe(0);
    const keyward = (...args: string[]) =>
      spawnSync(process.execPath, ["package/bin/keyward.mjs", ...args], { cwd: folder, encoding: "utf8" });
    expect(keyward("--version").stdout.trim()).toContain(version);
    const event = "package/events/CreateNotebookInstance/fail-no-key.json";
    const replayed = keyward("replay", event, "--target", "dry-run", "--json");
    expect(JSON.parse(replayed.stdout)).toMatchObject({ verdict: "non-compliant" });
  });
});

/** The functions of the template, each with its zip. */
function codes(): { zip: string; parameter: string }[] {
  const { Resources } = readTemplate(join(built.folder, "keyward.template.json"));
  const functions = Object.values(Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
  expect(functions.length).toBeGreaterThan(1);
  return functions.map(({ Properties }) => ({
    zip: `${Properties.Handler.split("/")[1]}.zip`,
    parameter: Properties.Code.S3Key.Ref,
  }));
}

describe("install.sh of the release", () => {
  it.skipIf(!shellcheck)("passes shellcheck", () => {
    const { stdout, status } = spawnSync("shellcheck", [join(built.folder, "install.sh")], { encoding: "utf8" });
    expect([stdout, status]).toEqual(["", 0]);
  });

  it("uploads the zips of all functions and deploys the template with their keys", () => {
    const aws = fakeAws(mkdtempSync(join(temporary, "aws-")));
    const place = ["--stack", "keyward", "--region", "eu-central-1", "--code-bucket-prefix", "my-artifacts"];
    const { code, out, calls } = aws.run(built.folder, [...place, "--yes"]);
    expect(code).toBe(0);
    expect(out).toContain(`Keyward ${version} is installed`);
    const puts = calls.filter(([, operation]) => operation === "put-object");
    expect(puts.map((put) => put[put.indexOf("--body") + 1]).sort()).toEqual(
      codes()
        .map(({ zip }) => zip)
        .sort(),
    );
    const { Parameters = {} } = readTemplate(join(built.folder, "keyward.template.json"));
    const [deploy = []] = calls.filter(([service]) => service === "cloudformation");
    const keys = codes().map(
      ({ parameter }) => `${parameter}=${(Parameters[parameter] as { Default: string }).Default}`,
    );
    expect(deploy).toEqual(expect.arrayContaining([...keys, "CodeBucketPrefix=my-artifacts"]));
  });
});
