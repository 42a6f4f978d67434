import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { operation as rowOf } from "../../lib/catalogue/find-operation.ts";
import { operations } from "../../lib/catalogue/operations.ts";
import { serviceOf } from "../../lib/catalogue/services.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { FILL_IN } from "../../lib/wording/remedy/fill-in.ts";
import { dashCase, snakeCase } from "../../lib/wording/remedy/remedy-shell.ts";
import { noteSkipped } from "../../scripts/skipped.ts";
import { KEY, policyOf } from "../support/build.ts";
import { requestsOf } from "../support/encrypted-requests.ts";
import { misfits } from "../support/schema-check.ts";
import { sdkOperations } from "../support/sdk-schemas.ts";
import { type ShippedMail, shippedMails, snippetsOf } from "../support/shipped-mails.ts";

const python = spawnSync("python3", ["-c", ""]).status === 0;
const botocore = spawnSync("python3", ["-c", "import botocore"]).status === 0;
if (!python) noteSkipped("running the remedies of the shipped events", "python3 is not on the PATH");
else if (!botocore) noteSkipped("the API model's check of the remedies", "python3 cannot import botocore");

const sdk = sdkOperations();
const policies = {
  "a key to fill in": policyOf({ keys: { accept: "customer-managed" }, respond: { default: ["tag", "notify"] } }),
  "a suggested key": policyOf({
    keys: { accept: "customer-managed", allow: ["arn:aws:kms:us-east-1:999988887777:key/other", "alias/ml", KEY] },
    respond: { default: ["tag", "notify"] },
  }),
};

interface Case {
  readonly file: string;
  readonly region: string;
  readonly language: "shell" | "python";
  readonly code: string;
  readonly operation: string | undefined;
  readonly request: JsonObject;
}
interface Checked {
  readonly calls: readonly { service: string; method: string; region?: string; request?: JsonObject }[];
  readonly clients: readonly { region: string }[];
  readonly wrong: readonly string[];
}

/** The operation whose request the reader fills in. */
function operationIn(code: string, call: ShippedMail["call"]): string | undefined {
  const [, method] = /# FILL-IN: your request to (\w+)/.exec(code) ?? [];
  const own = call && (call.operation ?? call.eventName);
  if (own !== undefined && snakeCase(serviceOf(own).name) === method) return own;
  return operations.map(({ operation }) => operation).find((one) => snakeCase(serviceOf(one).name) === method);
}

function casesOf(mail: ShippedMail): Case[] {
  const region = mail.call?.region ?? "us-east-1";
  return snippetsOf(mail).flatMap((code): Case[] => {
    if (code.startsWith("aws ")) {
      return [{ file: mail.file, region, language: "shell", code, operation: undefined, request: {} }];
    }
    if (!code.startsWith("import boto3")) return [];
    const operation = operationIn(code, mail.call);
    const isOwn = operation !== undefined && operation === (mail.call?.operation ?? mail.call?.eventName);
    const others = operations.find((row) => row.operation === operation);
    const request = isOwn ? mail.call?.request : others && requestsOf(others.operation)[0];
    if (request === undefined || request === "omitted") throw new Error(`${mail.file}: no request for ${operation}`);
    return [{ file: mail.file, region, language: "python", code, operation, request }];
  });
}

function check(cases: readonly Case[]): Checked[] {
  const { stdout, stderr } = spawnSync("python3", ["test/support/remedies.py"], { input: JSON.stringify(cases) });
  if (stderr.length > 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}

/** Operations of AWS's reference that no SDK of this machine's models has yet. */
const isUnmodelled = (operation: string | undefined): boolean =>
  operation !== undefined && rowOf(operation)?.source === "reference";

describe.each(Object.entries(policies))("the remedies of all shipped events, with %s", (name, policy) => {
  let mails: readonly ShippedMail[] = [];
  let cases: readonly Case[] = [];
  beforeAll(async () => {
    mails = await shippedMails(policy);
    cases = mails.flatMap(casesOf).filter(({ operation }) => !isUnmodelled(operation));
  }, 120_000);

  it("are many, of every language", () => {
    expect(cases.filter(({ language }) => language === "python").length).toBeGreaterThan(60);
    expect(cases.filter(({ language }) => language === "shell").length).toBeGreaterThan(15);
  });

  it.skipIf(!python)("run, and fit the API's model (without botocore they only run)", () => {
    const wrong = check(cases).flatMap((one, i) =>
      one.wrong.filter((what) => !isNewer(what, cases[i]?.operation)).map((what) => `${cases[i]?.file}: ${what}`),
    );
    expect(wrong).toEqual([]);
  });

  it.skipIf(!python)("act in the Region of the event, and in no other", () => {
    const regions = check(cases).map(({ calls, clients }, i) => [
      cases[i]?.file,
      [...new Set([...clients, ...calls].flatMap(({ region }) => region ?? []))],
    ]);
    expect(regions).toEqual(cases.map(({ file, region }) => [file, [region]]));
  });

  it.skipIf(!python)("send the members of the request, all of them, and the key's", () => {
    const own = cases.filter(({ language }) => language === "python");
    const wrong = check(own).flatMap(({ calls }, i) => {
      const { file, operation = "", request } = own[i] as Case;
      const sent = calls.find(({ method }) => method === snakeCase(serviceOf(operation).name))?.request;
      if (sent === undefined) return [];
      const given = new Set(
        Object.entries(request).flatMap(([member, value]) => (value === null ? [] : [upper(member)])),
      );
      const added = Object.keys(sent)
        .map(upper)
        .filter((member) => !given.has(member));
      const keyed = new Set(rowOf(operation)?.settings.map(({ path }) => upper(path.replace(/[.[].*/, ""))));
      const lost = [...given].filter((member) => !Object.keys(sent).map(upper).includes(member));
      return [
        ...added.filter((member) => !keyed.has(member)).map((member) => `${file}: adds ${member}`),
        // The models of this machine may lack a member that is newer than they.
        ...lost.filter((member) => hasMember(operation, member)).map((member) => `${file}: loses ${member}`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it("call operations and name options that the SDK's schemas have", () => {
    const wrong = cases.flatMap(({ file, code }) => [
      ...[...code.matchAll(/client\.(\w+)\(/g)].flatMap(([, method]) =>
        [...sdk.keys()].some((one) => snakeCase(serviceOf(one).name) === method) ? [] : [`${file}: no ${method}`],
      ),
      ...code
        .split(/^(?=aws )/m)
        .filter((command) => command.startsWith("aws sagemaker "))
        .flatMap((command) => unknownOptions(command).map((option) => `${file}: no ${option}`)),
    ]);
    expect(wrong).toEqual([]);
  });

  it("give the key of the account and the Region, and never an alias", () => {
    const keys = cases.flatMap(({ code }) => code.match(/arn:aws[\w-]*:kms:[^"' \\]+|alias\/[\w-]+/g) ?? []);
    const hasKey = cases.filter(({ code }) => /key = |kms-key-id|KMSMasterKeyID/.test(code));
    expect(keys.length).toBeGreaterThanOrEqual(hasKey.length);
    const suggested = name === "a suggested key";
    for (const { code, region, language } of hasKey) {
      const [key] = code.match(language === "python" ? /(?<=key = ").*(?=")/ : /arn:aws:kms:[^"' \\]+/) ?? [];
      const open = `arn:aws:kms:${region}:111122223333:key/${FILL_IN}`;
      expect(key).toBe(suggested && region === "us-east-1" ? KEY : open);
    }
  });

  it("have a mark at everything that the reader fills in, and say so before the code", () => {
    for (const { email } of mails) {
      expect(email).not.toMatch(/YOUR-|<[a-z-]+>|\.\.\.|xxxx/i);
      if (email.includes("request = {}")) expect(email).toMatch(/is\s+a\s+template:\s+replace\s+each\s+FILL-IN/);
    }
  });

  it("have lines for the SageMaker Python SDK that are valid Python and YAML", () => {
    const codes = mails.flatMap(snippetsOf).filter((code) => code.includes("{SchemaVersion"));
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) {
      const lines = code.split("\n");
      const file = parseYaml(lines.at(-1) ?? "");
      expect(file.SchemaVersion).toBe("1.0");
      for (const [path, value] of leaves(file.SageMaker)) {
        expect(DEFAULTS).toContain(path);
        expect(value).toMatch(/^arn:aws:kms:/);
      }
      if (lines.length > 1) expect(lines[0]).toMatch(/^(\w+=(key|\w+\(\w+=key\))(, )?)+ {2}# of sagemaker(\.\w+)+$/);
    }
  });
});

/** The key members of the defaults file: SAGEMAKER_PYTHON_SDK_CONFIG_SCHEMA of aws/sagemaker-python-sdk 3.20. */
const DEFAULTS = [
  "AutoMLJob.AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId",
  "AutoMLJob.OutputDataConfig.KmsKeyId",
  "AutoMLJobV2.SecurityConfig.VolumeKmsKeyId",
  "AutoMLJobV2.OutputDataConfig.KmsKeyId",
  "TransformJob.TransformOutput.KmsKeyId",
  "TransformJob.TransformResources.VolumeKmsKeyId",
  "CompilationJob.OutputConfig.KmsKeyId",
  "ProcessingJob.ProcessingOutputConfig.KmsKeyId",
  "ProcessingJob.ProcessingResources.ClusterConfig.VolumeKmsKeyId",
  "TrainingJob.OutputDataConfig.KmsKeyId",
  "TrainingJob.ResourceConfig.VolumeKmsKeyId",
  "EdgePackagingJob.OutputConfig.KmsKeyId",
  "EdgePackagingJob.ResourceKey",
];

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const leaves = (value: unknown, at = ""): [string, unknown][] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, at === "" ? name : `${at}.${name}`))
    : [[at, value]];

/** The machine's botocore may be older than the SDK, which has the member. */
const isNewer = (problem: string, operation: string | undefined): boolean => {
  const [, member] = /^Unknown parameter in input: "(\w+)"/.exec(problem) ?? [];
  return member !== undefined && operation !== undefined && hasMember(operation, member);
};

const hasMember = (operation: string, member: string): boolean => {
  const input = sdk.get(operation)?.input;
  return input !== undefined && misfits(input, { [member]: null }).length === 0;
};

function unknownOptions(command: string): string[] {
  const [, name] = /^aws sagemaker ([\w-]+)/.exec(command) ?? [];
  const operation = [...sdk.keys()].find((one) => serviceOf(one).service === "sagemaker" && dashCase(one) === name);
  const input = operation === undefined ? undefined : sdk.get(operation)?.input;
  if (input === undefined) return [`command ${name}`];
  const known = new Set([...input.structIterator()].map(([member]) => dashCase(member)));
  return [...command.matchAll(/ --([\w-]+)/g)].flatMap(([, option = ""]) =>
    known.has(option) || option === "region" || option === "query" ? [] : [option],
  );
}
