import { judge } from "../../lib/core/judge/judge.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import { type Answer, type LookUp, lookUpId } from "../../lib/core/model/look-up.ts";
import type { Judgement } from "../../lib/core/model/types.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { ACCOUNT, callOf, REGION } from "../support/build.ts";
import { expectedOfCase } from "./expected-case.ts";
import { answerOf, keys, places, policies } from "./facts.ts";
import type { RandomCase } from "./random-case.ts";
import { type Rows, rows } from "./rows.ts";
import { type Spelling, spelled } from "./spell.ts";

/** The core's verdicts about a case, as `protects path is` in alphabetical order. */
export type Verdicts = (one: RandomCase, policy: number) => readonly string[];

/** The differences between the core and the oracle. */
export interface Difference {
  readonly onlyCore: readonly string[];
  readonly onlyOracle: readonly string[];
}

const KEY_FACTS = [[], ["aliases"], ["rotation"], ["aliases", "rotation"]] as const;
const caller = { account: ACCOUNT, region: REGION };

/** All answers about keys and buckets at once, so that a violation hides no later look-up. */
const answers = new Map<string, Answer>(
  [
    ...Object.keys(keys).flatMap((key) => KEY_FACTS.map((and): LookUp => ({ ask: "key", key, ...caller, and }))),
    ...Object.keys(places).map((uri): LookUp => ({ ask: "bucket", bucket: uri.slice(5, -2), ...caller })),
  ].flatMap((lookUp) => (lookUp.ask === "describe" ? [] : [[lookUpId(lookUp), answerOf(lookUp)] as const])),
);
/** A policy that accepts any key looks up none. */
const bucketsOnly = new Map([...answers].filter(([id]) => id.startsWith("bucket ")));

/** The core's judgement of a case under a policy, or under one of `policies`, with every look-up answered. */
export function judged(one: RandomCase, policy: number | Policy, spelling: Spelling = "api"): Judgement {
  const rules = typeof policy === "number" ? policies[policy] : policy;
  if (!rules) throw new Error(`there is no policy ${policy}`);
  const { operation, request, response, described } = one;
  const call = callOf(
    operation,
    request === "omitted" ? request : spelled(withText(request), spelling),
    spelled(response, spelling),
  );
  const known = new Map(rules.keys.accept === "any" ? bucketsOnly : answers);
  let judgement = judge(call, rules, known);
  for (let round = 0; round < 6 && judgement.lookUps.length > 0; round++) {
    for (const lookUp of judgement.lookUps) {
      const output = lookUp.ask === "describe" ? described[lookUp.operation] : undefined;
      const answer: Answer =
        output === undefined
          ? { is: "unknown", reason: { code: "needs-key" } }
          : { is: "described", output: withText(output) };
      known.set(lookUpId(lookUp), answer);
    }
    judgement = judge(call, rules, known);
  }
  return judgement;
}

/** A pipeline's definition is JSON in a string. */
const withText = (request: JsonObject): JsonObject =>
  typeof request.PipelineDefinition === "object" && request.PipelineDefinition !== null
    ? { ...request, PipelineDefinition: JSON.stringify(request.PipelineDefinition) }
    : request;

export const coreVerdicts: Verdicts = (one, policy) =>
  judged(one, policy)
    .settings.map(({ protects, path, is }) => `${protects} ${path} ${is}`)
    .sort();

/** Compares the core with the oracle; `from` are the rows that the oracle reads. */
export function compare(
  one: RandomCase,
  policy: number,
  from: Rows = rows,
  core: Verdicts = coreVerdicts,
): Difference | undefined {
  const actual = core(one, policy);
  const expected = expectedOfCase(one, from, policy)
    .map(({ protects, path, is }) => `${protects} ${path} ${is}`)
    .sort();
  if (actual.length === expected.length && actual.every((line, i) => line === expected[i])) return undefined;
  return {
    onlyCore: actual.filter((line) => !expected.includes(line)),
    onlyOracle: expected.filter((line) => !actual.includes(line)),
  };
}

/** The smallest case that still differs. Members are removed one by one for as long as it does. */
export function shrink(one: RandomCase, differs: (smaller: RandomCase) => boolean): RandomCase {
  let smallest = one;
  for (let found = true; found; ) {
    found = false;
    for (const smaller of smallerThan(smallest)) {
      if (!differs(smaller)) continue;
      smallest = smaller;
      found = true;
      break;
    }
  }
  return smallest;
}

function* smallerThan(one: RandomCase): Generator<RandomCase> {
  if (one.request !== "omitted") for (const request of without(one.request)) yield { ...one, request };
  for (const [name, output] of Object.entries(one.described)) {
    for (const less of without(output)) yield { ...one, described: { ...one.described, [name]: less } };
  }
}

/** A value without one of its members or elements, at any depth; the largest parts first. */
function* without<T extends Json>(value: T): Generator<T> {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const i of value.keys()) yield value.toSpliced(i, 1) as unknown as T;
    for (const [i, element] of value.entries()) {
      for (const less of without(element as Json)) yield value.with(i, less) as unknown as T;
    }
    return;
  }
  for (const name of Object.keys(value)) {
    // A pipeline's step is invalid without these.
    if (name === "Name" || name === "Type") continue;
    const { [name]: _, ...rest } = value as JsonObject;
    yield rest as T;
  }
  for (const [name, member] of Object.entries(value as JsonObject)) {
    for (const less of without(member)) yield { ...(value as JsonObject), [name]: less } as T;
  }
}
