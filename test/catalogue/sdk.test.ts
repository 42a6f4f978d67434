import { describe, expect, it } from "vitest";
import { EBS_ONLY, LOCAL_STORAGE, storageOf } from "../../lib/catalogue/instance-families.ts";
import { kinds } from "../../lib/catalogue/kinds.ts";
import { followedOperations, operations } from "../../lib/catalogue/operations.ts";
import type { Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import { keyMembers, membersOf, sdkOperations } from "../support/sdk-schemas.ts";

const sdk = sdkOperations();
const CHANGING = /^(Create|Update|Start|Put|Register|Import|Retry|Batch(Add|Replace)|Attach|Extend|Add|Send)/;

/** What the SDK knows and the catalogue does not, and the other way round. */
function differences(rows: readonly Operation[]): string[] {
  const inSdk = [...sdk]
    .filter(([name]) => CHANGING.test(name))
    .flatMap(([name, { input }]) => keyMembers(name, input).map(({ path }) => `${name} ${path}`));
  const held = new Set(rows.flatMap(({ operation, settings }) => settings.map(({ path }) => `${operation} ${path}`)));
  return [
    ...inSdk.filter((member) => !held.has(member)).map((member) => `not in the catalogue: ${member}`),
    ...[...held].filter((member) => !inSdk.includes(member)).map((member) => `not in the SDK: ${member}`),
  ];
}

describe("the catalogue against the SDK's schemas", () => {
  it("holds every key and every switch, and nothing else", () => {
    expect(differences(operations)).toEqual([]);
    const paths = operations.flatMap(({ operation, settings }) =>
      settings.filter((setting) => setting.protects !== "in-transit").map(({ path }) => `${operation} ${path}`),
    );
    expect({ operations: operations.length, keys: new Set(paths).size }).toEqual({ operations: 36, keys: 77 });
  });

  it("fails when any row or any setting is taken away", () => {
    for (const row of operations) {
      expect(differences(operations.filter((other) => other !== row))).not.toEqual([]);
      const paths = new Set(row.settings.map(({ path }) => path));
      for (const path of paths) {
        const without = { ...row, settings: row.settings.filter((setting) => setting.path !== path) };
        const rows = operations.map((other): Operation => (other === row ? without : other));
        expect(differences(rows)).toEqual([`not in the catalogue: ${row.operation} ${path}`]);
      }
    }
  });

  it.each([...operations, ...followedOperations])("$operation names its resource by a member that it has", (row) => {
    const members = membersOf(sdkInput(row.operation)).map(({ path }) => path);
    expect(members).toContain(row.name);
  });

  it.each(operations)("$operation speaks only of members that it has", (row) => {
    const members = new Set(membersOf(sdkInput(row.operation)).map(({ path }) => path));
    const named = row.settings.flatMap(pathsOf).concat("oneOf" in row ? row.oneOf : []);
    expect(named.filter((path) => !members.has(path))).toEqual([]);
  });

  it.each(operations)("$operation finds its settings where Describe returns them", (row) => {
    const kind = kinds.find(({ kind }) => kind === row.kind);
    const members = new Set(membersOf(sdkOutput(kind?.describe.operation ?? "")).map(({ path }) => path));
    const paths = (row.settings as readonly Setting[]).flatMap(({ path, describedAt }) =>
      describedAt === null ? [] : [describedAt ?? path],
    );
    expect(paths.filter((path) => !members.has(path))).toEqual([]);
  });
});

describe("the kinds against the SDK's schemas", () => {
  it.each(kinds)("$kind is described by members that Describe has", ({ describe: { operation, input, ...out } }) => {
    const inputs = membersOf(sdkInput(operation)).map(({ path }) => path);
    const outputs = membersOf(sdkOutput(operation)).map(({ path }) => path);
    expect(inputs).toEqual(expect.arrayContaining(Object.keys(input)));
    expect(outputs).toEqual(expect.arrayContaining(Object.values(out)));
  });

  it.each(kinds.flatMap((kind) => ("stop" in kind ? [kind] : [])))(
    "$kind is stopped by a member that Stop has",
    ({ stop }) => {
      expect(membersOf(sdkInput(stop.operation)).map(({ path }) => path)).toContain(stop.input);
    },
  );

  it("stops every kind that the SDK can stop", () => {
    const stops = new Set<string>(kinds.flatMap((kind) => ("stop" in kind ? [kind.stop.operation] : [])));
    const others = [...sdk.keys()].filter((name) => name.startsWith("Stop") && !stops.has(name));
    // Of kinds that no key can be given to.
    expect(others).toEqual([
      "StopAIBenchmarkJob",
      "StopAIRecommendationJob",
      "StopEdgeDeploymentStage",
      "StopJob",
      "StopMlflowTrackingServer",
    ]);
  });

  it("has rows for exactly the kinds that operations name", () => {
    const named = new Set<string>([...operations, ...followedOperations].map(({ kind }) => kind));
    expect(kinds.map(({ kind }) => kind).filter((kind) => !named.has(kind))).toEqual(["pipeline-execution"]);
  });
});

describe("order", () => {
  it("is alphabetical, so that a new row has one place", () => {
    const names = operations.map(({ operation }) => operation as string);
    expect(names).toEqual([...names].sort());
    const kindNames = kinds.map(({ kind }) => kind as string);
    expect(kindNames).toEqual([...kindNames].sort());
    expect([...LOCAL_STORAGE]).toEqual([...LOCAL_STORAGE].sort());
    expect([...EBS_ONLY]).toEqual([...EBS_ONLY].sort());
  });
});

describe("instance families", () => {
  it.each([
    ["ml.g5.xlarge", "local"],
    ["ml.p6-b200.48xlarge", "local"],
    ["ml.i3en.24xlarge", "local"],
    ["ml.m5.large", "ebs"],
    ["ml.m5d.large", "local"],
    ["ml.g5g.xlarge", "unknown"],
    ["ml.zz9.xlarge", "unknown"],
    ["m5.large", "unknown"],
    ["", "unknown"],
    ["ml.constructor.large", "unknown"],
  ])("%s is on %s storage", (type, storage) => expect(storageOf(type)).toBe(storage));

  it("names no family twice", () => {
    expect(LOCAL_STORAGE.filter((family) => (EBS_ONLY as readonly string[]).includes(family))).toEqual([]);
  });
});

const sdkInput = (operation: string) => schemasOf(operation).input;
const sdkOutput = (operation: string) => schemasOf(operation).output;

function schemasOf(operation: string) {
  const found = sdk.get(operation);
  if (!found) throw new Error(`the SDK has no ${operation}`);
  return found;
}

function pathsOf({ path, when = [], instanceTypes = [], twin, elsewhere, element }: Setting): string[] {
  const list = path.slice(0, path.lastIndexOf("[]") + 2);
  return [
    path,
    ...when.map((condition) => condition.path.replace(/\[\]$/, "")),
    ...instanceTypes,
    ...(twin ? [twin] : []),
    ...(elsewhere ? [elsewhere] : []),
    ...(element ? [`${list}.${element.path}`] : []),
  ];
}
