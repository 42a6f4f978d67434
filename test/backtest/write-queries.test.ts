import { HiveSQL, TrinoSQL } from "dt-sql-parser";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { athenaQueries, lakeQuery, type Trail } from "../../lib/backtest/write-queries.ts";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { operationName } from "../../lib/catalogue/services.ts";

const ID = "0a1b2c3d-1111-2222-3333-444455556666";
const trail: Trail = {
  bucket: "trail-logs",
  prefix: "logs/",
  organization: "o-exampleorg1",
  accounts: ["111122223333", "444455556666"],
  regions: ["us-east-1", "eu-central-1"],
  days: { from: "2026-10-01", to: "2026-10-31" },
  output: "s3://results/backtest/",
};

// The parsers also print each fault on the console.
beforeEach(() => void vi.spyOn(console, "error").mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

/** Athena's DDL is Hive's, its queries are Trino's (Athena User Guide, "SQL reference for Athena"). */
const hiveFaults = (sql: string) => new HiveSQL().validate(sql).map(({ message }) => message);
const trinoFaults = (sql: string) => new TrinoSQL().validate(sql).map(({ message }) => message);

/** UNLOAD exists only in Athena. It consists of a query and properties, as Trino's CREATE TABLE AS does. */
function asTrino(unload: string): string {
  const [, query, target, properties] = /^UNLOAD \((.*)\)\nTO ('[^']*')\nWITH (\(.*\))$/s.exec(unload) ?? [];
  if (!query || !properties) throw new Error("not of UNLOAD's form");
  return `CREATE TABLE unloaded WITH ${properties.replace(")", `, location = ${target})`)} AS ${query}`;
}

const [drop = "", create = "", unload = ""] = athenaQueries(trail);
// Lake takes the bare ID as the table's name. Trino alone would require quotes.
const lake = lakeQuery(ID, trail.days).replace(ID, `"${ID}"`);

const breaks: [string, (sql: string) => string][] = [
  ["a parenthesis too few", (sql) => sql.replace(/\)(?=[^)]*$)/, "")],
  ["a parenthesis too many", (sql) => `${sql})`],
  ["a quote too few", (sql) => sql.replace(/'(?=[^']*$)/, "")],
  ["a keyword misspelt", (sql) => sql.replace(/EXTERNAL|FROM/, "FORM")],
  ["a comma too many", (sql) => sql.replace(/(,\s|WHERE)/, "$1, ")],
];

describe("the syntax of the generated SQL", () => {
  it.each([
    ["DROP TABLE", hiveFaults, drop],
    ["CREATE EXTERNAL TABLE", hiveFaults, create],
    [
      "CREATE EXTERNAL TABLE of one account's trail",
      hiveFaults,
      athenaQueries({ ...trail, organization: undefined, prefix: "", days: {} })[1] ?? "",
    ],
    ["UNLOAD", (sql: string) => trinoFaults(asTrino(sql)), unload],
    ["UNLOAD without days", (sql: string) => trinoFaults(asTrino(sql)), athenaQueries({ ...trail, days: {} })[2] ?? ""],
    ["Lake's SELECT", trinoFaults, lake],
    ["Lake's SELECT without days", trinoFaults, lakeQuery("store", {})],
  ])("is valid: %s", (_what, faultsOf, sql) => expect(faultsOf(sql)).toEqual([]));

  describe.each(breaks)("with %s", (_what, broken) => {
    it.each([
      ["CREATE EXTERNAL TABLE", hiveFaults, create],
      ["UNLOAD", trinoFaults, asTrino(unload)],
      ["Lake's SELECT", trinoFaults, lake],
    ])("is invalid: %s", (_what, faultsOf, sql) => {
      expect(broken(sql)).not.toBe(sql);
      expect(faultsOf(broken(sql))).not.toEqual([]);
    });
  });
});

describe("the generated SQL", () => {
  const names = (sql: string) =>
    [...sql.matchAll(/\(eventsource = '([^']*)' AND eventname IN \(([^)]*)\)\)/gi)].flatMap(
      ([, source = "", list = ""]) =>
        [...list.matchAll(/'(\w+)'/g)].map(([, name = ""]) => operationName(source, name)),
    );
  const catalogued = judgedOperations.map(({ operation }) => operation as string).sort();

  it.each([
    ["UNLOAD", unload],
    ["Lake's SELECT", lake],
  ])("%s selects the catalogue's successful calls", (_what, sql) => {
    expect(names(sql).sort()).toEqual(catalogued);
    expect(sql).toMatch(/errorcode IS NULL/i);
  });

  it("has the trail's folders as partitions", () => {
    const template = /'storage.location.template' = '([^']*)'/.exec(create)?.[1];
    expect(template?.replaceAll("$", "")).toBe(
      "s3://trail-logs/logs/AWSLogs/o-exampleorg1/{account}/CloudTrail/{region}/{day}",
    );
    expect(create).toContain("'projection.day.range' = '2026/10/01,NOW'");
  });

  it("unloads only columns of the table", () => {
    const columns = /SELECT (.*)/.exec(unload)?.[1]?.split(", ") ?? [];
    expect(columns.length).toBeGreaterThan(10);
    for (const column of columns) expect(create).toMatch(new RegExp(`^  ${column} `, "m"));
  });

  it("has at most the 10,000 characters that Lake accepts", () =>
    expect(lakeQuery(ID, trail.days).length).toBeLessThan(10_000));
});
