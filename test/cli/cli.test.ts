import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { keyward } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-cli-"));
const write = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const envelope = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8"));
const record = envelope.detail;
const sqs = { Records: [{ eventSource: "aws:sqs", body: JSON.stringify(envelope) }] };
const lookup = { Events: [{ EventName: record.eventName, CloudTrailEvent: JSON.stringify(record) }] };
const dryRun = (...paths: string[]) => keyward(["replay", "--target", "dry-run", "--json", ...paths]);
const verdicts = (out: string): string[] =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).verdict);

describe("what replay reads", () => {
  it.each([
    ["an envelope", "a.json", JSON.stringify(envelope)],
    ["a bare record", "b.json", JSON.stringify(record, null, 2)],
    ["a log", "c.json", JSON.stringify({ Records: [record] })],
    ["a gzip log under any name", "d.json", gzipSync(JSON.stringify({ Records: [record] }))],
    ["what lookup-events prints", "e.json", JSON.stringify(lookup)],
    ["an SQS event", "f.json", JSON.stringify(sqs)],
    ["an SNS event", "g.json", JSON.stringify({ Records: [{ Sns: { Message: JSON.stringify(envelope) } }] })],
    ["an array", "h.json", JSON.stringify([envelope])],
    ["with a byte order mark", "i.json", `\ufeff${JSON.stringify(envelope)}`],
  ])("%s", (_what, name, content) => {
    const { code, out, err } = dryRun(write(name, content));
    expect({ code, err, verdicts: verdicts(out) }).toEqual({ code: 0, err: "", verdicts: ["non-compliant"] });
  });

  it("JSON Lines and arrays of anything, in order", () => {
    const lines = write("l.jsonl", [envelope, record, sqs].map((one) => JSON.stringify(one)).join("\n"));
    expect(verdicts(dryRun(lines).out)).toHaveLength(3);
    const all = write("m.json", JSON.stringify([envelope, [sqs, lookup], { Records: [record, record] }]));
    expect(verdicts(dryRun(all).out)).toHaveLength(5);
  });

  it("standard input and folders", () => {
    const { out } = keyward(["replay", "--target", "dry-run", "--json", "-"], { input: JSON.stringify(envelope) });
    expect(verdicts(out)).toEqual(["non-compliant"]);
    expect(verdicts(dryRun("events/CreateNotebookInstance").out)).toHaveLength(4);
  });
});

describe("what replay cannot read", () => {
  const big = { ...record, requestParameters: { notebookInstanceName: "x".repeat(10 * 1024 * 1024) } };
  const proto = JSON.stringify(record).replace(
    '"requestParameters":{',
    '"requestParameters":{"__proto__":{"kmsKeyId":"alias/x"},',
  );
  it.each([
    ["not JSON", "n.json", '{\n  "a": }', /n\.json line 2:8: not JSON \(value expected\)/],
    ["empty", "o.json", "", /o\.json: empty/],
    ["truncated gzip", "p.gz", gzipSync(JSON.stringify(record)).subarray(0, 60), /p\.gz: a damaged or truncated gzip/],
    ["a bad line among good ones", "q.jsonl", `${JSON.stringify(record)}\n{"x"\n`, /q\.jsonl line 2: not JSON/],
    ["an event of 10 MB", "r.json", JSON.stringify(big), /r\.json: an event of over 1 MiB/],
    ["a __proto__ member", "s.json", proto, /s\.json \.requestParameters\.__proto__: a member named __proto__/],
    [
      "another service's event",
      "t.json",
      JSON.stringify({ ...record, eventSource: "s3.amazonaws.com" }),
      /t\.json: no event of SageMaker's/,
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
  ])("%s is told in one line; the others are still handled", (_what, name, content, message) => {
    const { code, out, err } = dryRun(write(name, content), "events/CreateNotebookInstance/fail-no-key.json");
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(message);
    expect(verdicts(out).at(-1)).toBe("non-compliant");
    expect(code).toBe(2);
  });

  it("a __proto__ member changes nothing of the verdict", () => {
    expect(verdicts(dryRun(write("w.json", proto)).out)).toEqual(["non-compliant"]);
  });

  it("a missing file", () => {
    expect(dryRun(join(folder, "absent.json"))).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/absent\.json: no such file/),
    });
  });
});

describe("faulty calls", () => {
  it.each([
    [[], 2],
    [["nonsense"], 2],
    [["replay", "--bogus"], 2],
    [["replay", "--target", "moon", "events/CreateModelCard"], 2],
    [["replay", "--fail-on", "rain"], 2],
    [["replay", "--target", "aws", "events/CreateModelCard"], 2],
    [["replay", "--world", "absent.json", "events/CreateModelCard"], 2],
    [["explain"], 2],
    [["policy", "burn"], 2],
    [["policy", "check", "absent.yaml"], 2],
  ])("%j end with %i", (args, code) => {
    const ran = keyward(args, { env: { TOPIC_ARN: "" } });
    expect(ran.code).toBe(code);
    if (args.length > 0) expect(ran.err).toMatch(/^keyward: [^\n]+\n$/);
  });

  it("--target aws does not act unasked", () => {
    const args = [
      "replay",
      "--target",
      "aws",
      "--topic",
      "arn:aws:sns:us-east-1:111122223333:t",
      "events/CreateModelCard",
    ];
    expect(keyward(args)).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/without a terminal give --yes/),
    });
  });

  it.each(["replay", "explain", "catalogue", "policy"])("%s --help helps", (command) => {
    expect(keyward([command, "--help"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`Usage: keyward ${command}`)),
    });
  });
});

describe("answers", () => {
  it("--fail-on non-compliant", () => {
    const file = "events/CreateNotebookInstance/fail-no-key.json";
    expect(keyward(["replay", "--target", "dry-run", "--fail-on", "non-compliant", file]).code).toBe(1);
    expect(keyward(["replay", "--target", "dry-run", file]).code).toBe(0);
  });

  it("the catalogue as data", () => {
    const { out, code } = keyward(["catalogue", "--json"]);
    const rows = JSON.parse(out);
    expect(code).toBe(0);
    expect(rows).toHaveLength(36);
    expect(rows.find((row: { operation: string }) => row.operation === "CreateTrainingJob")).toMatchObject({
      kind: "training-job",
      stop: "StopTrainingJob",
      settings: expect.arrayContaining([
        expect.objectContaining({ path: "ResourceConfig.VolumeKmsKeyId", protects: "volume" }),
      ]),
    });
    expect(keyward(["catalogue"]).out).toContain("36 operations, 77 key members.");
  });

  it("a policy's problems with their lines", () => {
    const file = write("p.yaml", "version: 1\nmode: enforce\nkeys:\n  acept: any\nrespond:\n  default: [tag, burn]\n");
    const { code, err } = keyward(["policy", "check", file]);
    expect(code).toBe(2);
    expect(err.replaceAll(file, "p.yaml").trim().split("\n")).toEqual([
      expect.stringMatching(/^keyward: p\.yaml:3:1 keys\.accept: Invalid option/),
      'keyward: p.yaml:4:3 keys.acept: unknown key "acept"; did you mean "accept"?',
      expect.stringMatching(/^keyward: p\.yaml:6:18 respond\.default\.1: Invalid option/),
    ]);
    const syntax = write("q.yaml", "version: 1\nkeys: [\n");
    expect(keyward(["replay", "--policy", syntax]).err).toMatch(/q\.yaml:3:1 /);
  });

  it("explains each setting, and what is left open", () => {
    const { code, out } = keyward(["explain", "events/CreateTrainingJob/fail-no-volume-key.json"]);
    expect(code).toBe(0);
    expect(out).toContain("ResourceConfig.VolumeKmsKeyId: missing");
    expect(out).toContain("keys.accept: customer-managed");
    expect(keyward(["explain", "events/CreateModelCard/pass-own-key.json"]).out).toContain("Left open: DescribeKey");
  });

  it("shows no control characters of an event's on a terminal", () => {
    const evil = { ...record, requestParameters: { notebookInstanceName: "x\u001b[31mred\u0007\u202e" } };
    const { out } = keyward(["replay", "--target", "dry-run", write("x.json", JSON.stringify(evil))]);
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });
});
