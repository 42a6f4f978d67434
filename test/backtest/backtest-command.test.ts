import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { keywardHere } from "../support/cli-here.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-backtest-cli-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const write = (name: string, content: string | Buffer): string => {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
};
const recordOf = (file: string) => JSON.parse(readFileSync(`events/${file}`, "utf8")).detail;
const bad = recordOf("CreateTrainingJob/fail-no-keys.json");
const nothing = recordOf("CreateNotebookInstance/fail-no-key.json");
const local = recordOf("CreateEndpointConfig/pass-local-storage.json");
const log = write("log.json.gz", gzipSync(JSON.stringify({ Records: [bad, nothing, local, bad] })));
const policyOf = (more: object) =>
  write(
    `policy-${JSON.stringify(more).length}.json`,
    JSON.stringify({
      version: 1,
      contact: "Ask the security team.",
      keys: { accept: "customer-managed" },
      respond: { default: ["tag", "notify", "stop"] },
      ...more,
    }),
  );
const strict = policyOf({});

describe("keyward backtest", () => {
  it("prints the actions that Keyward would have done, and counts each call once", async () => {
    const { code, out, err } = await keywardHere(["backtest", log, "--policy", strict]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/3 calls judged, 1 duplicates/);
    expect(out).toMatch(/verdicts +2 non-compliant, 0 undetermined, 0 exempt, 1 compliant/);
    expect(out).toMatch(/stop +planned +2/);
    expect((await keywardHere(["backtest", log, "--policy", strict, "--fail-on", "non-compliant"])).code).toBe(1);
  });

  it("applies each exemption and counts its uses", async () => {
    const dates = { reason: "r", owner: "o@example.com", expires: "2027-03-31" };
    const exemptions = [
      { name: "jobs", ...dates, match: { kind: "training-job" } },
      { name: "unused", ...dates, match: { name: "nobody" } },
    ];
    const report = JSON.parse(
      (await keywardHere(["backtest", log, "--policy", policyOf({ exemptions }), "--json"])).out,
    );
    expect(report.verdicts).toMatchObject({ "non-compliant": 1, exempt: 1, compliant: 1 });
    expect(report.exemptions).toEqual([
      { name: "jobs", ...dates, used: 1 },
      { name: "unused", ...dates, used: 0 },
    ]);
  });

  it("prints the differences under another policy", async () => {
    const lenient = policyOf({ require: { volume: false, output: false } });
    const args = ["backtest", log, "--policy", strict, "--compare", lenient];
    expect((await keywardHere(args)).out).toMatch(/non-compliant +→? *compliant|non-compliant.*compliant/);
    const comparison = JSON.parse((await keywardHere([...args, "--json"])).out);
    expect(JSON.stringify(comparison)).toContain("non-compliant");
  });

  it("writes a page, names a damaged file, and reads the other files", async () => {
    const page = join(dir, "page.html");
    const damaged = write("damaged.json.gz", gzipSync(JSON.stringify({ Records: [bad] })).subarray(0, 60));
    const { code, err } = await keywardHere(["backtest", log, damaged, "--policy", strict, "--report", page]);
    expect(code).toBe(2);
    expect(err).toContain("damaged.json.gz");
    const html = readFileSync(page, "utf8");
    expect(html).toContain("Keyward backtest");
    expect(html.replace(/<wbr>|&#8203;|\u200b/g, "")).toContain("damaged.json.gz");
  });

  it("prints the SQL for Athena and for Lake, with every judged operation in it", async () => {
    const athena = await keywardHere([
      "backtest",
      "--athena",
      "--bucket",
      "my-trail",
      "--accounts",
      "111122223333",
      "--regions",
      "us-east-1",
    ]);
    expect(athena).toMatchObject({ code: 0, err: "" });
    expect(athena.out).toMatch(/CREATE EXTERNAL TABLE[\s\S]*UNLOAD[\s\S]*regexp_like\(eventname, '[^']*Create/);
    const lake = await keywardHere(["backtest", "--lake", "0c0ffee0-0000-4000-8000-000000000000"]);
    expect(lake.out).toMatch(/^SELECT eventJson[\s\S]*regexp_like\(eventName, '[^']*Start/m);
  });
});
