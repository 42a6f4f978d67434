import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { kinds } from "../../lib/catalogue/kinds.ts";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { protectedByKey } from "../../lib/catalogue/protects.ts";
import type { Kind, Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import { derivedFiles } from "../../scripts/generate/derived.ts";
import { staleFaults } from "../../scripts/generate/file.ts";
import { rowFiles } from "../../scripts/generate/rows.ts";
import { encryptedRequests } from "../support/encrypted-requests.ts";
import { operationOfFolder, sdkOperations, sdkStructures } from "../support/sdk-schemas.ts";
import { type KindFile, kindFaults, operationFaults, type Project } from "./conformance.ts";

const FOLDER = "lib/catalogue/kinds";
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));
const files = new Map<string, KindFile>();
for (const name of names) files.set(name, (await import(resolve(FOLDER, `${name}.ts`))) as KindFile);
const rows = [...files].flatMap(([name, { operations }]) => operations.map((row) => ({ name, row })));

const jsonIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replaceAll("\\", "/"));

const project: Project = {
  events: jsonIn("events"),
  goldens: jsonIn("test/golden"),
  requests: Object.keys(encryptedRequests),
  sdk: new Set(sdkOperations().keys()),
  types: sdkStructures(),
  kinds: names,
  operations: rows.map(({ row }) => row.operation),
};

/** If you have added a row, these tests name the next steps, in the order of docs/adding-an-operation.md. */
describe("the catalogue and the files that belong to it", () => {
  it("lists every file of lib/catalogue/kinds: if not, run npm run generate", () => {
    expect(staleFaults(rowFiles())).toEqual([]);
    expect(kinds.map(({ kind }) => kind as string)).toEqual([...names].sort());
  });

  it("has everything that each kind needs", () => {
    expect([...files].flatMap(([name, file]) => kindFaults(name, file, project))).toEqual([]);
  });

  it("has everything that each operation needs", () => {
    expect(rows.flatMap(({ name, row }) => operationFaults(name, row, project))).toEqual([]);
  });

  it("has each operation once", () => {
    const twice = project.operations.filter((one, i) => project.operations.indexOf(one) !== i);
    expect(twice.map((one) => `${one} has two rows: search lib/catalogue/kinds for it`)).toEqual([]);
  });

  it("has no request or event for an operation without a row", () => {
    const other = project.requests.filter((one) => !project.operations.includes(one));
    expect(other.map((one) => `${one} has no row: remove it from test/support/encrypted-requests.ts`)).toEqual([]);
    const folders = new Set(project.events.flatMap((file) => (file.includes("/") ? [file.split("/")[0] ?? ""] : [])));
    const strange = [...folders].filter(
      (one) => /^[A-Z]|\./.test(one) && !project.operations.includes(operationOfFolder(one)),
    );
    expect(strange.map((one) => `${one} has no row: remove events/${one}, or move it to events/ignored`)).toEqual([]);
  });

  it("has no protected thing that no setting protects", () => {
    const protectedThings = new Set(
      rows.flatMap(({ row }) => ("settings" in row ? row.settings : [])).map((one) => one.protects),
    );
    const idle = protectedByKey.filter((one) => !protectedThings.has(one));
    expect(idle.map((one) => `no setting protects ${one}: remove it from lib/catalogue/protects.ts`)).toEqual([]);
  });

  it("has up-to-date generated files: if not, run npm run generate", () => {
    expect(staleFaults(derivedFiles())).toEqual([]);
    expect(judgedOperations).toHaveLength(rows.length);
  });
});

const kind: Kind = {
  kind: "foo",
  noun: "foo",
  page: "API Reference, StopTrainingJob",
  describe: { operation: "DescribeFoo", input: { FooName: ["FooName"] }, arn: "FooArn" },
  stop: { operation: "StopFoo", input: "FooName", from: ["InProgress"], later: [] },
  taggable: true,
  rekey: "It cannot.",
};
const row: Operation = {
  operation: "CreateFoo",
  kind: "foo",
  name: "FooName",
  settings: [{ path: "KmsKeyId", protects: "volume", without: "undocumented" }],
};
const { stop: _, ...unstoppable } = kind;

describe("a made-up kind", () => {
  it("is reported with everything that it lacks", () => {
    expect(kindFaults("foo", { kind, operations: [] }, project)).toEqual([
      expect.stringContaining("no operation makes a foo: add its row"),
      expect.stringContaining("kinds/foo.ts: the SDK has no DescribeFoo: correct it there, or mark"),
      expect.stringContaining("kinds/foo.ts: the SDK has no StopFoo"),
      expect.stringContaining("kinds/foo.ts: it can be stopped and no sweep lists it"),
    ]);
    expect(
      kindFaults("fo", { kind: { ...kind, source: "reference", parents: { A: "nix" } }, operations: [row] }, project),
    ).toEqual([
      expect.stringContaining("rename the file to foo.ts"),
      expect.stringContaining("there is no kind nix"),
      expect.stringContaining("the SDK cannot stop it"),
    ]);
  });

  it("needs no adapter while only the API Reference has it, and not the SDK", () => {
    const file: KindFile = { kind: { ...unstoppable, source: "reference" }, operations: [row] };
    expect(kindFaults("foo", file, project)).toEqual([]);
    const newer: Project = { ...project, sdk: new Set(["DescribeFoo"]) };
    expect(kindFaults("foo", file, newer)).toEqual([expect.stringContaining("the SDK has DescribeFoo now")]);
  });
});

describe("a claim about AWS", () => {
  const facts = (change: object) =>
    kindFaults("foo", { kind: { ...unstoppable, ...change }, operations: [row] } as KindFile, {
      ...project,
      sdk: new Set([...project.sdk, "DescribeFoo"]),
    });

  it("must name its page", () => {
    expect(facts({})).toEqual([]);
    expect(facts({ page: undefined })).toEqual([expect.stringContaining("the kind names no page")]);
    expect(facts({ page: "How To Foo" })).toEqual([expect.stringContaining("add the page's title")]);
    expect(facts({ page: "API Reference, CreateBar" })).toEqual([
      expect.stringContaining("page of CreateBar, which the SDK does not have"),
    ]);
  });

  it("must name its page in a setting, and in the behaviour without a key", () => {
    const wrong = {
      path: "KmsKeyId",
      protects: "volume",
      without: "nothing",
      page: "How To Foo",
    } as unknown as Setting;
    expect(operationFaults("foo", { ...row, settings: [wrong] }, project)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('CreateFoo KmsKeyId names "How To Foo"'),
        "lib/catalogue/pages/claim-pages.ts: nothing has no page: add it to withoutPages",
      ]),
    );
  });
});

describe("a made-up operation", () => {
  it("is reported with everything that it lacks", () => {
    expect(operationFaults("bar", row, project)).toEqual([
      expect.stringContaining("kinds/bar.ts: CreateFoo is of kind foo: move it"),
      expect.stringContaining("the SDK has no CreateFoo"),
      expect.stringContaining("add one to test/support/encrypted-requests.ts"),
      "CreateFoo has no event that passes: add events/CreateFoo/pass-*.json",
      "CreateFoo has no event that fails: add events/CreateFoo/fail-*.json",
    ]);
  });

  it("is reported if the rule excludes it, or if an event has no golden decision", () => {
    const there: Project = {
      ...project,
      events: ["StopFoo/pass-a.json", "StopFoo/fail-a.json"],
      goldens: ["StopFoo/pass-a.json"],
    };
    const stopping: Operation = { ...row, operation: "StopFoo", settings: [], source: "reference" };
    expect(operationFaults("foo", stopping, there)).toEqual([
      "StopFoo never reaches the function: the rule keeps out Stop… in lib/catalogue/rule.ts",
      "events/StopFoo/fail-a.json has no decision to compare with: run npm run goldens, and read test/golden/StopFoo/fail-a.json",
    ]);
  });
});
