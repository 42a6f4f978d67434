import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keywardHere } from "../support/cli-here.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-sweep-cli-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const EMBEDDED = ["sweep", "--target", "embedded"];

describe("keyward sweep", () => {
  it("reports the non-compliant resources, and those that no event reported", async () => {
    const { code, out, err } = await keywardHere(EMBEDDED);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("NON-COMPLIANT  endpoint endpoint-without-key  missed: Keyward acted on no event about it");
    expect(out).toContain(
      "settings from DescribeEndpoint endpoint-without-key, then DescribeEndpointConfig churn-without-key",
    );
    expect(out).toMatch(/\d+ resources judged, \d+ of them missed/);
    expect(out).not.toMatch(/^COMPLIANT/m);
    expect((await keywardHere([...EMBEDDED, "--all"])).out).toMatch(/^COMPLIANT/m);
  });

  it("prints data, writes a page, and ends with an exit code", async () => {
    const page = join(dir, "sweep.html");
    const { code, out } = await keywardHere([...EMBEDDED, "--json", "--fail-on", "non-compliant", "--report", page]);
    expect(code).toBe(1);
    const decisions = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(decisions.length).toBeGreaterThan(10);
    expect(decisions.filter(({ missed }) => missed).every(({ verdict }) => verdict === "non-compliant")).toBe(true);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("Keyward sweep");
    expect(html).toContain("endpoint-without-key");
  });

  it("continues from a checkpoint, and removes it at the end", async () => {
    const file = join(dir, "checkpoint.json");
    writeFileSync(
      file,
      JSON.stringify({ startedAt: "2026-11-02T09:00:00Z", listing: 17, filter: 0, looked: 3, missed: 1 }),
    );
    const { code, out } = await keywardHere([...EMBEDDED, "--checkpoint", file]);
    expect(code).toBe(0);
    expect(out).not.toContain("endpoint-without-key");
    expect(out).toContain("old-without-key");
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    [["sweep"], "--target is missing: give --target aws, or --target embedded to try the command"],
    [["sweep", "--target", "aws"], "no Region: give --region or set AWS_REGION"],
    [["sweep", "--target", "aws", "--account", "11112222333"], "--account 11112222333: an account has twelve digits"],
    [[...EMBEDDED, "--fail-on", "doubt"], "--fail-on doubt is not known; there is --fail-on non-compliant"],
    [
      [...EMBEDDED, "--checkpoint", "package.json"],
      "package.json: not a sweep's checkpoint; remove the file to start again",
    ],
    [
      [...EMBEDDED, "--report", "absent/x.html"],
      "absent/x.html: the report cannot be written (ENOENT); name another file",
    ],
  ])("prints what to do for %j", async (args, message) => {
    const { code, err } = await keywardHere(args, { AWS_REGION: "", AWS_DEFAULT_REGION: "" });
    expect({ code, err }).toEqual({ code: 2, err: `keyward: ${message}\n` });
  });
});
