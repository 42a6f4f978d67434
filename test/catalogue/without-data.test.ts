import { describe, expect, it } from "vitest";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { isCreating, unjudgeable, withoutData } from "../../lib/catalogue/without-data/list.ts";
import { withoutDataReasons } from "../../lib/catalogue/without-data/reasons.ts";
import { membersOf, sdkOperations } from "../support/sdk-schemas.ts";

const sdk = sdkOperations();
const catalogued = new Set<string>(judgedOperations.map(({ operation }) => operation));
const listed = withoutData.flatMap(({ operations }) => operations);
const reviewed = new Set<string>([...catalogued, ...listed, ...unjudgeable.map(({ operation }) => operation)]);

describe("the reviewed list of operations without data at rest", () => {
  it("has every creating operation of the SDK that the catalogue does not have", () => {
    const unknown = [...sdk.keys()].filter((name) => isCreating(name) && !reviewed.has(name));
    const advice = (name: string) =>
      `${name} is new: give it a row (docs/adding-an-operation.md) or, if it stores no data, a reason in lib/catalogue/without-data/`;
    expect(unknown.map(advice)).toEqual([]);
  });

  it.each(["Create", "Start", "Register", "Import", "Put", "Update"])("counts every %s call as creating", (verb) => {
    const names = [...sdk.keys()].filter((name) => name.replace(/^.*:/, "").startsWith(verb));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !isCreating(name))).toEqual([]);
  });

  it("has only operations of the SDK, or says that they come from the reference", () => {
    for (const { operations, source } of withoutData) {
      expect(operations.filter((name) => sdk.has(name) === (source === "reference"))).toEqual([]);
    }
    expect(unjudgeable.filter(({ operation }) => !sdk.has(operation))).toEqual([]);
  });

  it("has only creating operations, each once, and none with a row", () => {
    expect(listed.filter((name) => !isCreating(name))).toEqual([]);
    expect(listed.filter((name, i) => listed.indexOf(name) !== i)).toEqual([]);
    const advice = (name: string) => `${name} has a row: remove it from lib/catalogue/without-data/`;
    expect(listed.filter((name) => catalogued.has(name)).map(advice)).toEqual([]);
    expect(unjudgeable.filter(({ operation }) => catalogued.has(operation) || listed.includes(operation))).toEqual([]);
  });

  it("is in alphabetical order, and uses every reason", () => {
    for (const { operations } of withoutData) expect(operations).toEqual([...operations].sort());
    const given = new Set<string>(withoutData.map(({ because }) => because));
    expect(Object.keys(withoutDataReasons).filter((reason) => !given.has(reason))).toEqual([]);
    expect(Object.keys(withoutDataReasons)).toEqual(Object.keys(withoutDataReasons).sort());
  });

  it("names only members that the requests have", () => {
    const named = [
      ...withoutData.flatMap(({ operations, unless }) => operations.map((operation) => ({ operation, name: unless }))),
      ...unjudgeable.map(({ operation, document }) => ({ operation, name: document })),
    ];
    for (const { operation, name } of named) {
      const schemas = sdk.get(operation);
      const members = schemas ? membersOf(schemas.input).map(({ path }) => path) : [];
      if (name !== undefined) expect(members).toContain(name);
    }
  });
});
