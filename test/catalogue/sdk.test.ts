import { describe, expect, it } from "vitest";
import { kinds as allKinds } from "../../lib/catalogue/kinds.ts";
import { listings } from "../../lib/catalogue/listings.ts";
import {
  judgedOperations as allJudged,
  operations as allKeyed,
  keylessOperations as allKeyless,
  HUB_CONTENT,
  locations,
} from "../../lib/catalogue/operations.ts";
import { serviceOf, services } from "../../lib/catalogue/services.ts";
import type { Kind, Listing, Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import { isCreating } from "../../lib/catalogue/without-data/list.ts";
import { KEYS_OF_INPUT, keyMembers, membersOf, sdkOperations } from "../support/sdk-schemas.ts";

const sdk = sdkOperations();
/** Rows that the SDK has too. A row from the API Reference alone is compared with nothing until the SDK has it. */
const inSdk = (row: object): boolean => !("source" in row);
const operations = allKeyed.filter(inSdk);
const keylessOperations = allKeyless.filter(inSdk);
const judgedOperations = allJudged.filter(inSdk);
const kinds = allKinds.filter(inSdk);
const BATCH_OR_SEND = /^(.+:)?(Batch|Send)/;
const isChanging = (name: string): boolean => isCreating(name) || BATCH_OR_SEND.test(name);

/** Rows whose keys are in the response. */
const answered = new Set<string>(operations.flatMap((row: Operation) => (row.readsResponse ? [row.operation] : [])));

/** The differences between the SDK and the catalogue, in both directions. */
function differences(rows: readonly Operation[]): string[] {
  const known = [...sdk]
    .filter(([name]) => isChanging(name))
    .flatMap(([name, { input, output }]) =>
      [...keyMembers(name, input), ...(answered.has(name) ? keyMembers(name, output) : [])].map(
        ({ path }) => `${name} ${path}`,
      ),
    );
  const held = new Set(rows.flatMap(({ operation, settings }) => settings.map(({ path }) => `${operation} ${path}`)));
  return [
    ...known.filter((member) => !held.has(member)).map((member) => `not in the catalogue: ${member}`),
    ...[...held].filter((member) => !known.includes(member)).map((member) => `not in the SDK: ${member}`),
  ];
}

describe("the catalogue against the SDK's schemas", () => {
  it("has every key and every switch of the SDK, and no others", () => {
    const advice = "give each member that is lacking a setting in its operation's row, lib/catalogue/kinds/<kind>.ts";
    expect(differences(operations), advice).toEqual([]);
  });

  it("differs if any row or any setting is removed", () => {
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

  it("excludes only keys that the SDK has", () => {
    const members = [...sdk].flatMap(([name, { input }]) => membersOf(input).map(({ path }) => `${name} ${path}`));
    expect(Object.keys(KEYS_OF_INPUT).filter((member) => !members.includes(member))).toEqual([]);
  });

  it("covers every service", () => {
    const walked = new Set([...sdk.keys()].map((name) => serviceOf(name).service));
    expect([...walked]).toEqual(services.map(({ service }) => service));
  });

  it("reads a key from the response only if the request has none", () => {
    const both = [...answered].filter((name) => keyMembers(name, sdkInput(name)).length > 0);
    expect(both).toEqual([]);
  });

  it.each(judgedOperations)("$operation names its resource by an existing member", (row) => {
    const { input, output } = schemasOf(row.operation);
    const members = [...membersOf(input), ...membersOf(output)].map(({ path }) => path);
    expect(members).toContain(row.name);
  });

  it.each(operations)("$operation has only existing members in its row", (row) => {
    const members = new Set(readMembers(row).map(({ path }) => path));
    const named = row.settings.flatMap(pathsOf).concat("oneOf" in row ? row.oneOf : []);
    expect(named.filter((path) => !members.has(path))).toEqual([]);
  });

  it.each(operations)("$operation finds its settings in Describe's answer", (row) => {
    const kind = kinds.find(({ kind }) => kind === row.kind);
    const members = new Set(membersOf(sdkOutput(kind?.describe.operation ?? "")).map(({ path }) => path));
    const paths = (row.settings as readonly Setting[]).flatMap(({ path, describedAt }) =>
      describedAt === null ? [] : [describedAt ?? path],
    );
    expect(paths.filter((path) => !members.has(path))).toEqual([]);
  });
});

describe("the references of requests, against the SDK's schemas", () => {
  const references = [...operations, ...keylessOperations].flatMap((row: Operation) =>
    (row.refersTo ?? []).map((reference, i, all) => ({
      row,
      reference,
      before: all.slice(0, i),
      describe: reference.describe,
    })),
  );
  it.each(references)("$row.operation leads to $describe", ({ row, reference, before }) => {
    const { input, output } = schemasOf(row.operation);
    const read = [input, output, ...before.map((one) => sdkOutput(one.describe))].flatMap((schema) =>
      membersOf(schema).map(({ path }) => path),
    );
    expect(read).toEqual(expect.arrayContaining([reference.at, ...(reference.when ? [reference.when.path] : [])]));
    expect(membersOf(sdkInput(reference.describe)).map(({ path }) => path)).toContain(reference.as);
    const there = new Set(membersOf(sdkOutput(reference.describe)).map(({ path }) => path));
    expect(reference.settings.flatMap(pathsOf).filter((path) => !there.has(path))).toEqual([]);
  });

  it("have a row for every operation whose request holds a pipeline's definition", () => {
    const holding = [...sdk].filter(([name, { input }]) => isChanging(name) && has(input, "PipelineDefinition"));
    const rows = keylessOperations.filter((row: Operation) => row.definition !== undefined && !row.refersTo);
    expect(rows.map(({ operation }) => operation as string)).toEqual(holding.map(([name]) => name).sort());
  });

  const leaf =
    /^(S3Uri|S3OutputPath|S3OutputLocation|S3FailurePath|S3ArtifactPath|S3OutputUri|OutputS3Uri|DestinationS3Uri|ManifestS3Uri|ArtifactStoreUri|ModelDataUrl)$/;
  const judged = judgedOperations.map(({ operation }) => operation as string);
  const holds = (operation: string, path: string) => {
    const { output = [], unkeyed = [], input = [] } = locations[operation] ?? {};
    return [...output, ...unkeyed, ...input].includes(path);
  };

  it("have every S3 location that a judged request can name", () => {
    const known = [...sdk].flatMap(([name, { input }]) =>
      judged.includes(name)
        ? membersOf(input).flatMap((one) =>
            leaf.test(one.name) && one.type === "string" ? [{ name, path: one.path }] : [],
          )
        : [],
    );
    expect(known).not.toEqual([]);
    const lacking = known.filter(({ name, path }) => !holds(name, path)).map(({ name, path }) => `${name} ${path}`);
    const advice = "add each to `locations` of its operation's row, lib/catalogue/kinds/<kind>.ts";
    expect(lacking, advice).toEqual(UNJUDGED_PLACES);
  });

  it("have an input location beside every member that names hub content", () => {
    const arns = judged.flatMap((name) =>
      membersOf(sdkInput(name)).flatMap(({ path }) =>
        path.endsWith(`.${HUB_CONTENT}`) ? [{ name, beside: path.slice(0, -HUB_CONTENT.length) }] : [],
      ),
    );
    expect(arns.length).toBeGreaterThan(10);
    const inputs = (name: string) => locations[name]?.input ?? [];
    const lacking = arns.filter(({ name, beside }) => !inputs(name).some((path) => path.startsWith(beside)));
    expect(lacking).toEqual([]);
  });

  it("have only S3 locations that the SDK has", () => {
    const fromSdk = Object.entries(locations).filter(([operation]) => judged.includes(operation));
    const strange = fromSdk.flatMap(([operation, { output = [], unkeyed = [], input = [] }]) => {
      const members = readMembers({ operation }).map(({ path }) => path);
      const when = locations[operation]?.when ?? {};
      const paths = [...output, ...unkeyed, ...input];
      const idle = Object.keys(when).filter((path) => !paths.includes(path));
      const conditions = Object.values(when).map(({ path }) => path);
      return [...idle, ...[...paths, ...conditions].filter((path) => !members.includes(path))];
    });
    expect(strange).toEqual([]);
  });
});

const has = (schema: Parameters<typeof membersOf>[0], name: string): boolean =>
  membersOf(schema).some((member) => member.path === name);

/** Adapters that a recommendation starts from, by list. */
const UNJUDGED_PLACES = ["CreateAIRecommendationJob AdapterSource.S3Uris[].S3Uri"];

describe("the kinds against the SDK's schemas", () => {
  it.each(kinds)("$kind is described with existing members", (row: Kind) => {
    const { operation, input, optional = {}, ...out } = row.describe;
    const inputs = membersOf(sdkInput(operation)).map(({ path }) => path);
    const outputs = membersOf(sdkOutput(operation)).map(({ path }) => path);
    expect(inputs).toEqual(expect.arrayContaining([...Object.keys(input), ...Object.keys(optional)]));
    expect(outputs).toEqual(expect.arrayContaining(Object.values(out)));
  });

  it.each(kinds.flatMap((kind) => ("stop" in kind ? [kind] : [])))(
    "$kind is stopped with an existing member",
    ({ stop }) => {
      expect(membersOf(sdkInput(stop.operation)).map(({ path }) => path)).toContain(stop.input);
    },
  );

  it("stops every kind that the SDK can stop", () => {
    const stops = new Set<string>(kinds.flatMap((kind) => ("stop" in kind ? [kind.stop.operation] : [])));
    const others = [...sdk.keys()].filter((name) => name.startsWith("Stop") && !stops.has(name));
    // Stop operations of kinds that take no key. Add a new Stop operation to `stop` of its kind in lib/catalogue/kinds.
    expect(others).toEqual(["StopEdgeDeploymentStage", "StopJob"]);
  });
});

describe("the listings of a sweep, against the SDK's schemas", () => {
  it.each(listings)("$list finds $kind by existing members", (row: Listing) => {
    const { list, items, filters = [], operation: made } = row;
    const inputs = membersOf(sdkInput(list)).map(({ path }) => path);
    expect(inputs).toEqual(expect.arrayContaining(["MaxResults", "NextToken", ...filters.flatMap(Object.keys)]));
    const outputs = membersOf(sdkOutput(list)).map(({ path }) => path);
    const { describe } = kinds.find(({ kind }) => kind === row.kind) as Kind;
    const named = Object.keys(describe.input).map((name) => `${items}[].${name}`);
    expect(outputs).toEqual(expect.arrayContaining([items, ...named]));
    if (row.statuses) expect(outputs).toContain(`${items}[].${describe.status}`);
    expect([...operations, ...keylessOperations].find(({ operation }) => operation === made)?.kind).toBe(row.kind);
  });
});

/** The members that a row reads. */
const readMembers = ({ operation }: { readonly operation: string }) => [
  ...membersOf(sdkInput(operation)),
  ...(answered.has(operation) ? membersOf(sdkOutput(operation)) : []),
];

const sdkInput = (operation: string) => schemasOf(operation).input;
const sdkOutput = (operation: string) => schemasOf(operation).output;

function schemasOf(operation: string) {
  const found = sdk.get(operation);
  if (!found) throw new Error(`the SDK has no ${operation}`);
  return found;
}

function pathsOf(setting: Setting): string[] {
  const { path, when = [], describedWhen = [], instanceTypes = [], alternatives, twin, elsewhere, element } = setting;
  const list = path.slice(0, path.lastIndexOf("[]") + 2);
  return [
    path,
    ...[...when, ...describedWhen].map((condition) => condition.path.replace(/\[\]$/, "")),
    ...instanceTypes,
    ...(alternatives?.types ?? []).map((type) => type.replace(/\[\]$/, "")),
    ...(alternatives?.selected ? [alternatives.selected] : []),
    ...(twin ? [twin] : []),
    ...(elsewhere ? [elsewhere] : []),
    ...(element ? [`${list}.${element.path}`] : []),
  ];
}
