import { describe, expect, it } from "vitest";
import { operations } from "../../lib/catalogue/operations.ts";
import { reaches } from "../../lib/catalogue/prevention/reaches.ts";
import type { Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import { member } from "../../lib/core/model/member.ts";
import { collect } from "../../lib/core/model/path.ts";
import { contextOf } from "../../lib/prevent/context.ts";
import { coverageOf } from "../../lib/prevent/coverage.ts";
import { evaluate } from "../../lib/prevent/evaluate.ts";
import { statementsOf } from "../../lib/prevent/statements.ts";
import { callOf } from "../support/build.ts";
import { requestsOf } from "../support/encrypted-requests.ts";
import { KEY, OTHER, policyWith, TODAY } from "./policies.ts";

const reached = new Set(reaches.flatMap((reach) => reach.operations));
const rows = operations.filter(({ operation }) => reached.has(operation));

/** The request with another value at a path, or without it. */
function withValue(request: JsonObject, path: string, value: string | undefined): JsonObject {
  const changed = structuredClone(request);
  const cut = path.lastIndexOf(".");
  const parents = cut < 0 ? [changed] : collect(changed, path.slice(0, cut)).map((found) => found.value);
  const name = path.slice(cut + 1);
  for (const parent of parents as Record<string, Json>[]) {
    delete parent[name];
    if (value !== undefined && member(parent, name) === undefined) parent[name] = value;
  }
  return changed;
}

const listed = policyWith({ keys: { accept: "listed", allow: [KEY] } });
const { statements } = statementsOf(listed, TODAY);
const effectOf = (operation: string, request: JsonObject) =>
  evaluate(statements, {
    action: `sagemaker:${operation}`,
    resource: undefined,
    context: contextOf(callOf(operation, request)),
  }).is;
const coverage = new Map(coverageOf(listed, TODAY).map((row) => [`${row.operation} ${row.path}`, row]));

describe.each(rows.map((row) => [row.operation, row] as const))("%s", (operation, row: Operation) => {
  const given = requestsOf(row.operation as Parameters<typeof requestsOf>[0]).flatMap((request) =>
    row.settings
      .filter(({ path, protects }) => protects !== "in-transit" && collect(request, path).length > 0)
      .map((setting): [string, Setting, JsonObject] => [setting.path, setting, request]),
  );

  it("is not denied with every key", () => {
    for (const request of requestsOf(row.operation as Parameters<typeof requestsOf>[0])) {
      expect(["allowed", "not-known"]).toContain(effectOf(operation, request));
    }
  });

  it.each(given)("without %s, or with another key, is denied if the coverage says so", (path, setting, request) => {
    const denies = coverage.get(`${operation} ${path}`)?.denies ?? [];
    const only = (effect: string) => (path.includes("[]") && effect === "not-known" ? "denied" : effect);
    // The deprecated member of a domain stands beside the other one.
    if (setting.when?.some((condition) => condition.path === path)) return;
    expect(only(effectOf(operation, withValue(request, path, undefined))) === "denied").toBe(
      denies.includes("missing"),
    );
    expect(only(effectOf(operation, withValue(request, path, OTHER))) === "denied").toBe(denies.includes("wrong"));
  });
});
