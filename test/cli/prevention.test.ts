import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { keyMemberCount } from "../../lib/catalogue/operations.ts";
import { keyward } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-prevention-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | object): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};
const policy = (name: string, members: object): string =>
  write(
    name,
    stringify({ version: 1, keys: { accept: "any" }, respond: { default: ["tag"] }, contact: "security", ...members }),
  );

const keys = (many: number): string[] =>
  Array.from({ length: many }, (_, i) => `arn:aws:kms:eu-central-1:111122223333:key/${String(i).padStart(36, "a")}`);
const listed = (name: string, many: number) => policy(name, { keys: { accept: "listed", allow: keys(many) } });
const exempt = (match: object, expires: string) => ({
  name: "legacy",
  reason: "moves",
  owner: "ml@example.com",
  expires,
  match,
});

const { detail } = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8"));
const call = (eventID: string, members: object, more: object = {}) => ({
  ...detail,
  eventID,
  requestParameters: { ...detail.requestParameters, ...members },
  ...more,
});

describe("keyward scp, iam and rcp", () => {
  it.each(["scp", "iam", "rcp"])(
    "%s prints one JSON document for the shipped policy, and nothing else",
    async (command) => {
      const { code, out, err } = await keywardHere([command, ...(command === "rcp" ? ["--buckets", "ml-data-*"] : [])]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const document = JSON.parse(out);
      expect(document.Version).toBe("2012-10-17");
      for (const { Effect } of document.Statement) expect(Effect).toBe("Deny");
    },
  );

  it("warns that an RCP without buckets binds every bucket", async () => {
    const { code, out, err } = await keywardHere(["rcp"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).Statement[0].Resource).toBe("arn:*:s3:::*/*");
    expect(err).toMatch(/^keyward: the S3 rules bind every write to every bucket/);
  });

  it("prints nothing if the policy needs several documents, and says how to get each", async () => {
    const file = listed("long.yaml", 60);
    const { code, out, err } = await keywardHere(["scp", "--policy", file]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    const many = Number(/^keyward: the policy needs (\d+) documents: print each with --part 1 to/.exec(err)?.[1]);
    expect(many).toBeGreaterThan(1);
    const parts: string[] = [];
    for (let part = 1; part <= many; part++) {
      parts.push((await keywardHere(["scp", "--policy", file, "--part", String(part)])).out);
    }
    for (const part of parts) expect(part.trim().length).toBeLessThanOrEqual(10_240);
    const out2 = join(folder, "made", "here");
    const written = await keywardHere(["scp", "--policy", file, "--out", out2]);
    expect(written).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(out2)).toEqual(parts.map((_, i) => `scp-${i + 1}.json`));
    expect(parts.map((_, i) => readFileSync(join(out2, `scp-${i + 1}.json`), "utf8"))).toEqual(parts);
  });

  it("says when an exemption in the documents ends, and which one cannot be in them", async () => {
    const byRole = policy("role.yaml", {
      exemptions: [exempt({ principal: "arn:aws:iam::111122223333:role/a" }, "2099-03-31")],
    });
    expect((await keywardHere(["scp", "--policy", byRole])).err).toMatch(
      /^keyward: .* attach them again after 2099-03-31/,
    );
    const byName = policy("name.yaml", { exemptions: [exempt({ name: "x", kind: "domain" }, "2099-03-31")] });
    expect((await keywardHere(["iam", "--policy", byName])).err).toMatch(
      /exemption "legacy" covers calls .* CreateDomain\n/,
    );
    const old = policy("old.yaml", { exemptions: [exempt({ name: "x" }, "2020-03-31")] });
    expect((await keywardHere(["scp", "--policy", old])).err).toBe("");
  });

  const absent = join(folder, "absent.yaml");
  it.each<[string[], RegExp]>([
    [["scp", "--policy", absent], /absent\.yaml: no such file/],
    [["scp", "--policy", policy("bad.yaml", { mode: "sometimes" })], /bad\.yaml:\d+:\d+ mode: /],
    [["scp", "--part", "2"], /--part 2 does not exist; the policy needs 1 document$/],
    [["iam", "--part", "x"], /--part x does not exist/],
    [["scp", "--part", "1", "--out", folder], /give --part or --out, not both/],
    [["scp", "--coverage", "--backtest", "events"], /give --coverage or --backtest, not both/],
    [["scp", "--out", join(write("file", ""), "x")], /cannot be written \(ENOTDIR\); name another folder/],
    [["scp", "events"], /Unexpected argument 'events'/],
    [["rcp", "--buckets", "UPPER"], /--buckets "UPPER" is not the name of a bucket/],
    [["rcp", "--policy", policy("any.yaml", {})], /the policy rejects no key that a request can name/],
    [
      ["scp", "--policy", listed("huge.yaml", 200)],
      /the policy cannot be expressed: the statement VolumeKeyWrong needs [\d,]+ characters/,
    ],
    [["iam", "--policy", listed("large.yaml", 100)], /a document holds 6,144/],
    [["rcp", "--policy", listed("rcp.yaml", 100)], /a document holds 5,120/],
    [
      ["scp", "--policy", policy("none.yaml", { exemptions: [exempt({ principal: "*" }, "2099-03-31")] })],
      /there is nothing to deny/,
    ],
  ])("%j ends with one line and exit code 2", (args, message) => {
    const { code, out, err } = keyward(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.trim().split("\n").at(-1)).toMatch(message);
  });
});

describe("--coverage", () => {
  it("is a table for people, and a row for each key member as JSON", async () => {
    const rows = JSON.parse((await keywardHere(["scp", "--coverage", "--json"])).out);
    expect(rows).toHaveLength(keyMemberCount());
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(["operation", "path", "prevented", "because"]);
      expect(["yes", "partly", "no"]).toContain(row.prevented);
    }
    const { out, code } = await keywardHere(["iam", "--coverage"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ key members: \d+ prevented, \d+ partly, \d+ only detected\.$/m);
  });
});

describe("--backtest", () => {
  const trail = write("trail.json", {
    Records: [
      call("wrong-1", {}),
      call("wrong-1", {}),
      call("right-1", { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }),
      call("alias-1", { kmsKeyId: "alias/ml-data" }),
      call("failed-1", {}, { errorCode: "AccessDenied" }),
      call("card-1", { modelCardName: "c", content: "{}", modelCardStatus: "Draft" }, { eventName: "CreateModelCard" }),
    ],
  });

  it("names the calls that would have been denied, rightly and wrongly, and the violations that pass", async () => {
    const { code, out, err } = await keywardHere(["scp", "--backtest", trail, "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const result = JSON.parse(out);
    expect(result).toMatchObject({ files: 1, calls: 4, deniedWrongly: [] });
    expect(result.deniedRightly).toEqual([
      expect.objectContaining({
        eventID: "wrong-1",
        operation: "CreateNotebookInstance",
        principal: expect.stringMatching(/^arn:aws:iam::111122223333:/),
        verdict: "non-compliant",
        violations: ["KmsKeyId"],
        by: ["VolumeKeyMissing"],
      }),
    ]);
    expect(result.notKnown).toMatchObject([{ eventID: "alias-1", because: expect.stringContaining("alias") }]);
    expect(result.passing).toMatchObject([
      { eventID: "card-1", because: "The action has no condition key for a KMS key." },
    ]);
  });

  it("reads standard input, and what is not denied for a service-linked role passes", () => {
    const issuer = "arn:aws:iam::111122223333:role/aws-service-role/sagemaker.amazonaws.com/AWSServiceRole";
    const identity = {
      type: "AssumedRole",
      arn: "arn:aws:sts::111122223333:assumed-role/AWSServiceRole/x",
      sessionContext: { sessionIssuer: { arn: issuer } },
    };
    const input = JSON.stringify(call("linked-1", {}, { userIdentity: identity }));
    const { out } = keyward(["scp", "--backtest", "-"], { input });
    expect(out).toContain("violations  1 passing");
    expect(out).toContain("No service control policy binds service-linked roles and AWS services.");
  });

  it("denies none of the shipped events wrongly", async () => {
    const { out } = await keywardHere(["scp", "--backtest", "events"]);
    expect(out).toContain(" rightly, 0 wrongly");
  });

  it.each([
    ["absent", join(folder, "nowhere"), /nowhere: no such file/],
    ["damaged", write("cut.json", '{"Records":[{'), /cut\.json: /],
    ["without records", write("other.json", "[1,2]"), /other\.json: no CloudTrail records in it/],
  ])("a history that is %s is a fault", async (_what, path, message) => {
    const { code, err } = await keywardHere(["scp", "--backtest", path, "--json"]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
