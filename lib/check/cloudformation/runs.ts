import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { Circumstance } from "../model/subject.ts";
import { everyChoice, type Pick } from "./combinations/choices.ts";
import { type Domains, domainsOf } from "./combinations/domains.ts";
import type { TemplateScope } from "./combinations/scope.ts";
import { decideFor } from "./functions/conditions.ts";
import { evaluate } from "./functions/evaluate.ts";
import type { Evaluation } from "./functions/evaluation.ts";
import type { Value } from "./functions/value.ts";
import { relevantProperties } from "./relevant.ts";

/** A resource's properties in one combination of the template's conditions and parameters. */
export interface Run {
  readonly under: readonly Circumstance[];
  readonly properties: Value;
  /** CloudFormation cannot resolve a function, so no deployment is like this one. */
  readonly fails: boolean;
}

/** More combinations than this tell a reader nothing: then what depends on a condition stays unresolved. */
const MAX_RUNS = 256;
/** The parts of a resource times its combinations: about a second of work. */
const MAX_WORK = 1_000_000;
/** All combinations of a template's resources: a few seconds of work. CloudFormation takes 500 resources at most. */
const MAX_RUNS_OF_ALL = 20_000;

/** The combinations of one resource, where a template has so many of them. */
export const shareOf = (resources: number): number =>
  Math.max(8, Math.min(MAX_RUNS, Math.floor(MAX_RUNS_OF_ALL / Math.max(1, resources))));

/**
 * Evaluates the properties of a resource in every combination that can occur in which the resource is created. None if its
 * condition is never true. `operation`: the only properties that count are those that its settings depend on.
 */
export function runsOf(
  resource: JsonObject,
  operation: string | undefined,
  at: DocumentPath,
  scope: TemplateScope,
  share: number,
): Run[] {
  const { Condition, Properties = {} } = resource;
  const part = {
    Condition: Condition ?? null,
    Properties: operation === undefined ? Properties : relevantProperties(Properties, operation),
  };
  const domains = domainsOf(part, scope);
  const max = Math.max(1, Math.min(share, Math.floor(MAX_WORK / sizeOf(part))));
  const run = (pick: Pick | undefined) => runOnce(part, at, scope, domains, pick);
  const runs = (everyChoice(run, max) ?? [run(undefined)]).filter((one) => one !== undefined);
  const deployed = runs.filter(({ fails }) => !fails);
  return deployed.length > 0 ? deployed : runs;
}

function runOnce(
  { Condition = null, Properties = {} }: JsonObject,
  at: DocumentPath,
  scope: TemplateScope,
  domains: Domains,
  pick: Pick | undefined,
): Run | undefined {
  const evaluation = newEvaluation(scope, domains, pick);
  if (typeof Condition === "string" && decideFor(Condition, evaluation) === false) return undefined;
  const properties = evaluate(Properties, [...at, "Properties"], evaluation);
  const { usedConditions, usedParameters, failures } = evaluation;
  const file: Circumstance[] = scope.given ? [{ parameters: scope.given.file }] : [];
  return {
    under: [...file, ...usedConditions.values(), ...usedParameters.values()],
    properties,
    fails: failures.size > 0,
  };
}

const newEvaluation = (scope: TemplateScope, domains: Domains, pick: Pick | undefined): Evaluation => ({
  scope,
  domains,
  pick,
  conditions: new Map(),
  deciding: new Set(),
  usedConditions: new Map(),
  usedParameters: new Map(),
  aliases: new Map(),
  failures: new Set(),
  evaluate,
});

/** The number of members and elements. */
function sizeOf(node: Json): number {
  const inner = isObject(node) ? Object.values(node) : Array.isArray(node) ? node : [];
  return inner.reduce<number>((size, one) => size + sizeOf(one), 1);
}
