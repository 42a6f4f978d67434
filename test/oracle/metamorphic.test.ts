import { describe, expect, it } from "vitest";
import { isLookedUp, kindOf } from "../../lib/catalogue/kinds.ts";
import { isBucket } from "../../lib/catalogue/protects.ts";
import { cloudFormationTypes } from "../../lib/check/cloudformation/types.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Judgement } from "../../lib/core/model/types.ts";
import { resourcesIn } from "../check/check-text.ts";
import { randomOf } from "../long/random.ts";
import { KEY, policyOf } from "../support/build.ts";
import { judged } from "./compare.ts";
import { policies } from "./facts.ts";
import { type RandomCase, randomCase, STEP_CALLS, walked } from "./random-case.ts";
import { rows, settingsRow } from "./rows.ts";
import { changed, shuffled, withNulls, withoutNulls } from "./transform.ts";

const RUNS = 60;
const SEED = 4_711;

interface Made {
  readonly one: RandomCase & { readonly request: JsonObject };
  readonly seed: number;
  readonly policy: number;
}

/** Random cases of an operation whose record holds the request. */
function* casesOf(operation: string): Generator<Made> {
  for (let seed = SEED; seed < SEED + RUNS; seed++) {
    const one = randomCase(operation, seed);
    const { request } = one;
    if (request !== "omitted") yield { one: { ...one, request }, seed, policy: seed % policies.length };
  }
}

interface Line {
  readonly path: string;
  readonly protects: string;
  readonly is: string;
  readonly key?: string | undefined;
}

const linesOf = (settings: readonly Line[]): string[] =>
  settings.map(({ path, protects, is, key }) => `${protects} ${path} ${is} ${key}`);
const findingsOf = ({ settings }: Judgement): string[] =>
  settings.filter(({ is }) => is === "missing" || is === "rejected").map(({ path, protects }) => `${protects} ${path}`);

/** Compares two judgements of each case; a difference names the operation and the seed. */
function same(operations: readonly string[], pair: (made: Made) => readonly [readonly string[], readonly string[]]) {
  let compared = 0;
  for (const operation of operations) {
    for (const made of casesOf(operation)) {
      const [before, after] = pair(made);
      expect({ operation, seed: made.seed, lines: after }).toEqual({ operation, seed: made.seed, lines: before });
      compared += before.length;
    }
  }
  expect(compared).toBeGreaterThan(operations.length * 10);
}

/** The names in an operation's row. A null under one of them could have an effect. */
function namesIn(operation: string): string[] {
  const { settings, refersTo = [] } = settingsRow(operation, rows);
  const paths = [...settings.map(({ path }) => path), ...refersTo.map(({ at }) => at)];
  return [...new Set(paths.flatMap((path) => path.replaceAll("[]", "").split(".")))];
}

describe("the same request gives the same settings", () => {
  it("in CloudTrail's spelling and the API's", () =>
    same(walked, ({ one, policy }) => [
      linesOf(judged(one, policy).settings),
      linesOf(judged(one, policy, "cloudtrail").settings),
    ]));

  it("with its members in another order", () =>
    same(walked, ({ one, policy, seed }) => [
      linesOf(judged(one, policy).settings),
      linesOf(judged({ ...one, request: shuffled(one.request, randomOf(seed)) }, policy).settings),
    ]));

  it("with nulls and without", () =>
    same(walked, ({ one, policy }) => {
      const request = withoutNulls(one.request);
      const nulls = withNulls(request, namesIn(one.operation));
      const lines = linesOf(judged({ ...one, request }, policy).settings);
      expect(linesOf(judged({ ...one, request: nulls }, policy).settings)).toEqual(lines);
      return [linesOf(judged(one, policy).settings), lines];
    }));

  it("as an event and as Describe's answer", () => {
    const alike = walked.filter((operation) => {
      const { operation: own, settings, definition, kind } = settingsRow(operation, rows);
      const isSame = settings.every(
        ({ describedAt, describedWhen }) => describedAt === undefined && describedWhen === undefined,
      );
      const isOnly = own === operation && settings.length > 0 && definition === undefined;
      return isOnly && isSame && isLookedUp(kindOf(kind));
    });
    same(alike, ({ one, policy }) => {
      const describe = kindOf(settingsRow(one.operation, rows).kind).describe.operation;
      // The members that an update omits are in Describe's answer, so both have the same members.
      const both = { ...one, described: { ...one.described, [describe]: one.request } };
      const omitted: RandomCase = { ...both, request: "omitted" };
      return [decided(judged(both, policy)), decided(judged(omitted, policy))];
    });
  });

  it("as an event and as a resource of a CloudFormation template", () => {
    const types = cloudFormationTypes.filter((row) => !("moves" in row));
    const policy = policyOf({ require: { "in-transit": true }, buckets: { unkeyed: false } });
    for (const { type, operation } of types) {
      for (const { one, seed } of casesOf(operation)) {
        const Properties = withoutNulls(one.request);
        const found = resourcesIn({ Resources: { Thing: { Type: type, Properties } } }, { policy });
        const lines = found.flatMap(({ settings }) => linesOf(settings));
        const expected = linesOf(judged({ ...one, request: Properties, described: {} }, policy).settings);
        expect({ operation, seed, lines }).toEqual({ operation, seed, lines: expected });
      }
    }
  });

  it("as an event and as a pipeline's step", () => {
    const types = new Map(Object.entries(STEP_CALLS).map(([type, operation]) => [operation, type]));
    same(
      [...types.keys()].filter((operation) => operation !== "CreateModel"),
      ({ one, policy }) => {
        const step = { Name: "Step", Type: types.get(one.operation) ?? "", Arguments: one.request };
        const request = { PipelineName: "x", PipelineDefinition: { Version: "2020-12-01", Steps: [step] } };
        const inPipeline = judged({ ...one, operation: "CreatePipeline", request }, policy).settings;
        const paths = inPipeline.map((setting) => ({
          ...setting,
          path: setting.path.replace("Steps[Step].Arguments.", ""),
        }));
        // A step's job does not exist yet, so no Describe can decide about it.
        return [linesOf(judged({ ...one, described: {} }, policy).settings), linesOf(paths)];
      },
    );
  });
});

/** An update is read as far as possible: a rejected key leaves the missing ones undetermined. */
const decided = ({ settings }: Judgement): string[] =>
  settings.some(({ is }) => is === "rejected")
    ? linesOf(settings.map((one) => (one.is === "missing" ? { ...one, is: "undetermined" } : one)))
    : linesOf(settings);

describe("a key", () => {
  const keyed = walked.filter((operation) => settingsRow(operation, rows).settings.length > 0);

  it("never adds a finding when it is added", () => {
    let added = 0;
    for (const operation of keyed) {
      for (const { one, policy, seed } of casesOf(operation)) {
        const before = judged(one, policy);
        for (const { path, protects, key } of before.settings) {
          const request = key === undefined && protects !== "in-transit" && changed(one.request, path, KEY);
          if (!request) continue;
          const more = findingsOf(judged({ ...one, request }, policy)).filter(
            (finding) => !findingsOf(before).includes(finding),
          );
          expect({ operation, seed, path, more }).toEqual({ operation, seed, path, more: [] });
          added++;
        }
      }
    }
    expect(added).toBeGreaterThan(1_000);
  });

  it("never removes a finding when it is removed", () => {
    let taken = 0;
    // An update without the key leaves the key unchanged, so Describe is called for all of it.
    for (const operation of keyed.filter((name) => !settingsRow(name, rows).partial)) {
      for (const { one, policy, seed } of casesOf(operation)) {
        const before = judged(one, policy);
        // The policy may require no key there at all, such as for local storage.
        for (const { path } of before.settings.filter((one) => one.is === "accepted" && one.key && !isBucket(one))) {
          const request = changed(one.request, path, undefined);
          if (!request) continue;
          const left = findingsOf(judged({ ...one, request }, policy));
          const less = findingsOf(before).filter((finding) => !left.includes(finding));
          expect({ operation, seed, path, less }).toEqual({ operation, seed, path, less: [] });
          taken++;
        }
      }
    }
    expect(taken).toBeGreaterThan(500);
  });
});
