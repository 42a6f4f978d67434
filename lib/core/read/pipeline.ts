import { operation } from "../../catalogue/find-operation.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";
import { collect, isObject, member, scalar, text, unresolved } from "../model/member.ts";
import type { Json, JsonObject } from "../model/types.ts";

/** One step of a pipeline that makes an API call of its own. */
export interface Step {
  /** Such as `Steps[Train].Arguments`, before the paths of its settings. */
  readonly at: string;
  readonly operation: Operation;
  readonly request: JsonObject;
}

export type Definition =
  | { readonly is: "steps"; readonly steps: readonly Step[]; readonly open?: string }
  | { readonly is: "unreadable"; readonly because: string };

/** What a step of each type calls (Pipelines definition JSON schema); its arguments are that operation's request. */
const CALLS: Readonly<Record<string, string>> = {
  AutoML: "CreateAutoMLJobV2",
  ClarifyCheck: "CreateProcessingJob",
  EndpointConfig: "CreateEndpointConfig",
  Model: "CreateModel",
  Processing: "CreateProcessingJob",
  QualityCheck: "CreateProcessingJob",
  RegisterModel: "CreateModelPackage",
  Training: "CreateTrainingJob",
  Transform: "CreateTransformJob",
  Tuning: "CreateHyperParameterTuningJob",
};

/** Steps that store nothing under a key of SageMaker's: they decide, end, or hand over to another service. */
const WITHOUT_KEYS = ["Callback", "Condition", "EMR", "EMRServerless", "Endpoint", "Fail", "Lambda"];

/** A pipeline has 50 steps at most (Service Quotas); what is far beyond is not one that SageMaker would take. */
const MAX_STEPS = 200;
const MAX_DEPTH = 40;

/**
 * Reads a pipeline's definition: the calls that its steps would make, expressions resolved as far as parameters tell.
 * `parameters` are an execution's, before the definition's defaults; `selected` are the steps of a selective execution.
 */
export function readDefinition(
  definition: string,
  parameters: ReadonlyMap<string, Json>,
  selected: readonly string[],
): Definition {
  let document: Json;
  try {
    document = JSON.parse(definition);
  } catch {
    return { is: "unreadable", because: "the pipeline's definition is not JSON" };
  }
  const steps = member(document, "Steps");
  if (!Array.isArray(steps)) return { is: "unreadable", because: "the pipeline's definition has no Steps" };
  const all = flatten(steps, "", 0);
  if (all === undefined || all.length > MAX_STEPS) {
    return { is: "unreadable", because: `the pipeline's definition has over ${MAX_STEPS} steps, or nests too deep` };
  }
  const values = new Map([...defaultsOf(document), ...parameters]);
  const chosen = selected.length === 0 ? all : all.filter(({ name }) => selected.includes(name));
  return stepsOf(chosen, values);
}

interface Raw {
  readonly name: string;
  readonly type: string;
  readonly at: string;
  readonly value: Json;
}

/** All steps, those within conditions too. */
function flatten(steps: readonly Json[], above: string, depth: number): Raw[] | undefined {
  if (depth > MAX_DEPTH || steps.length > MAX_STEPS) return undefined;
  const found: Raw[] = [];
  for (const value of steps) {
    const name = (text(value, "Name") ?? "?").replace(/[^\w-]/g, "_").slice(0, 64);
    const at = `${above}Steps[${name}].Arguments`;
    found.push({ name, type: text(value, "Type") ?? "", at, value });
    for (const branch of ["If", "Else"]) {
      const inner = collect(value, `Arguments.${branch}Steps`)[0]?.value;
      if (!Array.isArray(inner)) continue;
      const within = flatten(inner, `${at}.${branch}`, depth + 1);
      if (within === undefined || found.length + within.length > MAX_STEPS) return undefined;
      found.push(...within);
    }
  }
  return found;
}

function stepsOf(raw: readonly Raw[], values: ReadonlyMap<string, Json>): Definition {
  const steps: Step[] = [];
  let open: string | undefined;
  for (const { name, type, at, value } of raw) {
    const row = Object.hasOwn(CALLS, type) ? operation(CALLS[type] ?? "") : undefined;
    const resolved = resolve(member(value, "Arguments") ?? {}, values, 0);
    if (row && isObject(resolved)) steps.push({ at, operation: row, request: resolved });
    else if (!WITHOUT_KEYS.includes(type)) open ??= `the step ${name} is of a type that is not known (${type})`;
  }
  return { is: "steps", steps, ...(open === undefined ? {} : { open }) };
}

function defaultsOf(document: Json): [string, Json][] {
  return collect(document, "Parameters[]").flatMap(({ value }) => {
    const name = text(value, "Name");
    const given = member(value, "DefaultValue");
    return name === undefined || given === undefined ? [] : [[name, given] as [string, Json]];
  });
}

/** Puts values for expressions where parameters tell them (Developer Guide, "Pipeline parameters", "Property references"). */
function resolve(value: Json, values: ReadonlyMap<string, Json>, depth: number): Json {
  if (depth > MAX_DEPTH) return unresolved("what is nested too deep");
  if (Array.isArray(value)) return value.map((element: Json) => resolve(element, values, depth + 1));
  if (!isObject(value)) return value;
  const members = Object.keys(value);
  if (members.length === 1 && Object.hasOwn(value, "Get")) return get(scalar(value.Get), values);
  if (members.length === 1 && Object.hasOwn(value, "Std:Join")) return join(value["Std:Join"] ?? null, values, depth);
  if (members.length === 1 && members[0]?.startsWith("Std:")) return unresolved(members[0]);
  return Object.fromEntries(members.map((name) => [name, resolve(value[name] ?? null, values, depth + 1)]));
}

function get(reference: string, values: ReadonlyMap<string, Json>): Json {
  const name = /^Parameters\.(.+)$/.exec(reference)?.[1];
  const value = name === undefined ? undefined : values.get(name);
  return value === undefined || isObject(value) || Array.isArray(value)
    ? unresolved(`{"Get": "${reference.slice(0, 100)}"}`)
    : value;
}

function join(node: Json, values: ReadonlyMap<string, Json>, depth: number): Json {
  const parts = collect(node, "Values[]").map(({ value }) => resolve(value, values, depth + 1));
  const open = parts.find((part) => typeof part === "object");
  return open === undefined ? parts.map(scalar).join(scalar(member(node, "On") ?? "")) : unresolved("Std:Join");
}
