import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kinds } from "../../lib/catalogue/kinds.ts";
import { operations } from "../../lib/catalogue/operations.ts";
import { protectedByKey, requiredByDefault } from "../../lib/catalogue/protects.ts";
import { parsePolicy } from "../../lib/policy/schema.ts";

const shipped = parse(readFileSync(new URL("../../policy.yaml", import.meta.url), "utf8"));
const base = {
  version: 1,
  contact: "Ask the security team.",
  keys: { accept: "any" },
  respond: { default: ["notify"] },
};

describe("the shipped policy", () => {
  const parsed = parsePolicy(shipped);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { policy } = parsed;

  it("requires customer managed keys for everything except traffic between nodes", () => {
    expect(policy.keys).toEqual({
      accept: "customer-managed",
      allow: [],
      deny: [],
      accounts: [],
      "other-accounts": "report",
      "require-rotation": false,
    });
    expect(policy.require).toEqual(Object.fromEntries(protectedByKey.map((one) => [one, requiredByDefault(one)])));
    expect(Object.entries(policy.require).filter(([, on]) => !on)).toEqual([["in-transit", false]]);
  });

  it("stops notebooks and jobs, and nothing else", () => {
    const stops = Object.entries(policy.respond).filter(([, actions]) => actions?.includes("stop"));
    expect(stops.map(([kind]) => kind).sort()).toEqual(
      kinds.flatMap((row) =>
        "stop" in row && /(-job|^notebook-instance|^pipeline-execution)$/.test(row.kind) ? [row.kind] : [],
      ),
    );
    expect(policy.respond.default).toEqual(["tag", "notify"]);
  });
});

it("the default policy requires a key for exactly the things that settings protect", () => {
  const protectedThings = new Set<string>(operations.flatMap(({ settings }) => settings.map((one) => one.protects)));
  expect([...protectedByKey].sort()).toEqual([...protectedThings].sort());
});

const exemption = { reason: "r", owner: "o", expires: "2027-03-31", match: { name: "x" } };

describe("a faulty policy", () => {
  it.each([
    [{ ...base, mod: "observe" }, ["mod"], 'unknown key "mod"'],
    [{ ...base, keys: { acept: "any" } }, ["keys", "accept"], /^is missing; known here: any, /],
    [{ ...base, keys: { accept: "some" } }, ["keys", "accept"], /^unknown value "some"; known here: any, /],
    [{ ...base, keys: { accept: "any", allow: ["not a key"] } }, ["keys", "allow", 0], /must be a key ARN/],
    [{ ...base, require: { volumes: true } }, ["require", "volumes"], 'unknown key "volumes"'],
    [
      { ...base, respond: { default: ["delete"] } },
      ["respond", "default", 0],
      'unknown action "delete"; known here: tag, notify, stop',
    ],
    [
      { ...base, respond: { default: [], notebook: [] } },
      ["respond", "notebook"],
      'unknown kind "notebook"; known here: ',
    ],
    [{ ...base, undetermined: ["stop"] }, ["undetermined", 0], /^unknown action "stop"; known here: tag, notify$/],
    [{ ...base, version: 2 }, ["version"], "must be 1; it is 2"],
    [{ ...base, exemptions: [{ ...exemption, reason: undefined }] }, ["exemptions", 0, "reason"], "is missing"],
    [{ ...base, exemptions: [{ ...exemption, owner: "" }] }, ["exemptions", 0, "owner"], "must not be empty"],
    [
      { ...base, exemptions: [{ ...exemption, expires: "next March" }] },
      ["exemptions", 0, "expires"],
      /must be a date/,
    ],
    [
      { ...base, exemptions: [{ ...exemption, expires: "2027-02-30" }] },
      ["exemptions", 0, "expires"],
      /must be a date/,
    ],
    [{ ...base, exemptions: [{ ...exemption, match: {} }] }, ["exemptions", 0, "match"], /at least one/],
    [
      { ...base, exemptions: [{ ...exemption, match: { kind: "job" } }] },
      ["exemptions", 0, "match", "kind"],
      /^unknown kind "job"; known here: /,
    ],
    [
      { ...base, exemptions: [{ ...exemption, match: { nme: "x" } }] },
      ["exemptions", 0, "match", "nme"],
      /unknown key/,
    ],
    [
      { ...base, exemptions: [{ ...exemption, match: { tag: { key: "k" } } }] },
      ["exemptions", 0, "match", "tag", "set-by"],
      "is missing",
    ],
    [
      { ...base, keys: { accept: "any", "other-accounts": "maybe" } },
      ["keys", "other-accounts"],
      /^unknown value "maybe"/,
    ],
    [{ ...base, keys: { accept: "any", allow: ["11112222333"] } }, ["keys", "allow", 0], /12-digit/],
    [{ ...base, keys: { accept: "any", accounts: ["1111222233334"] } }, ["keys", "accounts", 0], /12-digit/],
    [
      { ...base, exemptions: [{ ...exemption, match: { account: "11112222333" } }] },
      ["exemptions", 0, "match", "account"],
      /12-digit/,
    ],
    [{ ...base, buckets: { inputs: true } }, ["buckets", "inputs"], /unknown key/],
    [
      { ...base, "look-ups": { "remember-minutes": -1 } },
      ["look-ups", "remember-minutes"],
      "must be 0 or more; it is -1",
    ],
    [
      { ...base, exemptions: [{ ...exemption, match: { file: [] } }] },
      ["exemptions", 0, "match", "file"],
      /empty list/,
    ],
    [{ ...base, notify: [{ match: { address: "a" }, send: "now" }] }, ["notify", 0, "match", "address"], /unknown key/],
    ["text", [], /^must be a mapping .*; it is "text"$/],
    [null, [], /^must be a mapping .*; it is empty$/],
    [
      { ...base, respond: { default: [], trainingjob: [] } },
      ["respond", "trainingjob"],
      /did you mean "training-job"\?$/,
    ],
    [
      { ...base, exemptions: [{ ...exemption, match: { kind: ["app", "traning-job"] } }] },
      ["exemptions", 0, "match", "kind", 1],
      'unknown kind "traning-job"; did you mean "training-job"?',
    ],
    [{ ...base, exemptions: [{ ...exemption, match: { name: 3 } }] }, ["exemptions", 0, "match", "name"], /in quotes$/],
    [
      { ...base, exemptions: [{ ...exemption, match: { name: [] } }] },
      ["exemptions", 0, "match", "name"],
      /empty list/,
    ],
    [{ ...base, contact: "x".repeat(501) }, ["contact"], "must have at most 500 characters; it has 501"],
    [{ ...base, limits: { "stops-per-hour": 1e300 } }, ["limits", "stops-per-hour"], /^must be 10000 or less; /],
    [
      { ...base, limits: { "remind-after-days": 1.5 } },
      ["limits", "remind-after-days"],
      "must be a whole number; it is 1.5",
    ],
    [
      { ...base, limits: { "lists-per-second": Infinity } },
      ["limits", "lists-per-second"],
      "must be a number; it is not finite",
    ],
    [{ ...base, buckets: { input: "yes" } }, ["buckets", "input"], 'must be true or false; it is "yes"'],
    [{ ...base, regions: "us-east-1" }, ["regions"], /^must be a list, .*; it is "us-east-1"$/],
  ])("%j is refused with its path", (document, path, message) => {
    const parsed = parsePolicy(document);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues).toContainEqual({ path, message: expect.stringMatching(message) });
  });
});

describe("the names of exemptions", () => {
  it.each([
    [["a", "b", "a"], ["exemptions", 2, "name"], '"a" is the name of exemptions[0] too; '],
    [["exemption 2", undefined], ["exemptions", 1], '"exemption 2" is the name of exemptions[0] too; '],
  ])("%j are refused, because uses are counted by name", (names, path, message) => {
    const exemptions = names.map((name) => ({ ...exemption, ...(name === undefined ? {} : { name }) }));
    const parsed = parsePolicy({ ...base, exemptions });
    expect(parsed).toEqual({ ok: false, issues: [{ path, message: expect.stringContaining(message) }] });
  });

  it("are not needed", () => {
    expect(parsePolicy({ ...base, exemptions: [exemption, exemption] }).ok).toBe(true);
  });
});
