import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { operationName } from "../lib/catalogue/services.ts";
import { dryRun } from "../lib/core/plan/dry-run.ts";
import { readPolicy } from "../lib/policy/read-policy.ts";
import { keyward } from "./support/cli.ts";
import { misfits } from "./support/schema-check.ts";
import { operationOfFolder, sdkOperations } from "./support/sdk-schemas.ts";

const sdk = sdkOperations();
const files = readdirSync("events", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json") && file !== "world.json")
  .sort();
const read = (file: string) => JSON.parse(readFileSync(join("events", file), "utf8"));
const operationOf = (file: string) => operationOfFolder(file.split("/")[0] ?? "");
const inFolder = (name: string) => files.filter((file) => file.startsWith(`${name}/`));
const loaded = readPolicy(readFileSync("policy.yaml", "utf8"));
if (!loaded.ok) throw new Error("the shipped policy is faulty");

describe("the shipped events", () => {
  const calls = files.filter((file) => sdk.has(operationOf(file)));
  it.each(calls)("%s is a call that the SDK knows", (file) => {
    const { detail } = read(file);
    const operation = operationName(detail.eventSource, detail.eventName);
    const schemas = sdk.get(operation);
    if (!schemas) throw new Error(`${operation} is not in the SDK`);
    expect(operation).toBe(operationOf(file));
    if (!detail.requestParameters.omitted) expect(misfits(schemas.input, detail.requestParameters)).toEqual([]);
    if (detail.responseElements !== null) expect(misfits(schemas.output, detail.responseElements)).toEqual([]);
  });

  it("have ids of their own, and placeholder accounts only", () => {
    const ids = files.flatMap((file) => read(file)?.detail?.eventID ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const accounts = new Set(
      files.flatMap((file) => readFileSync(join("events", file), "utf8").match(/(?<=[:"])\d{12}(?=[:".])/g) ?? []),
    );
    // 027400017018 is AWS's own, of its built-in labeling algorithms.
    expect([...accounts].sort()).toEqual(["027400017018", "111122223333", "444455556666"]);
  });

  it("are malformed or ignored if their folder says so", () => {
    const verdictOf = (file: string) => dryRun(read(file), loaded.policy, new Date(0)).decision.verdict;
    expect(new Set(inFolder("malformed").map(verdictOf))).toEqual(new Set(["malformed"]));
    expect(new Set(inFolder("ignored").map(verdictOf))).toEqual(new Set(["ignored"]));
  });
});

describe("golden decisions", () => {
  const decided = keyward(["replay", "--json"]);
  const decisions = decided.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  it("are made for each event, in order, without a fault", () => {
    expect(decided).toMatchObject({ code: 0, err: "" });
    expect(decisions).toHaveLength(files.length);
  });

  it("name the policy that decided", () => {
    const versions = decisions.map((decision) => decision.policy);
    expect(new Set(versions)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{12}$/)]));
  });

  it("belong to existing events", () => {
    const goldens = readdirSync("test/golden", { recursive: true, encoding: "utf8" });
    expect(goldens.filter((file) => file.endsWith(".json") && !files.includes(file))).toEqual([]);
  });

  it.each(files.map((file, i) => [file, i] as const))("%s", async (file, i) => {
    const { verdict } = decisions[i];
    const [, said] = /\/(pass|fail|undetermined|ignored)-/.exec(file) ?? [];
    if (said) expect(verdict).toBe({ pass: "compliant", fail: "non-compliant" }[said] ?? said);
    // Any change of the shipped policy changes its version.
    const { policy: _, ...decision } = decisions[i];
    await expect(`${JSON.stringify(decision, null, 2)}\n`).toMatchFileSnapshot(`golden/${file}`);
  });
});
