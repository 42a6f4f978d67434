import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { actionPermissions } from "../../lib/actions/table.ts";
import { actions } from "../../lib/catalogue/actions.ts";
import { actPermissions, stackActions } from "../../scripts/permissions.ts";

it("every action of the catalogue has a module that names its permissions", () => {
  expect(actionPermissions()).toHaveLength(actions.length);
  for (const { actions: granted, resources } of actPermissions()) {
    expect(granted.length).toBeGreaterThan(0);
    expect(resources.length).toBeGreaterThan(0);
  }
});

it("serverless.yml grants the actions on the stack's own resources to the functions that act", () => {
  const { resources } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "silent" });
  const { EnforceRole, StatePolicy } = resources.Resources;
  const text = JSON.stringify([EnforceRole, StatePolicy]);
  expect(stackActions()).not.toEqual([]);
  for (const action of stackActions()) expect(text).toContain(`"${action}"`);
});

it("at most one action counts its attempts, because the ledger has one counter", () => {
  expect(actions.filter(({ countsAttempts }) => countsAttempts).length).toBeLessThanOrEqual(1);
});
