import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kinds } from "../../lib/catalogue/kinds.ts";
import { operations } from "../../lib/catalogue/operations.ts";
import { PROTECTED, parsePolicy } from "../../lib/core/policy.ts";

const shipped = parse(readFileSync(new URL("../../policy.yaml", import.meta.url), "utf8"));
const base = { version: 1, keys: { accept: "any" }, respond: { default: ["notify"] } };

describe("the shipped policy", () => {
  const parsed = parsePolicy(shipped);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { policy } = parsed;

  it("wants customer managed keys for everything but traffic between nodes", () => {
    expect(policy.keys).toEqual({
      ...{ accept: "customer-managed", allow: [], deny: [] },
      ...{ "other-accounts": "report", "require-rotation": false },
    });
    expect(policy.require).toEqual(PROTECTED);
    expect(Object.entries(policy.require).filter(([, on]) => !on)).toEqual([["in-transit", false]]);
  });

  it("stops notebooks and jobs, and nothing else", () => {
    const stops = Object.entries(policy.respond).filter(([, actions]) => actions?.includes("stop"));
    expect(stops.map(([kind]) => kind).sort()).toEqual(
      kinds.flatMap(({ kind }) =>
        /(-job|^notebook-instance|^pipeline-execution)$/.test(kind) && kind !== "model-card-export-job" ? [kind] : [],
      ),
    );
    expect(policy.respond.default).toEqual(["tag", "notify"]);
  });
});

it("requires by default exactly what settings protect", () => {
  const protectedThings = new Set<string>(operations.flatMap(({ settings }) => settings.map((one) => one.protects)));
  expect(Object.keys(PROTECTED).sort()).toEqual([...protectedThings].sort());
});

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
    ["text", [], /Invalid/],
    [null, [], /Invalid/],
  ])("%j is refused with its path", (document, path, message) => {
    const parsed = parsePolicy(document);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues).toContainEqual({ path, message: expect.stringMatching(message) });
  });
});
