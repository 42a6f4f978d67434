import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lifecycleScript } from "../../lib/defaults/lifecycle-script.ts";
import { sdkConfigText } from "../../lib/defaults/sdk-config.ts";
import { noteSkipped } from "../../scripts/skipped.ts";
import { KEY, policyOf, REGION } from "../support/build.ts";

const POLICY = policyOf();
const FILE = sdkConfigText(KEY, "v2", POLICY);
const hasBash = spawnSync("bash", ["--version"]).status === 0;
if (!hasBash) noteSkipped("the lifecycle configuration's runs", "there is no bash");

const folder = mkdtempSync(join(tmpdir(), "keyward-lifecycle-"));
afterAll(() => rmSync(folder, { recursive: true }));
const script = join(folder, "defaults.sh");
writeFileSync(script, lifecycleScript(KEY, REGION, POLICY));

/** A home of its own for each run, with the folder for the whole system in it. */
function home(): { readonly system: string; readonly user: string; readonly env: Record<string, string> } {
  const at = mkdtempSync(join(folder, "home-"));
  return {
    system: join(at, "etc/sagemaker/config.yaml"),
    user: join(at, ".config/sagemaker/config.yaml"),
    // Without sudo on the PATH, no run reaches this machine's own folders.
    env: { HOME: at, PATH: "/usr/bin:/bin", XDG_CONFIG_DIRS: `${at}/etc:/nowhere`, TMPDIR: at },
  };
}

function run(env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync("bash", [script], { env, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe.skipIf(!hasBash)("the lifecycle configuration", () => {
  it("is a script without errors", () => {
    expect(spawnSync("bash", ["-n", script], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    const shellcheck = spawnSync("shellcheck", [script], { encoding: "utf8" });
    if (shellcheck.error) noteSkipped("shellcheck of the lifecycle configuration", "there is no shellcheck");
    else expect(shellcheck.stdout).toBe("");
  });

  it("installs the file for everybody, and leaves it unchanged the next time", () => {
    const { env, system } = home();
    expect(run(env)).toEqual({ status: 0, stdout: `keyward defaults: installed ${system}\n`, stderr: "" });
    expect(readFileSync(system, "utf8")).toBe(FILE);
    expect(statSync(system).mode & 0o777).toBe(0o644);
    expect(run(env)).toEqual({ status: 0, stdout: `keyward defaults: ${system} is up to date\n`, stderr: "" });
  });

  it("replaces a file of its own", () => {
    const { env, system } = home();
    mkdirSync(dirname(system), { recursive: true });
    writeFileSync(system, FILE.replaceAll(KEY, "alias/old"));
    expect(run(env).status).toBe(0);
    expect(readFileSync(system, "utf8")).toBe(FILE);
  });

  it("installs the file for the user where it cannot write the system's folder", () => {
    const { env, user } = home();
    // A file where a folder would be: not even root can write below it.
    writeFileSync(join(env.HOME as string, "etc"), "");
    expect(run(env).stdout).toBe(`keyward defaults: installed ${user}\n`);
    expect(readFileSync(user, "utf8")).toBe(FILE);
  });

  it.each([
    [
      "somebody else's file is there",
      (at: ReturnType<typeof home>) => {
        mkdirSync(dirname(at.system), { recursive: true });
        writeFileSync(at.system, "SchemaVersion: '1.0'\n");
        return {};
      },
      "is not from keyward defaults",
    ],
    ["the key is of another Region", () => ({ AWS_REGION: "eu-west-1" }), "the key belongs to us-east-1"],
    ["the SDK reads another file", () => ({ SAGEMAKER_ADMIN_CONFIG_OVERRIDE: "s3://b/c.yaml" }), "s3://b/c.yaml"],
    [
      "nothing can be written",
      (at: ReturnType<typeof home>) => {
        writeFileSync(join(at.env.HOME as string, "etc"), "");
        writeFileSync(join(at.env.HOME as string, ".config"), "");
        return {};
      },
      "can be written",
    ],
    ["there is no room for a temporary file", () => ({ TMPDIR: "/nowhere" }), "no temporary file"],
  ] as const)("says what to do if %s", (_, prepare, message) => {
    const at = home();
    const { status, stdout, stderr } = run({ ...at.env, ...prepare(at) });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^keyward defaults: .*\nkeyward defaults: what to do: .*\n$/);
    expect(existsSync(at.system) && readFileSync(at.system, "utf8") === FILE).toBe(false);
  });
});
