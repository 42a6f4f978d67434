import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { policyJsonSchema } from "../../lib/policy/json-schema.ts";
import { bundle } from "../../scripts/bundle.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-build-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `npm run build` with another policy, in a folder of its own. */
function build(policy: string) {
  writeFileSync(join(dir, "mine.yaml"), policy);
  return spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), resolve("scripts/build.ts")], {
    cwd: dir,
    env: { ...process.env, POLICY: "mine.yaml" },
    encoding: "utf8",
  });
}

describe("a bad policy", () => {
  it.each([
    [
      "a misspelt key",
      "version: 1\nkeys:\n  accept: any\nmodus: observe\nrespond:\n  default: []\n",
      /unknown key "modus"/,
      "4:0",
    ],
    ["a wrong value", "version: 1\nkeys:\n  accept: some\nrespond:\n  default: []\n", /keys\.accept/, "3:2"],
    ["no YAML", "version: 1\nkeys: {accept: any\n", /a bracket is not closed/, ""],
  ])("fails the build with the file and the line: %s", (_, policy, reason, at) => {
    const { status, stderr } = build(policy);
    expect(status).toBe(1);
    expect(stderr).toMatch(reason);
    expect(stderr).toContain(`mine.yaml:${at}`);
    expect(existsSync(join(dir, "dist/enforce/index.mjs"))).toBe(false);
  });

  it("fails the build if its file does not exist", async () => {
    await expect(bundle({ handler: "enforce", outdir: join(dir, "out"), policy: "nowhere.yaml" })).rejects.toThrow(
      "nowhere.yaml: there is no such policy file",
    );
  });
});

describe("the bundle", () => {
  it("holds the given policy with its defaults, and applies it", async () => {
    const { status, stdout } = build("version: 1\nmode: observe\nkeys: {accept: any}\nrespond: {default: [tag]}\n");
    expect(status).toBe(0);
    expect(stdout).toMatch(/kB {2}in all/);
    const source = readFileSync(join(dir, "dist/enforce/index.mjs"), "utf8");
    expect(source).not.toMatch(/ZodMini|parseDocument/);
    const script = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(dir, "dist/enforce/index.mjs")))});
      console.log(JSON.stringify(await handler(${JSON.stringify({ Records: [{ messageId: "1", body: EVENT }] })})));`;
    const aws = await startEmbeddedAws();
    onTestFinished(() => aws.close());
    aws.buckets.set("ledger", { objects: new Map() });
    const run = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      cwd: dir,
      env: {
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
        PATH: process.env.PATH ?? "",
        TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:alerts",
        OPERATORS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:operators",
        LEDGER_BUCKET: "ledger",
        KEYWARD_STACK: "keyward-test",
        QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/events",
        DEAD_LETTERS_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/dead-letters",
      },
    });
    const [decision, answer] = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(decision).toMatchObject({ verdict: "non-compliant", actions: [{ do: "tag", outcome: "skipped" }] });
    expect(answer).toEqual({ batchItemFailures: [] });
    // What is in force is read, and the ledger says what was observed. Nothing else is called.
    expect(aws.calls.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      "s3 GetObject",
      "s3 PutObject",
    ]);
  });
});

const EVENT = readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8");

describe("the policy's JSON Schema", () => {
  it("is current; if not, run `npm run generate`", () => {
    expect(readFileSync("policy.schema.json", "utf8")).toBe(policyJsonSchema());
  });

  it("refuses unknown members, as the build does", () => {
    const { additionalProperties, properties } = JSON.parse(policyJsonSchema());
    expect(additionalProperties).toBe(false);
    expect(properties.respond.additionalProperties).toBe(false);
    expect(properties.keys.description).toBeTruthy();
  });
});
