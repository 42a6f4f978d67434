import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { installPackage, ROOT } from "./installed.ts";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const { version } = JSON.parse(read("package.json"));

/** Each integration runs its own steps in a clean folder. Only the package comes from a file and not from a registry. */
const { tarball, env, run, remove } = installPackage();
afterAll(remove);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyward-integration-"));
  mkdirSync(join(folder, "my infra"));
  write("my infra/create-notebook-instance.yaml", "NotebookInstanceName: a\n");
  write("fine/create-notebook-instance.yaml", "NotebookInstanceName: a\nKmsKeyId: alias/ml\n");
  return () => rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function shell(command: string, args: readonly string[], more: Readonly<Record<string, string>>) {
  const options = { cwd: folder, env: { ...env, npm_config_offline: "true", ...more }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(command, args, options);
  return { code: status, out: stdout, err: stderr };
}

describe("the GitHub action", () => {
  const action = parse(read("action.yml"));

  /** Runs the action's steps as a runner does: the shell's options, and the inputs in place of the expressions. */
  function use(given: Readonly<Record<string, string>>) {
    const inputs: Record<string, string> = { package: tarball, ...given };
    const inputOf = (name: string) => inputs[name] ?? action.inputs[name].default;
    const [step, ...more] = action.runs.steps;
    expect(more).toEqual([]);
    const filled = Object.entries(step.env as Record<string, string>).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => inputOf(input)),
    ]);
    expect(step.run).not.toContain("${{");
    return shell("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], Object.fromEntries(filled));
  }

  it("is composite, with the package's version", () => {
    expect(action.runs.using).toBe("composite");
    expect(action.inputs.package.default).toBe(`keyward@${version}`);
  });

  it("fails for a finding, and writes SARIF", () => {
    const { code, out } = use({ paths: "fine\nmy infra\n", "sarif-file": "keyward.sarif" });
    expect(code).toBe(1);
    expect(out).toContain("NON-COMPLIANT  notebook-instance a");
    const [log] = JSON.parse(readFileSync(join(folder, "keyward.sarif"), "utf8")).runs;
    const [error] = log.results.filter(({ level }: { level: string }) => level === "error");
    expect(error.locations[0].physicalLocation.artifactLocation.uri).toBe("my%20infra/create-notebook-instance.yaml");
  });

  it("passes without a finding, with the caller's options and policy", () => {
    write("policy.yaml", "version: 1\nkeys: {accept: any}\nrespond: {default: [tag]}\n");
    expect(use({ paths: "fine" })).toMatchObject({ code: 0 });
    expect(use({ paths: "fine", policy: "policy.yaml", args: "--strict" })).toMatchObject({ code: 0 });
    expect(use({ args: "--soft-fail --json" })).toMatchObject({ code: 0, out: expect.stringMatching(/^\{"eventID"/) });
  });

  it("fails for a path that does not exist, whatever its name is", () =>
    expect(use({ paths: "$(touch pwned)", "sarif-file": "a.sarif" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("$(touch pwned): no such file or folder"),
    }));
});

describe("the GitLab template", () => {
  const template = parse(read("integrations/gitlab/keyward.gitlab-ci.yml"));

  const use = (variables: Readonly<Record<string, string>>) =>
    shell("sh", ["-ec", template.keyward.script.join("\n")], {
      ...template.variables,
      KEYWARD_PACKAGE: tarball,
      ...variables,
    });

  it("has the package's version, and keeps the report of a job that fails", () => {
    expect(template.variables.KEYWARD_PACKAGE).toBe(`keyward@${version}`);
    expect(template.keyward.artifacts).toMatchObject({ when: "always", reports: { junit: "keyward-junit.xml" } });
  });

  it("fails for a finding, and writes a report", () => {
    const { code, out } = use({});
    expect(code).toBe(1);
    expect(out).toContain("NON-COMPLIANT  notebook-instance a");
    const report = readFileSync(join(folder, "keyward-junit.xml"), "utf8");
    expect(report).toMatch(/<testsuites name="keyward">.*<failure/s);
  });

  it("passes without a finding", () => {
    expect(use({ KEYWARD_PATHS: "fine", KEYWARD_ARGS: "--soft-fail" })).toMatchObject({ code: 0 });
    expect(use({ KEYWARD_PATHS: "nowhere fine" })).toMatchObject({ code: 2 });
  });
});

describe("the pre-commit hook", () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));

  // With pass_filenames: false, pre-commit runs the entry with the hook's args alone.
  const use = (args: readonly string[]) => {
    const [command, ...first] = hook.entry.replace(`keyward@${version}`, tarball).split(" ");
    return shell(command, [...first, ...args], {});
  };

  it("fails for a finding in the repository, and passes without", () => {
    expect(hook).toMatchObject({ language: "node", pass_filenames: false });
    expect(hook.entry).toContain(`--package keyward@${version} `);
    expect(use(hook.args)).toMatchObject({
      code: 1,
      out: expect.stringContaining("NON-COMPLIANT  notebook-instance a"),
    });
    expect(use(["fine"])).toMatchObject({ code: 0 });
  });

  it("runs for every file that a check reads", () => {
    const files = new RegExp(hook.files);
    for (const name of ["infra/a.yaml", "a.yml", "plan.json", "a.template"]) expect(name).toMatch(files);
    expect("README.md").not.toMatch(files);
  });

  it("can be installed: npm pack prints the name of the package alone", () => {
    const { code, out } = run("npm", ["pack", "--pack-destination", folder], "", ROOT);
    expect({ code, out }).toEqual({ code: 0, out: `keyward-${version}.tgz\n` });
  });
});

describe("the examples of the documentation", () => {
  const page = read("docs/check.md");
  const examples = [...page.matchAll(/^ {4}# (\.[\w.-]+\.ya?ml|\.github\/\S+\.ya?ml)\n((?: {4}.*\n|\n)+)/gm)].map(
    ([, name = "", text = ""]) => [name, text.replace(/^ {4}/gm, "")] as const,
  );

  it("are YAML, one for each integration", () => {
    expect(examples.map(([name]) => name).sort()).toEqual([
      ".github/workflows/keyward.yml",
      ".gitlab-ci.yml",
      ".pre-commit-config.yaml",
    ]);
    for (const [, text] of examples) expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
  });

  it("give no input, variable or hook that there is not", () => {
    const textOf = new Map(examples);
    const workflow = parse(textOf.get(".github/workflows/keyward.yml") ?? "");
    const [use] = workflow.jobs.keys.steps.filter(({ uses = "" }) => uses.includes("/keyward@"));
    const { inputs } = parse(read("action.yml"));
    expect(Object.keys(use.with).filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
    const gitlab = parse(textOf.get(".gitlab-ci.yml") ?? "");
    const { variables } = parse(read("integrations/gitlab/keyward.gitlab-ci.yml"));
    expect(Object.keys(gitlab.variables).filter((name) => !Object.hasOwn(variables, name))).toEqual([]);
    const commit = parse(textOf.get(".pre-commit-config.yaml") ?? "");
    expect(commit.repos[0].hooks.map(({ id }: { id: string }) => id)).toEqual(["keyward-check"]);
  });
});
