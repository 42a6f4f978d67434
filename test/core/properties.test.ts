import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgedOperations, operations } from "../../lib/catalogue/operations.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { decide } from "../../lib/core/plan/decide.ts";
import { plan } from "../../lib/core/plan/plan.ts";
import { parse } from "../../lib/core/read/parse.ts";
import { callOf, KEY, policyOf } from "../support/build.ts";

const policies = [policyOf(), policyOf({ keys: { accept: "customer-managed" }, require: { "in-transit": true } })];
const AT = new Date("2026-11-02T09:16:00Z");

/** Values that are similar enough to a request to reach every branch. */
const names = [
  ...new Set(operations.flatMap(({ settings }) => settings.flatMap(({ path }) => path.split(/\[\]\.|\./)))),
];
const lowered = names.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
const member = fc.constantFrom(
  ...names,
  ...lowered,
  "__proto__",
  "constructor",
  "toString",
  "valueOf",
  "InstanceType",
  "RootVolume",
  "omitted",
);
const leaf = fc.oneof(
  fc.constantFrom(KEY, "", "alias/aws/s3", "alias/ml", "two words", "ml.g5.xlarge", "ml.m5.large", "ml.zz9.large"),
  fc.constantFrom<unknown>(null, true, false, 7, undefined),
  fc.string(),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(member, tie("value")), { maxLength: 6 }).map(objectOf),
  ),
}));

/** As JSON.parse makes it: `__proto__` is an own member like any other. */
function objectOf(entries: [string, unknown][]): unknown {
  const made = {};
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return made;
}

const operation = fc.constantFrom(...judgedOperations.map(({ operation }) => operation as string), "CreateNew");
const event = fc.record({
  eventSource: fc.constantFrom("sagemaker.amazonaws.com", "s3.amazonaws.com"),
  eventName: operation,
  eventID: fc.uuid(),
  eventTime: fc.constant("2026-11-02T09:15:00Z"),
  awsRegion: fc.constant("us-east-1"),
  recipientAccountId: fc.constant("111122223333"),
  userIdentity: value,
  requestParameters: value,
  responseElements: value,
});

function run(input: unknown) {
  return policies.map((policy) => {
    const parsed = parse(input);
    const judgement = judge(parsed, policy, new Map());
    return { judgement, planned: plan(judgement, policy, AT), decision: decide(judgement, []) };
  });
}

describe("the core, on any JSON value", () => {
  it("never throws, and never orders a stop for an undetermined resource", () =>
    fc.assert(
      fc.property(fc.oneof(event, fc.jsonValue(), value), (input) => {
        for (const { judgement, planned } of run(input)) {
          const stops = planned.some((action) => action.do === "stop" && !("skip" in action));
          expect(stops && judgement.verdict !== "non-compliant").toBe(false);
        }
      }),
      { numRuns: 3_000 },
    ));

  it("makes the same plan for the same event twice", () =>
    fc.assert(
      fc.property(event, (input) => {
        expect(run(structuredClone(input))).toEqual(run(input));
      }),
      { numRuns: 500 },
    ));

  it("is not affected by __proto__", () =>
    fc.assert(
      fc.property(event, (input) => {
        run(input);
        expect(Object.keys(Object.prototype)).toEqual([]);
        const evil = JSON.parse(
          '{"__proto__": {"kmsKeyId": "alias/evil"}, "notebookInstanceName": "nb"}',
        ) as JsonObject;
        const { verdict } = judge(callOf("CreateNotebookInstance", evil), policyOf(), new Map());
        expect(verdict).toBe("non-compliant");
      }),
      { numRuns: 100 },
    ));
});

describe("adding a key", () => {
  const requests = fc.record({ operation: fc.constantFrom(...operations), request: value, at: fc.nat() });

  it("never adds a finding", () =>
    fc.assert(
      fc.property(requests, ({ operation: { operation, settings }, request, at }) => {
        if (typeof request !== "object" || request === null || Array.isArray(request)) return;
        const keys = settings.filter(({ protects }) => protects !== "in-transit");
        const path = keys[at % keys.length]?.path ?? "";
        const before = findings(operation, request as JsonObject);
        const after = findings(operation, withKey(request as JsonObject, path));
        expect(after.filter((finding) => !before.includes(finding))).toEqual([]);
      }),
      { numRuns: 3_000 },
    ));
});

const findings = (operation: string, request: JsonObject): string[] =>
  judge(callOf(operation, request), policyOf(), new Map())
    .settings.filter(({ is }) => is === "missing" || is === "rejected")
    .map(({ path, is }) => `${path} ${is}`);

/** The request with a key at the end of a path, wherever the path's parents exist. */
function withKey(request: JsonObject, path: string): JsonObject {
  const copy = structuredClone(request);
  const set = (node: unknown, [name = "", ...rest]: string[]): void => {
    if (typeof node !== "object" || node === null) return;
    const own = [name, name.charAt(0).toLowerCase() + name.slice(1)].map((one) => one.replace("[]", ""));
    const found = own.find((one) => Object.hasOwn(node, one)) ?? own[0] ?? "";
    const members = node as Record<string, unknown>;
    if (rest.length === 0) members[found] = KEY;
    else if (name.endsWith("[]")) for (const element of [members[found]].flat()) set(element, rest);
    else set(members[found], rest);
  };
  set(copy, path.split("."));
  return copy;
}
