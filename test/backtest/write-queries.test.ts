import { HiveSQL, TrinoSQL } from "dt-sql-parser";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { athenaQueries, lakeQuery, type Trail } from "../../lib/backtest/write-queries.ts";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { serviceOf, services } from "../../lib/catalogue/services.ts";
import { withoutData } from "../../lib/catalogue/without-data/list.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import { parse } from "../../lib/core/read/parse.ts";
import { policyOf } from "../support/build.ts";
import { sdkOperations } from "../support/sdk-schemas.ts";

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
  /** The query's own conditions on a call, applied to one. */
  function picks(sql: string, operation: string): boolean {
    const { eventSource, name } = serviceOf(operation);
    const verbs = /regexp_like\(eventname, '([^']*)'\)/i.exec(sql)?.[1];
    const escaped = eventSource.replaceAll(".", "\\.");
    const source = new RegExp(`\\(eventsource = '${escaped}'( AND eventname NOT IN \\([^)]*\\))?\\)`, "i").exec(sql);
    if (verbs === undefined || !source) throw new Error(`the query does not ask for ${eventSource}`);
    const [, excluded = ""] = source;
    return new RegExp(verbs).test(name) && !excluded.includes(`'${name}'`);
  }

  /** Whether a successful call would be judged, though its request holds nothing that counts. */
  function isJudged(operation: string): boolean {
    const { eventSource, name } = serviceOf(operation);
    const record = {
      eventSource,
      eventName: name,
      eventID: "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
      eventTime: "2026-11-02T09:15:00Z",
      awsRegion: "us-east-1",
      recipientAccountId: "111122223333",
      requestParameters: { omitted: true, originalSize: 200_000 },
    };
    return judge(parse(record), policyOf(), new Map()).verdict !== "ignored";
  }

  const unknown = services.flatMap(({ service }) =>
    ["CreateThing", "StartThing", "RegisterThing", "ImportThing", "PutThing", "UpdateThing", "BatchPutThing"].map(
      (name) => (service === "sagemaker" ? name : `${service}:${name}`),
    ),
  );
  const known = [...sdkOperations().keys()];
  const conditional = withoutData.flatMap(({ operations, unless }) => (unless === undefined ? [] : operations));

  describe.each([
    ["UNLOAD", unload],
    ["Lake's SELECT", lake],
  ])("%s selects the successful calls", (_what, sql) => {
    it("of the catalogue", () =>
      expect(judgedOperations.filter(({ operation }) => !picks(sql, operation)).map((row) => row.operation)).toEqual(
        [],
      ));

    it("of operations that nobody has reviewed, of all services", () => {
      expect(unknown).toHaveLength(21);
      expect(unknown.filter((operation) => !picks(sql, operation))).toEqual([]);
    });

    it("that would be judged, and no other", () => {
      const judged = [...known, ...unknown].filter(
        (operation) => isJudged(operation) || conditional.includes(operation),
      );
      expect([...known, ...unknown].filter((operation) => picks(sql, operation))).toEqual(judged);
      expect(known.length).toBeGreaterThan(judged.length);
    });

    it("and no failed ones", () => expect(sql).toMatch(/errorcode IS NULL/i));
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
