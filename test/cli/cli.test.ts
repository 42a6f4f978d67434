import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { judgedOperations, keyMemberCount } from "../../lib/catalogue/operations.ts";
import { isPage } from "../../lib/catalogue/pages/pages.ts";
import { keyward } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const envelope = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8"));
const record = envelope.detail;
const dryRun = (...paths: string[]) => keywardHere(["replay", "--target", "dry-run", "--json", ...paths]);
const verdicts = (out: string): string[] =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).verdict);

it("replay with - reads standard input", () => {
  const { out } = keyward(["replay", "--target", "dry-run", "--json", "-"], { input: JSON.stringify(envelope) });
  expect(verdicts(out)).toEqual(["non-compliant"]);
  const nothing = keyward(["explain", "-"]);
  expect(nothing).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^keyward: standard input: empty/) });
});

describe("an input that replay cannot read", () => {
  const big = { ...record, requestParameters: { notebookInstanceName: "x".repeat(10 * 1024 * 1024) } };
  const proto = JSON.stringify(record).replace(
    '"requestParameters":{',
    '"requestParameters":{"__proto__":{"kmsKeyId":"alias/x"},',
  );
  it.each([
    ["not JSON", "n.json", '{\n  "a": }', /n\.json:2:8: not JSON \(value expected\)/],
    ["empty", "o.json", "", /o\.json: empty/],
    ["truncated gzip", "p.gz", gzipSync(JSON.stringify(record)).subarray(0, 60), /p\.gz: a damaged or truncated gzip/],
    ["a bad line among good ones", "q.jsonl", `${JSON.stringify(record)}\n{"x"\n`, /q\.jsonl:2:5: not JSON/],
    ["an event of 10 MB", "r.json", JSON.stringify(big), /r\.json: an event of over 1 MiB/],
    ["a __proto__ member", "s.json", proto, /s\.json requestParameters\.__proto__: a member named __proto__/],
    [
      "another service's event",
      "t.json",
      JSON.stringify({ ...record, eventSource: "s3.amazonaws.com" }),
      /t\.json: no event of SageMaker/,
    ],
    [
      "no requestParameters",
      "u.json",
      JSON.stringify({ ...record, requestParameters: null }),
      /u\.json: the record has no requestParameters/,
    ],
    [
      "an SQS body that is not JSON",
      "v.json",
      JSON.stringify({ Records: [{ body: "{" }] }),
      /v\.json Records\[0\]\.body: not JSON/,
    ],
  ])("is reported in one line, and the other inputs are replayed: %s", async (_what, name, content, message) => {
    const { code, out, err } = await dryRun(write(name, content), "events/CreateNotebookInstance/fail-no-key.json");
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(message);
    expect(verdicts(out).at(-1)).toBe("non-compliant");
    expect(code).toBe(2);
  });

  it("does not change its verdict by a __proto__ member", async () => {
    expect(verdicts((await dryRun(write("w.json", proto))).out)).toEqual(["non-compliant"]);
  });

  it("is reported if the file does not exist", async () => {
    expect(await dryRun(join(folder, "absent.json"))).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/absent\.json: no such file/),
    });
  });
});

/** The commands in the order of the help. */
const COMMANDS = [...keyward(["--help"]).out.matchAll(/^ {2}([a-z]+) +\S/gm)].map(([, name]) => name);

describe("wrong arguments", () => {
  it.each([
    [[], 2],
    [["nonsense"], 2],
    [["replay", "--bogus"], 2],
    [["replay", "--target", "moon", "events/CreateModelCard"], 2],
    [["replay", "--fail-on", "rain"], 2],
    [["replay", "--world", "absent.json", "events/CreateModelCard"], 2],
    [["explain"], 2],
    [["policy", "burn"], 2],
  ])("%j end with exit code %i", (args, code) => {
    const ran = keyward(args, { env: { TOPIC_ARN: "" } });
    expect(ran.code).toBe(code);
    if (args.length > 0) expect(ran.err).toMatch(/^keyward: [^\n]+\n$/);
  });

  it.each([
    [["replya"], 'no command "replya"; did you mean "replay"?'],
    [["burn"], `no command "burn"; there are ${COMMANDS.join(", ")}: see keyward --help`],
    [["replay", "--polcy", "x"], "Unknown option '--polcy'; did you mean \"--policy\"?"],
    [["explain", "--zzz", "x"], "Unknown option '--zzz'; see keyward explain --help"],
    [["replay", "--target", "dryrun"], '--target dryrun is not known; did you mean "dry-run"?'],
    [
      ["catalogue", "--operation", "CreateTraningJob"],
      'CreateTraningJob is not in the catalogue; did you mean "CreateTrainingJob"?',
    ],
    [["policy", "check", "absent.yaml"], "absent.yaml: no such file or folder; check the path"],
    [
      ["replay", "--target", "aws", "events/CreateModelCard"],
      "--target aws needs a topic: give --topic ARN or set TOPIC_ARN",
    ],
  ])("%j print what to do", (args, message) => {
    expect(keyward(args, { env: { TOPIC_ARN: "" } })).toMatchObject({ code: 2, out: "", err: `keyward: ${message}\n` });
  });

  it("--version, --help and help print their text and end without an error", () => {
    expect(keyward(["--version"])).toMatchObject({ code: 0, out: "0.1.0\n" });
    expect(keyward(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Exit codes") });
    expect(keyward(["help", "explain"]).out).toBe(keyward(["explain", "--help"]).out);
    expect(keyward([])).toMatchObject({ out: "", err: expect.stringContaining("Usage: keyward <command>") });
  });

  it.each(["replay", "explain", "catalogue", "policy"])("keyward %s --help prints the usage", (command) => {
    expect(keyward([command, "--help"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`Usage: keyward ${command}`)),
    });
  });
});

describe("the output of the commands", () => {
  it("has the whole catalogue as data", async () => {
    const { out, code } = await keywardHere(["catalogue", "--json"]);
    const rows = JSON.parse(out);
    expect(code).toBe(0);
    expect(rows).toHaveLength(judgedOperations.length);
    expect(rows.find((row: { operation: string }) => row.operation === "CreateTrainingJob")).toMatchObject({
      kind: "training-job",
      stop: "StopTrainingJob",
      settings: expect.arrayContaining([
        expect.objectContaining({ path: "ResourceConfig.VolumeKmsKeyId", protects: "volume" }),
      ]),
    });
    expect((await keywardHere(["catalogue"])).out).toContain(
      `${judgedOperations.length} operations, ${keyMemberCount()} key members.`,
    );
  });

  it("has a policy's problems with their lines", async () => {
    const file = write("p.yaml", "version: 1\nmode: enforce\nkeys:\n  acept: any\nrespond:\n  default: [tag, burn]\n");
    const { code, err } = await keywardHere(["policy", "check", file]);
    expect(code).toBe(2);
    expect(err.replaceAll(file, "p.yaml").trim().split("\n")).toEqual([
      "keyward: p.yaml:3:1 keys.accept: is missing; known here: any, customer-managed, listed",
      'keyward: p.yaml:4:3 keys.acept: unknown key "acept"; did you mean "accept"?',
      'keyward: p.yaml:6:18 respond.default[1]: unknown action "burn"; known here: tag, notify, stop',
    ]);
    const syntax = write("q.yaml", "version: 1\nkeys: [\n");
    expect((await keywardHere(["replay", "--policy", syntax])).err).toMatch(/q\.yaml:3:1 /);
  });

  it("explains each setting: its place, the rule, the policy's requirement, and the actions", async () => {
    const { code, out } = await keywardHere(["explain", "events/CreateTrainingJob/fail-no-volume-key.json"]);
    expect(code).toBe(0);
    expect(out).toContain("found     requestParameters.outputDataConfig.kmsKeyId\n      key       arn:aws:kms:");
    expect(out).toContain(
      [
        "  ! ResourceConfig.VolumeKmsKeyId: missing, no key is given; SageMaker uses a key of its own and",
        "      discards it",
        "      found     nothing: requestParameters.resourceConfig has no VolumeKmsKeyId",
        "      protects  volume: the ML storage volume",
        "      applies   where ResourceConfig is there, and the instance types have no local storage",
        "      policy    require.volume: true, keys.accept: customer-managed",
        "      without   no key is given; SageMaker uses a key of its own and discards it",
        "      prevent   IAM condition key sagemaker:VolumeKmsKeyArn",
      ].join("\n"),
    );
    expect(out).toContain("> would be done: tag, stop, notify");
  });

  it("has the look-ups without an answer, as text and as data", async () => {
    const file = "events/CreateModelCard/pass-own-key.json";
    const dry = ["--target", "dry-run"];
    expect((await keywardHere(["explain", file, ...dry])).out).toMatch(/Not looked up: DescribeKey of\s+arn:aws:kms:/);
    expect(JSON.parse((await keywardHere(["explain", "--json", file, ...dry])).out)).toMatchObject({
      verdict: "undetermined",
      settings: [
        { path: "SecurityConfig.KmsKeyId", is: "undetermined", found: "requestParameters.securityConfig.kmsKeyId" },
      ],
      questions: [{ ask: "key" }],
    });
  });

  it("has AWS's page for each claim of the catalogue", async () => {
    const rows: { page: string; kindPage: string; settings: Record<string, unknown>[] }[] = JSON.parse(
      (await keywardHere(["catalogue", "--json"])).out,
    );
    const settings = rows.flatMap((row) => row.settings);
    expect(rows.filter(({ page, kindPage }) => !isPage(page) || !isPage(kindPage))).toEqual([]);
    expect(
      settings.filter(({ page, withoutPages, conditionKey, conditionKeyPage, instanceTypes, instanceTypesPage }) => {
        const withKey = (conditionKey === undefined) === (conditionKeyPage === undefined);
        const withTypes = (instanceTypes === undefined) === (instanceTypesPage === undefined);
        return !isPage(String(page)) || (withoutPages as string[]).length === 0 || !withKey || !withTypes;
      }),
    ).toEqual([]);
    expect(settings.length).toBeGreaterThan(50);
  });

  it("has the instance families, as a table and as data", async () => {
    expect((await keywardHere(["catalogue", "instances"])).out).toMatch(/^ml\.g5 +local: takes no volume key/m);
    const families = JSON.parse((await keywardHere(["catalogue", "instances", "--json"])).out);
    expect(families).toContainEqual({ family: "m5", storage: "ebs", page: "API Reference, ResourceConfig" });
    expect((await keywardHere(["catalogue", "instance"])).err).toContain('there is "catalogue instances"');
  });

  it("has the exemptions that have expired or expire soon", async () => {
    const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const one = (name: string, ahead: number) => ({
      name,
      reason: "r",
      owner: "o@example.com",
      expires: day(ahead),
      match: { name },
    });
    const exemptions = [one("far", 14), one("soon", 13), one("today", 0), one("over", -1)];
    const policy = write(
      "exempting.json",
      JSON.stringify({ version: 1, keys: { accept: "any" }, respond: { default: [] }, exemptions }),
    );
    const { out, code } = await keywardHere(["policy", "check", policy]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /! The exemption over expired on .*\n.*! The exemption today expires today.*\n.*soon expires in 13 days/s,
    );
    expect(out).not.toContain("far");
    const { expiring } = JSON.parse((await keywardHere(["policy", "check", "--json", policy])).out);
    expect(expiring.map(({ name, days }: { name: string; days: number }) => [name, days])).toEqual([
      ["over", -1],
      ["today", 0],
      ["soon", 13],
    ]);
  });

  it("explains each look-up: the answer, its source and its age", async () => {
    const endpoint = "events/CreateEndpoint/fail-no-key.json";
    const job = "events/CreateTrainingJob/pass-checkpoints-in-keyed-bucket.json";
    const { out, code } = await keywardHere(["explain", endpoint, job, job]);
    expect(code).toBe(0);
    expect(out).toContain("settings from DescribeEndpointConfig churn-without-key");
    expect(out).toContain("? DescribeEndpointConfig of churn-without-key: described (the embedded AWS)");
    expect(out).toMatch(/\? GetBucketEncryption of ml-data-111122223333: aws:kms,[^(]*\(the embedded\s+AWS\)/);
    expect(out).toMatch(/\? GetBucketEncryption of ml-data-111122223333: aws:kms,[^(]*\(from\s+memory/);
    const { lookUps } = JSON.parse((await keywardHere(["explain", "--json", endpoint])).out);
    expect(lookUps).toMatchObject([
      { question: { ask: "describe" }, answer: { is: "described" }, by: "the embedded AWS" },
    ]);
  });

  it("has colours only on request if it is not a terminal", () => {
    const args = ["catalogue", "--operation", "CreateModelCard"];
    const bold = "\u001b[1m";
    expect(keyward(args, { env: { NO_COLOR: "" } }).out).not.toContain(bold);
    expect(keyward(args, { env: { NO_COLOR: "", FORCE_COLOR: "1" } }).out).toContain(bold);
    expect(keyward(args, { env: { NO_COLOR: "1", FORCE_COLOR: "1" } }).out).not.toContain(bold);
  });

  it("has no control characters of an event on a terminal", async () => {
    const evil = { ...record, requestParameters: { notebookInstanceName: "x\u001b[31mred\u0007\u202e" } };
    const { out } = await keywardHere(["replay", "--target", "dry-run", write("x.json", JSON.stringify(evil))]);
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });
});
