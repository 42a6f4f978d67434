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
    [{ ...base, keys: { acept: "any" } }, ["keys", "accept"], /Invalid/],
    [{ ...base, keys: { accept: "some" } }, ["keys", "accept"], /Invalid/],
    [{ ...base, keys: { accept: "any", allow: ["not a key"] } }, ["keys", "allow", 0], /must be a key ARN/],
    [{ ...base, require: { volumes: true } }, ["require", "volumes"], 'unknown key "volumes"'],
    [{ ...base, respond: { default: ["delete"] } }, ["respond", "default", 0], /Invalid/],
    [{ ...base, respond: { default: [], notebook: [] } }, ["respond", "notebook"], 'unknown key "notebook"'],
    [{ ...base, undetermined: ["stop"] }, ["undetermined", 0], /Invalid/],
    [{ ...base, version: 2 }, ["version"], /Invalid/],
    [{ ...base, exemptions: [{ ...exemption, reason: undefined }] }, ["exemptions", 0, "reason"], /Invalid/],
    [{ ...base, exemptions: [{ ...exemption, owner: "" }] }, ["exemptions", 0, "owner"], /Too small/],
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
      /Invalid/,
    ],
    [
      { ...base, exemptions: [{ ...exemption, match: { nme: "x" } }] },
      ["exemptions", 0, "match", "nme"],
      /unknown key/,
    ],
    [
      { ...base, exemptions: [{ ...exemption, match: { tag: { key: "k" } } }] },
      ["exemptions", 0, "match", "tag", "set-by"],
      /Invalid/,
    ],
    [{ ...base, keys: { accept: "any", "other-accounts": "maybe" } }, ["keys", "other-accounts"], /Invalid/],
    [{ ...base, keys: { accept: "any", allow: ["11112222333"] } }, ["keys", "allow", 0], /12-digit/],
    [{ ...base, keys: { accept: "any", accounts: ["1111222233334"] } }, ["keys", "accounts", 0], /12-digit/],
    [
      { ...base, exemptions: [{ ...exemption, match: { account: "11112222333" } }] },
      ["exemptions", 0, "match", "account"],
      /12-digit/,
    ],
    [{ ...base, buckets: { inputs: true } }, ["buckets", "inputs"], /unknown key/],
    [{ ...base, "look-ups": { "remember-minutes": -1 } }, ["look-ups", "remember-minutes"], /Too small/],
    ["text", [], /Invalid/],
    [null, [], /Invalid/],
  ])("%j is refused with its path", (document, path, message) => {
    const parsed = parsePolicy(document);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues).toContainEqual({ path, message: expect.stringMatching(message) });
  });
});
