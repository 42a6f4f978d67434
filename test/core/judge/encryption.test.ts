import { describe, expect, it } from "vitest";
import { operations } from "../../../lib/catalogue/operations.ts";
import type { Operation } from "../../../lib/catalogue/vocabulary.ts";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { collect } from "../../../lib/core/model/path.ts";
import type { Judgement, SettingVerdict } from "../../../lib/core/model/types.ts";
import { answersOf, callOf, policyOf } from "../../support/build.ts";
import { requestsOf } from "../../support/encrypted-requests.ts";
import { misfits } from "../../support/schema-check.ts";
import { keyMembers, sdkOperations } from "../../support/sdk-schemas.ts";

const sdk = sdkOperations();
/** Keys only; another test covers buckets. */
const POLICY = policyOf({ buckets: { unkeyed: false } });
const cases = operations.flatMap(({ operation }) =>
  requestsOf(operation).map((request, i) => ({ operation, request, name: `${operation} ${i}` })),
);
/** The key members of a request in the SDK; those of the row if the SDK does not know the operation. */
const keysIn = (operation: string): string[] => {
  const row: Operation | undefined = operations.find((one) => one.operation === operation);
  const { input, output } = sdk.get(operation) ?? {};
  const schema = row?.readsResponse ? output : input;
  if (schema) return keyMembers(operation, schema).flatMap(({ path, type }) => (type === "string" ? [path] : []));
  return (row?.settings ?? []).flatMap(({ path, protects }) => (protects === "in-transit" ? [] : [path]));
};

/** The request without the value at a concrete path. */
function without(request: JsonObject, path: string): JsonObject {
  const copy = JSON.parse(JSON.stringify(request));
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  const last = parts.pop() ?? "";
  const parent = parts.reduce<Record<string, unknown>>(
    (node, part) => node[part] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  delete parent[last];
  return copy;
}

/** Judges by the event and, if an update stays undetermined, by a Describe with the same settings. */
function judgeFully(operation: string, request: JsonObject): Judgement {
  const call = callOf(operation, request);
  const first = judge(call, POLICY, new Map());
  const [lookUp] = first.lookUps;
  return lookUp ? judge(call, POLICY, answersOf([lookUp, { is: "described", output: request }])) : first;
}

/** SageMaker accepts no key there, so none is missing. */
const takesNone = (operation: string, path: string): boolean => {
  const row: Operation | undefined = operations.find((one) => one.operation === operation);
  const pattern = path.replace(/\[\d+\]/g, "[]");
  return row?.settings.some((setting) => setting.path === pattern && setting.takesNone) ?? false;
};

const findings = ({ settings }: Judgement): string[] =>
  settings
    .filter(({ is }: SettingVerdict) => is !== "accepted" && is !== "not-applicable")
    .map(({ path, is }) => `${path} ${is}`);

describe("fully encrypted requests", () => {
  it.each(cases.filter(({ operation }) => sdk.has(operation)))(
    "$name fits the SDK's schema",
    ({ operation, request }) => {
      const { input, output } = sdk.get(operation) ?? {};
      const inRequest = input ? misfits(input, request) : [];
      // The response holds some keys, so a fault counts only if it is one in the request and in the response.
      expect(inRequest.filter((fault) => !output || misfits(output, request).includes(fault))).toEqual([]);
    },
  );

  it("hold every key member of the SDK, taken together", () => {
    const held = cases.flatMap(({ operation, request }) =>
      keysIn(operation)
        .filter((path) => collect(request, path).length > 0)
        .map((path) => `${operation} ${path}`),
    );
    const all = operations.flatMap(({ operation }) => keysIn(operation).map((path) => `${operation} ${path}`));
    expect([...new Set(held)].sort()).toEqual(all.sort());
  });

  it.each(cases)("$name is compliant, with no look-up left", ({ operation, request }) => {
    expect(judge(callOf(operation, request), POLICY, new Map())).toMatchObject({
      verdict: "compliant",
      lookUps: [],
    });
  });

  const removals = cases.flatMap(({ operation, request, name }) =>
    keysIn(operation).flatMap((path) =>
      collect(request, path).map((found) => ({ name, operation, request, path: found.path })),
    ),
  );

  it.each(removals)("$name without $path has exactly that finding", ({ operation, request, path }) => {
    // The domain has two names for one key. The finding has the one that is not deprecated.
    const missed = path === "HomeEfsFileSystemKmsKeyId" ? "KmsKeyId" : path;
    const rootVolume = /InstanceStorageConfigs\[0\]/.test(path);
    const judged = judgeFully(operation, without(request, path));
    if (takesNone(operation, path)) {
      expect({ verdict: judged.verdict, findings: findings(judged) }).toEqual({ verdict: "compliant", findings: [] });
      return;
    }
    expect(findings(judged)).toEqual([`${missed} missing`]);
    expect(judged.verdict).toBe("non-compliant");
    if (rootVolume) expect(judged.settings.find((one) => one.path === path)?.protects).toBe("root-volume");
  });

  it.each(removals)("$name with an empty $path has the same finding", ({ operation, request, path }) => {
    const removed = judgeFully(operation, without(request, path));
    const parent = path.split(".").slice(0, -1).join(".");
    const emptied = JSON.parse(JSON.stringify(request));
    const node = parent === "" ? emptied : collect(emptied, parent)[0]?.value;
    Object.assign(node as object, { [path.split(".").at(-1) ?? ""]: "" });
    expect(findings(judgeFully(operation, emptied))).toEqual(findings(removed));
  });
});
