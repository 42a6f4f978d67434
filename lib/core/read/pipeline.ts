import { operation } from "../../catalogue/find-operation.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";
import { defined } from "../model/defined.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isBlank, isObject, knownStart, member, scalar, text, unresolved } from "../model/member.ts";
import { parseJson } from "../model/parse-json.ts";
import { collect, first, pathOf } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";

/** A step of a pipeline that makes an API call, with the request of that call. */
export interface PipelineStep {
  /** The start of its settings' paths, such as `Steps[Train].Arguments`. */
  readonly at: string;
  readonly operation: Operation;
  readonly request: JsonObject;
}

export type Definition =
  | { readonly is: "steps"; readonly steps: readonly PipelineStep[]; readonly unreadable?: Reason }
  | { readonly is: "unreadable"; readonly reason: Reason };

/**
 * The operation that each type of step calls. The step's arguments are the request (Pipelines definition JSON schema).
 */
const CALLS: Readonly<Record<string, string>> = {
  AutoML: "CreateAutoMLJob",
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

/** Types of step that make no SageMaker call with a key: they branch, end, or call another service. */
const WITHOUT_KEYS = ["Callback", "Condition", "EMR", "EMRServerless", "Endpoint", "Fail", "Lambda"];

/** Well above SageMaker's own limit of 50 steps in a pipeline (Service Quotas). */
const MAX_STEPS = 200;
const MAX_DEPTH = 40;
/** Well above the 2,048 characters of the longest URI, name or key (KMS and SageMaker API Reference). */
const MAX_JOINED = 4_096;

/**
 * Reads the calls that the steps of a pipeline's definition (JSON text) would make, and resolves their expressions.
 * `parameters`: the values of an execution, which override the definition's defaults. `selected`: the names of the
 * steps in a selective execution; empty for all. Never throws; `unreadable` has the reason.
 */
export function readDefinition(
  definition: string,
  parameters: ReadonlyMap<string, Json>,
  selected: ReadonlySet<string>,
): Definition {
  let document: Json;
  try {
    document = parseJson(definition) as Json;
  } catch {
    return { is: "unreadable", reason: { code: "definition-not-json" } };
  }
  const steps = member(document, "Steps");
  if (!Array.isArray(steps)) return { is: "unreadable", reason: { code: "definition-without-steps" } };
  const all = flatten(steps, "", 0);
  if (all === undefined || all.length > MAX_STEPS) {
    return { is: "unreadable", reason: { code: "definition-too-large", maxSteps: MAX_STEPS } };
  }
  const values = new Map([...defaultsOf(document), ...parameters]);
  const chosen = selected.size === 0 ? all : all.filter(({ name }) => selected.has(name));
  return stepsOf(chosen, values);
}

interface RawStep {
  readonly name: string;
  readonly type: string;
  readonly at: string;
  readonly value: Json;
}

/** All steps, with those inside conditions. `undefined` if there are too many. */
function flatten(steps: readonly Json[], above: string, depth: number): RawStep[] | undefined {
  if (depth > MAX_DEPTH || steps.length > MAX_STEPS) return undefined;
  const found: RawStep[] = [];
  for (const value of steps) {
    const name = (text(value, "Name") ?? "?").replace(/[^\w-]/g, "_").slice(0, 64);
    const at = `${above}Steps[${name}].Arguments`;
    found.push({ name, type: text(value, "Type") ?? "", at, value });
    for (const branch of ["If", "Else"]) {
      const inner = first(value, pathOf(`Arguments.${branch}Steps`));
      if (!Array.isArray(inner)) continue;
      const within = flatten(inner, `${at}.${branch}`, depth + 1);
      if (within === undefined || found.length + within.length > MAX_STEPS) return undefined;
      found.push(...within);
    }
  }
  return found;
}

function stepsOf(raw: readonly RawStep[], values: ReadonlyMap<string, Json>): Definition {
  const steps: PipelineStep[] = [];
  let unreadable: Reason | undefined;
  for (const { name, type, at, value } of raw) {
    const row = Object.hasOwn(CALLS, type) ? operation(CALLS[type] ?? "") : undefined;
    const resolved = resolve(member(value, "Arguments") ?? {}, values, 0);
    if (row && isObject(resolved)) steps.push({ at, operation: row, request: resolved });
    else if (!WITHOUT_KEYS.includes(type))
      unreadable ??= { code: "step-type-unknown", step: name, type: type.slice(0, 64) };
  }
  return { is: "steps", steps, ...defined({ unreadable }) };
}

function defaultsOf(document: Json): [string, Json][] {
  return collect(document, "Parameters[]").flatMap(({ value }) => {
    const name = text(value, "Name");
    const given = member(value, "DefaultValue");
    return name === undefined || given === undefined ? [] : [[name, given] as [string, Json]];
  });
}

/** Replaces expressions by the values of parameters (Developer Guide, "Pipeline parameters", "Property references"). */
function resolve(value: Json, values: ReadonlyMap<string, Json>, depth: number): Json {
  if (depth > MAX_DEPTH) return unresolved(`an expression nested more than ${MAX_DEPTH} deep`);
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

/** Joins values. If one is unresolved, the text before it is still known: it may name the bucket. */
function join(node: Json, values: ReadonlyMap<string, Json>, depth: number): Json {
  const given = member(node, "Values");
  const separator = resolve(member(node, "On") ?? "", values, depth + 1);
  if (!Array.isArray(given)) return unresolved("Std:Join");
  let joined = "";
  for (const value of given) {
    if (isBlank(value)) continue;
    if (joined !== "" && typeof separator === "object") return unresolved("Std:Join", joined);
    const start = joined === "" ? "" : joined + scalar(separator);
    const part = resolve(value, values, depth + 1);
    if (typeof part === "object") return unresolved("Std:Join", start + (knownStart(part) ?? ""));
    joined = start + scalar(part);
    if (joined.length > MAX_JOINED) return unresolved(`a Std:Join of more than ${MAX_JOINED} characters`);
  }
  return joined;
}
