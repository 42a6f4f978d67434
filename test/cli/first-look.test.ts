import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keyward } from "../support/cli.ts";
import { shippedVerdicts } from "../support/shipped-events.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-first-look-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { detail } = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8"));
const summaryOf = (out: string): string => /^ {2}events +.*(\n {2}\S.*)*/m.exec(out)?.[0] ?? "";

describe("replay without a path", () => {
  const counted = new RegExp(`^ {2}events +${shippedVerdicts().length} `);
  const { code, out, err } = keyward(["replay"]);
  const all = keyward(["replay", "--all"]).out;
  const dry = keyward(["replay", "--target", "dry-run"]).out;

  it("prints a first look of at most 120 lines, and ends without a fault", () => {
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n").length).toBeLessThanOrEqual(120);
  });

  it("shows a stop that waits, an immediate stop and a compliant resource, each in full", () => {
    const heads = out.match(/^(COMPLIANT|NON-COMPLIANT) {2}\S+ \S+/gm);
    expect(heads).toEqual([
      "NON-COMPLIANT  notebook-instance ben-notebook",
      "NON-COMPLIANT  training-job churn-no-volume-key",
      "COMPLIANT  training-job churn",
    ]);
    expect(out).toContain("> tag done, stop deferred (it is Pending), notify done");
    expect(out).toMatch(/^\+\d+ min {3}notebook-instance ben-notebook is InService now, stop done$/m);
  });

  it("shows one mail with its remedy", () => {
    expect(out.match(/^Subject: /gm)).toHaveLength(1);
    expect(out).toContain("aws sagemaker create-notebook-instance");
  });

  it("shows the same summary of all shipped events as --all, and how to see these events", () => {
    expect(summaryOf(out)).toMatch(counted);
    expect(summaryOf(out)).toBe(summaryOf(all));
    expect(out).toMatch(/^ {2}npx keyward replay --all {2}/m);
  });

  it("plans all shipped events in a dry run", () => {
    expect(dry).toContain("> tag planned, stop planned, notify planned");
    expect(summaryOf(dry)).toMatch(counted);
  });
});

describe("replay of the user's own events", () => {
  const log = (count: number): string => {
    const file = join(folder, `${count}.json`);
    const records = Array.from({ length: count }, (_, i) => {
      const requestParameters = { ...detail.requestParameters, notebookInstanceName: `mine-${i}` };
      return { ...detail, eventID: `event-${i}`, requestParameters };
    });
    writeFileSync(file, JSON.stringify({ Records: records }));
    return file;
  };
  const full = (out: string): number => out.match(/^ {6}KmsKeyId \(volume\)$/gm)?.length ?? 0;

  const ten = keyward(["replay", log(10)]);
  const eleven = keyward(["replay", log(11)]);

  it("shows up to ten events in full, with their mails and a follow-up of each", () => {
    const { out } = ten;
    expect(full(out)).toBe(10);
    expect(out).toContain("── Mail 20 of 20 ");
  });

  it("shows each of more than ten events, and each mail, in one line of the page's width, with the event's place", () => {
    const { out } = eleven;
    const lines = out.split("\n").filter((line) => line.startsWith("NON-COMPLIANT"));
    expect(full(out)).toBe(0);
    expect(lines).toHaveLength(11);
    expect(lines[10]).toMatch(
      /^NON-COMPLIANT {2}notebook-instance mine-10: tag done, stop deferred, .* {2}.*Records\[10\]$/,
    );
    expect(out.match(/^Keyward: non-compliant notebook instance mine-\d+, to be stopped/gm)).toHaveLength(11);
    expect(out.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(out).toContain("--verbose shows");
  });

  it("shows all events in full with --verbose", () => {
    expect(full(keyward(["replay", log(11), "--verbose", "--target", "dry-run"]).out)).toBe(11);
  });

  it("prints one decision for each event with --json, for any number of events", () => {
    const { out } = keyward(["replay", log(11), "--json", "--target", "dry-run"]);
    const names = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).resource.name);
    expect(names).toHaveLength(11);
  });
});
