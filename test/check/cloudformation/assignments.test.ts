// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckedSetting } from "../../../lib/check/model/result.ts";
import type { Circumstance } from "../../../lib/check/model/subject.ts";
import type { Json, JsonObject } from "../../../lib/core/model/json.ts";
import { isObject } from "../../../lib/core/model/member.ts";
import { policyOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";
import { type Assignment, CannotDeploy, evaluatorOf, FRESH } from "./naive-evaluator.ts";
import { type RandomTemplate, randomTemplate, STAGES } from "./random-template.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/own"] } });

/** Every string in a node, with the references apart. */
function* nodesIn(node: Json): Generator<JsonObject> {
  for (const one of Array.isArray(node) ? node : isObject(node) ? Object.values(node) : []) yield* nodesIn(one);
  if (isObject(node)) yield node;
}

/** The resource with the conditions on which it depends. */
function relevant({ Resources, Conditions }: RandomTemplate): Json[] {
  const conditions = new Map<string, Json>();
  const add = (node: Json): void => {
    for (const one of nodesIn(node)) {
      const named = [one.Condition, Array.isArray(one["Fn::If"]) ? one["Fn::If"][0] : undefined];
      for (const name of named) {
        if (typeof name !== "string" || conditions.has(name)) continue;
        conditions.set(name, Conditions[name] as Json);
        add(Conditions[name] as Json);
      }
    }
  };
  add(Resources.R);
  return [...conditions.values()];
}

const refers = (node: Json, name: string): boolean =>
  [...nodesIn(node)].some((one) => one.Ref === name || JSON.stringify(one["Fn::Sub"] ?? "").includes(`\${${name}}`));

/** The values that a parameter is judged with. See `domainsOf`: one that no condition compares has its default. */
function candidates(template: RandomTemplate, name: string): string[] {
  const { Default, AllowedValues } = template.Parameters[name] ?? {};
  const conditions = relevant(template);
  const isCompared = conditions.some((one) => refers(one, name));
  if (Default !== undefined && !isCompared && name !== "T") return [Default];
  if (AllowedValues) return [...AllowedValues];
  const sides = [...nodesIn([...conditions])].flatMap(({ "Fn::Equals": both }) =>
    Array.isArray(both) && both.some((one) => isObject(one) && one.Ref === name)
      ? both.filter((one) => !isObject(one) || (typeof one.Ref === "string" && one.Ref !== name))
      : [],
  );
  const literals = sides.filter((one) => typeof one === "string");
  const maps = [template.Resources.R, ...conditions];
  const inMap = [...nodesIn(maps)].some((one) => one["Fn::FindInMap"] && refers(one["Fn::FindInMap"], name));
  const others = sides.some((one) => isObject(one)) ? [...STAGES, "qa", `${FRESH}both`] : [];
  const keys = inMap ? Object.keys(template.Mappings.Keys) : [...others, `${FRESH}${name}`];
  return [...new Set([...(Default === undefined ? [] : [Default]), ...literals, ...keys])];
}

function assignments(template: RandomTemplate): Assignment[] {
  return Object.keys(template.Parameters).reduce<Assignment[]>(
    (all, name) => all.flatMap((one) => candidates(template, name).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** A value that is not known is a reference to something outside. */
function withReferences(node: Json): Json {
  if (typeof node === "string") return node.includes(FRESH) ? { "Fn::Sub": `${node.split(FRESH)[0]}\${Free}` } : node;
  if (Array.isArray(node)) return node.map(withReferences);
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, withReferences(one)]));
}

const judge = (template: JsonObject) =>
  resourcesIn(template, { policy: POLICY })[0]?.settings.filter(({ is }) => is !== "not-applicable") ?? [];

const idOf = ({ path, protects }: CheckedSetting) => `${path} ${protects}`;
const verdictOf = ({ is, key }: CheckedSetting) => (is === "rejected" ? `${is} ${key}` : is);
const badness = (is: CheckedSetting["is"]) =>
  ["accepted", "undetermined", "missing", "rejected"].indexOf(is) + (is === "missing" ? 1 : 0);

interface Outcome {
  readonly assignment: Assignment;
  readonly settings: ReadonlyMap<string, CheckedSetting>;
  readonly holds: (one: Circumstance) => boolean;
}

function outcomes(template: RandomTemplate): Outcome[] {
  const judged = new Map<string, CheckedSetting[]>();
  const { Condition, Properties, Type } = template.Resources.R;
  return assignments(template).flatMap((assignment) => {
    try {
      const { isTrue, evaluate } = evaluatorOf(template as unknown as JsonObject, assignment);
      if (Condition !== undefined && !isTrue(Condition)) return [];
      // A condition that the resource does not depend on here may lack its key in a mapping.
      const is = (condition: string) => {
        try {
          return isTrue(condition);
        } catch (error) {
          if (error instanceof CannotDeploy) return undefined;
          throw error;
        }
      };
      const properties = withReferences(evaluate(Properties));
      const id = JSON.stringify(properties);
      const settings = judged.get(id) ?? judge({ Resources: { R: { Type, Properties: properties } } });
      judged.set(id, settings);
      const holds = (one: Circumstance) =>
        "condition" in one
          ? is(one.condition) === one.is
          : "isNot" in one
            ? !one.isNot.includes(assignment[one.parameter] ?? "")
            : "parameter" in one && assignment[one.parameter] === one.is;
      return [{ assignment, settings: new Map(settings.map((one) => [idOf(one), one])), holds }];
    } catch (error) {
      if (error instanceof CannotDeploy) return [];
      throw error;
    }
  });
}

/** What is wrong in the report of a template; empty if it says what holds. */
function faultsIn(template: RandomTemplate): string[] {
  const possible = outcomes(template);
  if (possible.length === 0) return [];
  const reported = judge(template as unknown as JsonObject);
  const ids = new Set([...possible.flatMap(({ settings }) => [...settings.keys()]), ...reported.map(idOf)]);
  return [...ids].flatMap((id) => {
    const shown = reported.filter((one) => idOf(one) === id);
    const worst = Math.max(0, ...possible.map(({ settings }) => badness(settings.get(id)?.is ?? "not-applicable")));
    const said = Math.max(0, ...shown.map(({ is }) => badness(is)));
    const wrong = worst === said ? [] : [`${id}: ${shown.map(({ is }) => is)}, but the worst is ${worst}`];
    return [...wrong, ...shown.flatMap((setting) => faultsOf(setting, possible))];
  });
}

function faultsOf(setting: CheckedSetting, possible: readonly Outcome[]): string[] {
  if (setting.is === "accepted") return [];
  const text = `${idOf(setting)} ${verdictOf(setting)} ${JSON.stringify(setting.under)}`;
  const under = possible.filter(({ holds }) => (setting.under ?? []).every(holds));
  const untrue = under.find(({ settings }) => {
    const one = settings.get(idOf(setting));
    return one === undefined || verdictOf(one) !== verdictOf(setting);
  });
  if (under.length === 0) return [`${text}: cannot occur`];
  return untrue ? [`${text}: not with ${JSON.stringify(untrue.assignment)}`] : [];
}

describe("a template with random conditions, parameters and functions", () => {
  const check = (runs: { numRuns: number; seed?: number }) =>
    fc.assert(
      fc.property(randomTemplate, (template) => {
        expect(faultsIn(template)).toEqual([]);
      }),
      runs,
    );

  it("is judged like the worst of its deployments, and says when", () => {
    check({ numRuns: Number(process.env.RUNS ?? 200), seed: Number(process.env.SEED ?? 13) });
  }, 600_000);
});
