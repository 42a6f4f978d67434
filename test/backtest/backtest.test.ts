import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../lib/cli/commands/backtest.ts";
import { inWords } from "../../lib/cli/commands/backtest-progress.ts";
import type { Decision } from "../../lib/core/model/types.ts";
import type { Comparison } from "../../lib/core/report/compare.ts";
import type { Report } from "../../lib/core/report/report.ts";
import { CLI, keyward } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-backtest-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const record = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8")).detail;
const good = write("good.json.gz", gzipSync(JSON.stringify({ Records: [record] })));
const lookup = JSON.stringify({ Events: [{ EventId: "e", CloudTrailEvent: JSON.stringify(record) }] });

describe("backtest", () => {
  it("gives the same verdicts as a dry run", () => {
    const { out } = keyward(["backtest", "events", "--json"]);
    const report: Report = JSON.parse(out);
    const decisions = keyward(["replay", "events", "--target", "dry-run", "--json"]).out.trim().split("\n");
    const calls = decisions
      .map((line): Decision => JSON.parse(line))
      .filter(({ eventName }) => !eventName?.startsWith("SageMaker "));
    for (const verdict of ["compliant", "non-compliant", "undetermined"] as const) {
      const ids = calls.filter((decision) => decision.verdict === verdict).map(({ eventID }) => eventID);
      expect(report.verdicts[verdict]).toBe(new Set(ids).size);
      expect(report.verdicts[verdict]).toBeGreaterThan(0);
    }
    expect(report.unknownOperations.map(({ operation }) => operation).sort()).toEqual([
      "CreateModelPackageGroup",
      "CreateQuantumJob",
      "StartTerrainJob",
    ]);
  });

  it("names a damaged file, ignores all of it, and counts the other files", () => {
    const bad = write("bad.json.gz", gzipSync(JSON.stringify({ Records: [record] })).subarray(0, -9));
    const { code, out, err } = keyward(["backtest", good, bad, "--json"]);
    expect(code).toBe(2);
    expect(err).toBe(`keyward: ${bad}: a damaged or truncated gzip; the whole file is left out\n`);
    expect(JSON.parse(out)).toMatchObject({
      read: { files: 2, damaged: [bad], records: 1 },
      verdicts: { "non-compliant": 1 },
    });
  });

  it("reads lookup-events output from standard input", () => {
    const { code, out } = keyward(["backtest", "-", "--json"], { input: lookup });
    const report: Report = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.verdicts["non-compliant"]).toBe(1);
    expect(report.findings[0]).toMatchObject({
      name: "ben-notebook",
      actions: ["tag planned", "stop planned", "notify planned"],
    });
  });

  it("prints a table without control characters, even for a hostile record", () => {
    const hostile = { ...record, userIdentity: { arn: "arn:\u001b[31m\u0007evil\u202e" }, eventID: "e-2" };
    const { code, out } = keyward(["backtest", write("hostile.json", JSON.stringify(hostile))]);
    expect(code).toBe(0);
    expect(out).toContain("1 non-compliant");
    expect(out).toMatch(/missing {7}notebook-instance KmsKeyId \(volume\)/);
    expect(out).toContain("evil");
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it("prints the differences under another policy", () => {
    const any = write(
      "any.yaml",
      readFileSync("policy.yaml", "utf8").replace("accept: customer-managed", "accept: any"),
    );
    const { code, out } = keyward(["backtest", "events", "--compare", any, "--json"]);
    const comparison: Comparison = JSON.parse(out);
    expect(code).toBe(0);
    expect(comparison.differences.length).toBeGreaterThan(10);
    expect(comparison.verdicts).toContainEqual({
      from: "non-compliant",
      to: "non-compliant",
      count: expect.any(Number),
    });
    expect(comparison.differences.some(({ from, to }) => from === "undetermined" && to === "compliant")).toBe(true);
    const text = keyward(["backtest", "events", "--compare", any]).out;
    expect(text).toContain(`${comparison.calls} calls judged by both, ${comparison.differing} of them differently`);
    expect(text).toContain("undetermined → accepted");
  });

  it("fails with --fail-on non-compliant if a call is non-compliant", () => {
    expect(keyward(["backtest", good, "--fail-on", "non-compliant"]).code).toBe(1);
  });

  it("reports the calls that were judged before an interrupt", async () => {
    const interrupted = async (afterMs: number) => {
      const options = [...CLI, "backtest", good, "-", "--threads", "1"];
      const child = spawn(process.execPath, options, { env: { ...process.env, NO_COLOR: "1" } });
      const texts = { out: "", err: "" };
      child.stdout.on("data", (chunk: Buffer) => (texts.out += chunk));
      child.stderr.on("data", (chunk: Buffer) => (texts.err += chunk));
      await setTimeout(afterMs);
      child.kill("SIGINT");
      const [code] = await once(child, "close");
      return { code, ...texts };
    };
    // By then it waits for standard input, which does not end. If it had not started yet, a later interrupt follows.
    let ran = await interrupted(2000);
    for (let ms = 4000; ran.code === null && ms < 10_000; ms *= 2) ran = await interrupted(ms);
    expect(ran.err).toBe("keyward: interrupted: the report covers the calls that were judged before\n");
    expect(ran.out).toContain("1 non-compliant");
    expect(ran.code).toBe(130);
  });
});

describe("a backtest with wrong arguments or unreadable input", () => {
  const base = ["backtest", "--athena", "--bucket", "trail-logs", "--accounts", "111122223333"];
  const athena = [...base, "--regions", "us-east-1"];

  it.each([
    [["backtest"], /needs a PATH/],
    [["backtest", "events", "--threads", "0"], /not a number from 1/],
    [["backtest", "events", "--fail-on", "everything"], /not known/],
    [["backtest", "events", "--athena"], /read no PATH/],
    [["backtest", "--athena"], /needs --bucket/],
    [["backtest", "--athena", "--bucket", "trail-logs"], /needs --accounts/],
    [base, /needs --regions/],
    [[...athena, "--lake", "x"], /not both/],
    [[...athena.slice(0, 2), "--bucket", "b'; DROP TABLE x --", ...athena.slice(4)], /--bucket/],
    [[...athena, "--prefix", "a'b"], /--prefix/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a caller would give it, to be projected
    [[...athena, "--prefix", "${day}"], /--prefix/],
    [[...athena, "--prefix", "a\nb"], /--prefix/],
    [[...athena, "--organization", "o-x'"], /--organization/],
    [[...athena, "--accounts", "111122223333,'"], /--accounts/],
    [[...athena, "--regions", "us-east-1')"], /--regions/],
    [[...athena, "--output", "s3://other/'"], /--output/],
    [[...athena, "--output", "https://other/x"], /--output/],
    [[...athena, "--from", "2026-02-30"], /--from/],
    [[...athena, "--from", "2026-11-02' OR '1'='1"], /--from/],
    [[...athena, "--from", "2026-11-02", "--to", "2026-11-01"], /after/],
    [["backtest", "--lake", "x; SELECT 1"], /--lake/],
  ])("says why it refuses %j", async (args, said) => {
    await expect(run(args.slice(1))).rejects.toThrow(said);
  });

  it.each([
    ["nowhere", /nowhere: no such file or folder/],
    ["package.json", /no CloudTrail records/],
  ])("says why it cannot read %s", (path, said) => {
    const { code, err } = keyward(["backtest", path]);
    expect(err).toMatch(said);
    expect(code).toBe(2);
  });
});

it("backtest --athena and --lake print the requested SQL", () => {
  const athena = ["backtest", "--athena", "--bucket", "trail-logs", "--prefix", "a/b/", "--accounts", "111122223333"];
  const { code, out } = keyward([...athena, "--regions", "us-east-1"]);
  expect(code).toBe(0);
  expect(out).toContain("LOCATION 's3://trail-logs/a/b/AWSLogs/'");
  expect(out).toContain("TO 's3://trail-logs/keyward-backtest/'");
  const id = "0a1b2c3d-1111-2222-3333-444455556666";
  const lake = JSON.parse(keyward(["backtest", "--lake", id, "--to", "2026-11-02", "--json"]).out);
  expect(lake.statements).toEqual([expect.stringContaining(`FROM ${id}`)]);
  expect(lake.statements[0]).toContain("eventTime <= '2026-11-02 23:59:59'");
});

it.each([
  [
    { files: 10, bytes: 2e8, records: 500 },
    2,
    6e8,
    "10 files, 100 MB/s, 500 SageMaker records (250 a second), 0:04 left",
  ],
  [{ files: 10, bytes: 1e6, records: 0 }, 1, 4e9, "10 files, 1 MB/s, 0 SageMaker records (0 a second), 1:06:39 left"],
  [{ files: 1, bytes: 1e6, records: 1 }, 1, undefined, "1 files, 1 MB/s, 1 SageMaker records (1 a second)"],
])("the progress line for %j is right", (done, seconds, all, words) => expect(inWords(done, seconds, all)).toBe(words));
