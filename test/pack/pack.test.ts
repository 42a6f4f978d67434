import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { installPackage, ROOT } from "./installed.ts";

const { folder, packed, run, keyward, remove } = installPackage();
afterAll(remove);

const write = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

const EVENT = "node_modules/keyward/events/CreateNotebookInstance/fail-no-key.json";
const record = JSON.parse(readFileSync(join(ROOT, "events/CreateNotebookInstance/fail-no-key.json"), "utf8")).detail;
const ANY_KEY = write("any.yaml", "version: 1\nkeys: {accept: any}\nrespond: {default: []}\n");
const REQUEST = write(
  "create-model-card.json",
  JSON.stringify({ ModelCardName: "bare", ModelCardStatus: "Draft", Content: "{}" }),
);

/** Logs that are large enough to be read by threads. */
function writeLogs(): string {
  mkdirSync(join(folder, "logs"));
  for (const n of [1, 2, 3, 4]) {
    const one = { ...record, eventID: `event-${n}` };
    write(`logs/${n}.json`, JSON.stringify({ Records: [one] }) + " ".repeat(5 * 1024 * 1024));
  }
  return "logs";
}

describe("the package", () => {
  it("holds the command, the library, the first look and no tests, sources or build scripts", () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        "bin/keyward.mjs",
        "dist/cli/main.mjs",
        "dist/lib/core.js",
        "dist/THIRD-PARTY-NOTICES.txt",
        "dist/keyward.cdx.json",
        "events/world.json",
        "policy.yaml",
        "policy.schema.json",
        "README.md",
      ]),
    );
    expect(packed.filter((path) => !/^(bin|dist\/(cli|lib|THIRD|keyward\.cdx)|docs|events|[^/]+$)/.test(path))).toEqual(
      [],
    );
    expect(packed.filter((path) => /(^|\/)test|\.test\.|\.tsx?$|\.map$/.test(path) && !path.endsWith(".d.ts"))).toEqual(
      [],
    );
  });

  it("needs no other package", () => {
    const installed = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["keyward"]);
  });

  it("names the licences of the packages that it contains", () => {
    const text = readFileSync(join(folder, "node_modules/keyward/dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of ["@aws-sdk/client-sagemaker", "yaml", "zod", "d3-scale", "jsonc-parser"]) {
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([\\w.-]+\\)$`, "m"));
    }
  });
});

/** A call of each command, its exit code, and its output. */
const CALLS: readonly [string, readonly string[], number, RegExp][] = [
  ["replay, the first look", ["replay"], 0, /All (\d+) events[\s\S]* {2}events +\1 /],
  ["replay, a dry run", ["replay", EVENT, "--target", "dry-run", "--json"], 0, /^\{"eventID".*"non-compliant"/],
  ["replay on AWS, without a topic", ["replay", EVENT, "--target", "aws"], 2, /^$/],
  ["explain", ["explain", EVENT], 0, /KmsKeyId: missing/],
  ["catalogue", ["catalogue"], 0, /\d+ operations, \d+ key members/],
  ["check", ["check", REQUEST], 1, /NON-COMPLIANT/],
  ["check, as SARIF", ["check", REQUEST, "--format", "sarif"], 1, /"version": ?"2.1.0"/],
  ["backtest on threads", ["backtest", writeLogs(), "--threads", "2", "--json"], 0, /"non-compliant":4\D/],
  ["backtest with a page", ["backtest", EVENT, "--report", "report.html"], 0, /non-compliant/],
  ["backtest's queries", ["backtest", "--lake", "11112222-3333-4444-5555-666677778888"], 0, /SELECT/i],
  ["scp", ["scp"], 0, /^\{"Version":"2012-10-17"/],
  ["scp against a history", ["scp", "--backtest", EVENT], 0, /denied +1 rightly, 0 wrongly/],
  ["iam, its coverage", ["iam", "--coverage", "--json"], 0, /^\[\{"operation"/],
  ["rcp", ["rcp", "--buckets", "ml-data-*"], 0, /s3:PutObject/],
  ["sweep", ["sweep", "--target", "embedded"], 0, /resources? judged/],
  ["policy", ["policy", "check", ANY_KEY], 0, /any\.yaml: fine/],
  ["mode, without an installation", ["mode"], 2, /^$/],
  ["doctor, without an installation", ["doctor"], 2, /^$/],
  ["canary, without an installation", ["canary"], 2, /^$/],
  ["completion", ["completion", "bash"], 0, /complete -F _keyward keyward/],
  ["--help", ["--help"], 0, /Exit codes/],
  ["defaults, without a key", ["defaults", "sdk-v2"], 2, /^$/],
  ["--version", ["--version"], 0, /^\d+\.\d+\.\d+\n$/],
];

describe("the installed command", () => {
  it.each(CALLS)("runs: %s", (_name, args, code, printed) => {
    const ran = keyward(args);
    expect(ran).toMatchObject({ code, out: expect.stringMatching(printed) });
    // No policy.yaml is in the folder.
    const said = ran.err.replace(
      "keyward: there is no policy.yaml here; the policy that comes with Keyward is used\n",
      "",
    );
    if (code === 2) expect(said).toMatch(/^keyward: .* (--topic ARN|--stack NAME|--key ARN)[^\n]*\n$/);
    else expect(said).toBe("");
  });

  it("is called with every command above", () => {
    const commands = [...keyward(["--help"]).out.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((name) => !CALLS.some(([, args]) => args[0] === name))).toEqual([]);
  });

  it("writes a page with its styles and its script inside", () => {
    const page = readFileSync(join(folder, "report.html"), "utf8");
    expect(page).toMatch(/<style>[\s\S]*@media print/);
    expect(page).toContain('"use strict"');
  });

  it("judges by a policy in the folder, and names a faulty line", () => {
    const args = ["replay", "-", "--target", "dry-run", "--json"];
    const keyed = { ...record, requestParameters: { ...record.requestParameters, kmsKeyId: "alias/mine" } };
    expect(keyward([...args, "--policy", ANY_KEY], JSON.stringify(keyed)).out).toContain('"compliant"');
    write("policy.yaml", "version: 1\nkeys:\n  acept: any\n");
    expect(keyward(args, JSON.stringify(keyed))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/policy\.yaml:\d+:/),
    });
  });
});

describe("the library", () => {
  const code = `
    import { decide, judge, parse, plan, publicDecision } from "keyward";
    import { readPolicy } from "keyward/policy";
    const read = readPolicy("version: 1\\nkeys: {accept: customer-managed}\\nrespond: {default: [tag]}\\n");
    if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join());
    const event = parse(JSON.parse(process.argv[2] ?? ""));
    const judgement = judge(event, read.policy, new Map());
    const planned = plan(judgement, read.policy, new Date());
    const outcomes = planned.map((one) => ({ do: one.do, outcome: "planned" as const }));
    const decision = publicDecision(decide(judgement, outcomes));
    console.log(decision.verdict, decision.settings[0]?.code, ...planned.map((one) => one.do));
  `;

  it("judges and plans, from JavaScript", () => {
    write("use.js", code.replace(" as const", ""));
    expect(run(process.execPath, ["use.js", JSON.stringify(record)])).toEqual({
      code: 0,
      out: "non-compliant no-key tag\n",
      err: "",
    });
  });

  it("has a core that imports no Node module", () => {
    const lib = join(folder, "node_modules/keyward/dist/lib");
    const files = ["core.js"];
    for (const file of files) {
      const text = readFileSync(join(lib, file), "utf8");
      const imports = [...text.matchAll(/^(?:import|export)\b[^;]*? from "([^"]+)"|^import "([^"]+)"/gm)];
      for (const [, from, bare] of imports) files.push((from ?? bare ?? "").replace(/^\.\//, ""));
      expect(text).not.toMatch(/\brequire\(|\bprocess\./);
    }
    expect(files.filter((file) => !/^(core|chunk-\w+)\.js$/.test(file))).toEqual([]);
  });

  it.each(["nodenext", "bundler"])("has types for TypeScript, resolved as %s", (moduleResolution) => {
    write(
      "use.ts",
      `declare const process: { argv: string[] }; declare const console: { log(...all: unknown[]): void };${code}`,
    );
    const faulty = 'import { parse, judge } from "keyward";\njudge(parse({}), { version: 2 }, new Map());\n';
    write("misuse.ts", faulty);
    expect(typeCheck(["use.ts"], moduleResolution)).toMatchObject({ code: 0, out: "" });
    expect(typeCheck(["misuse.ts"], moduleResolution).out).toMatch(/misuse\.ts\(2,.*error TS2\d+/);
  });

  it("has the policy type of its schema", () => {
    const schema = JSON.stringify(join(ROOT, "lib/policy/schema.ts"));
    const same = `import type { Policy as Delivered } from "keyward";
      import type { Policy } from ${schema};
      export const there = (policy: Policy): Delivered => policy;
      export const back = (policy: Delivered): Policy => policy;
    `;
    write("same.ts", same);
    expect(typeCheck(["same.ts"], "nodenext", ["--allowImportingTsExtensions", "--skipLibCheck"])).toMatchObject({
      code: 0,
      out: "",
    });
  });

  function typeCheck(files: readonly string[], moduleResolution: string, more: readonly string[] = []) {
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--lib", "es2023", "--types", ""];
    const resolution = ["--ignoreConfig", "--module", module, "--moduleResolution", moduleResolution];
    return run(process.execPath, [tsc, ...strict, ...resolution, ...more, ...files]);
  }
});

describe("the policy's schema, for an editor", () => {
  const installed = join(folder, "node_modules/keyward");
  const shippedText = readFileSync(join(installed, "policy.yaml"), "utf8");
  const [, named = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(shippedText) ?? [];

  it("is found from a policy that was copied to the folder where the package is installed", () => {
    // The language server resolves the path from the folder of the YAML file.
    const file = join(folder, named);
    expect(realpathSync(file)).toBe(realpathSync(join(installed, "policy.schema.json")));
    expect(createRequire(join(folder, "use.js")).resolve("keyward/policy.schema.json")).toBe(realpathSync(file));
    expect(JSON.parse(readFileSync(file, "utf8")).$id).toBe("pkg:npm/keyward?file_name=policy.schema.json");
  });

  it("accepts the shipped policy and names a faulty member", () => {
    const schema = JSON.parse(readFileSync(join(folder, named), "utf8"));
    const validate = addFormats.default(new Ajv2020.default({ strict: true })).compile(schema);
    const shipped = parse(shippedText);
    expect(validate(shipped), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...shipped, mode: "enforced" })).toBe(false);
    expect(validate.errors).toMatchObject([{ instancePath: "/mode", keyword: "enum" }]);
  });
});
