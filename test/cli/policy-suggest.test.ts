import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { keyward } from "../support/cli.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-suggest-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const write = (name: string, content: string): string => {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
};
const record = JSON.parse(
  readFileSync("events/CreateTrainingJob/undetermined-key-of-another-account.json", "utf8"),
).detail;
const Records = Array.from({ length: 12 }, (_, i) => ({ ...record, eventID: `${record.eventID}-${i}` }));
const log = write("log.json", JSON.stringify({ Records }));
const policy = (keys: object) =>
  write(
    `policy-${JSON.stringify(keys).length}.json`,
    JSON.stringify({
      version: 1,
      keys: { accept: "customer-managed", ...keys },
      buckets: { unkeyed: false },
      respond: { default: ["tag"] },
    }),
  );
const backtest = (by: string) => keyward(["backtest", log, "--policy", by, "--json"]).out;

describe("keyward policy suggest", () => {
  const report = write("report.json", backtest(policy({})));

  it("prints lines that resolve the calls which it promises to resolve", () => {
    const { code, out, err } = keyward(["policy", "suggest", "--from", report]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("# Undetermined calls: 12.");
    expect(out).toContain('    - "444455556666" # ');
    const { keys } = parse(out);
    expect(keys.accounts).toEqual(["444455556666"]);
    expect(JSON.parse(keyward(["policy", "suggest", "--from", report, "--json"]).out)).toEqual({
      keys: { accounts: ["444455556666"], allow: [] },
    });
    const after = JSON.parse(backtest(policy({ accounts: ["444455556666", "111122223333"] })));
    expect(after.verdicts).toMatchObject({ compliant: 12, undetermined: 0 });
  });

  it("reads standard input, and says if there is nothing to suggest", () => {
    const none = backtest(policy({ allow: ["444455556666", "111122223333"] }));
    const { code, out } = keyward(["policy", "suggest", "--from", "-"], { input: none });
    expect({ code, out }).toEqual({
      code: 0,
      out: "# Nothing in the policy would resolve the 0 undetermined calls.\n",
    });
    expect(parse(out)).toBeNull();
  });

  it.each([
    ["no file", ["policy", "suggest"], "policy suggest needs --from FILE"],
    ["a file that does not exist", ["policy", "suggest", "--from", "absent.json"], "absent.json: "],
    ["no JSON", ["policy", "suggest", "--from", "README.md"], "README.md: not what"],
    ["a file without --from", ["policy", "suggest", report], "give the file with --from"],
    ["--from of check", ["policy", "check", "--from", report], "policy check takes no --from"],
    ["another word", ["policy", "sugest"], 'there are "policy check", "policy suggest"'],
  ])("ends with exit code 2 and says what to do: %s", (_what, args, said) => {
    const { code, err } = keyward(args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it("writes only accounts and aliases into a policy", () => {
    const step = { add: "keys.allow", value: "alias/x # \n  deny: []", resolves: 1, neededBy: 1 };
    const file = write("forged.json", JSON.stringify({ resolutions: { of: 1, together: 1, steps: [step] } }));
    expect(keyward(["policy", "suggest", "--from", file]).code).toBe(2);
  });
});
