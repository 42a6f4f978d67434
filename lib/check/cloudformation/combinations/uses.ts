import type { Json, JsonObject } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import { objectAt, type TemplateScope, textOf } from "./scope.ts";

/** The parameters on which a part of a template depends, pseudo parameters included. */
export interface Uses {
  /** What it refers to, also in the text of `Fn::Sub`. */
  readonly references: Map<string, "instance-type" | "other">;
  /** Those of it that are not only an instance type. */
  readonly values: Set<string>;
  /** The literals with which conditions compare a parameter. */
  readonly compared: Map<string, Set<string>>;
  /** Those of them that a condition compares with something else than a literal, or within another function. */
  readonly mixed: Set<string>;
  /** The keys among which a parameter chooses in a mapping. */
  readonly mapKeys: Map<string, Set<string>>;
}

interface Scan extends Uses {
  readonly scope: TemplateScope;
  readonly conditions: Set<string>;
}

/** Finds the parameters on which a resource depends, by itself or by its conditions. */
export function usesIn(resource: JsonObject, scope: TemplateScope): Uses {
  const scan: Scan = {
    references: new Map(),
    values: new Set(),
    compared: new Map(),
    mixed: new Set(),
    mapKeys: new Map(),
    conditions: new Set(),
    scope,
  };
  const { Condition, Properties = {} } = resource;
  if (typeof Condition === "string") scan.conditions.add(Condition);
  scanNode(Properties, "", scan);
  // A condition adds the conditions that it names to the set, and the loop goes on with them.
  for (const name of scan.conditions) {
    if (Object.hasOwn(scope.conditions, name)) scanCondition(scope.conditions[name] ?? null, scan);
  }
  return scan;
}

function scanNode(node: Json, member: string, scan: Scan): void {
  if (Array.isArray(node)) {
    for (const element of node) scanNode(element, member, scan);
    return;
  }
  if (!isObject(node)) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === "Ref" && typeof value === "string") refer(value, member, scan);
    else if (name === "Fn::Sub") scanSub(value, member, scan);
    else if (name === "Fn::If" && Array.isArray(value)) {
      if (typeof value[0] === "string") scan.conditions.add(value[0]);
      scanNode(value.slice(1), member, scan);
    } else {
      if (name === "Fn::FindInMap") scanMap(value, scan);
      scanNode(value, name.startsWith("Fn::") ? member : name, scan);
    }
  }
}

function refer(name: string, member: string, { references, values }: Scan): void {
  if (/InstanceTypes?$/.test(member)) {
    references.set(name, "instance-type");
    return;
  }
  values.add(name);
  if (!references.has(name)) references.set(name, "other");
}

function scanSub(argument: Json, member: string, scan: Scan): void {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== "string") return;
  for (const [, name = ""] of text.matchAll(/\$\{([^}!]+)\}/g)) refer(name.trim(), member, scan);
  scanNode(variables ?? null, member, scan);
}

/** The keys of the mapping that the template names, at the level where it refers to a parameter. */
function scanMap(argument: Json, { scope, mapKeys }: Scan): void {
  if (!Array.isArray(argument) || typeof argument[0] !== "string" || argument.length > 3) return;
  const mapping = objectAt(scope.mappings, argument[0]);
  const first = refIn(argument[1]);
  const second = refIn(argument[2]);
  if (first !== undefined) addAll(mapKeys, first, Object.keys(mapping));
  if (second !== undefined) addAll(mapKeys, second, Object.values(mapping).flatMap(keysOf));
}

function scanCondition(node: Json, scan: Scan): void {
  if (Array.isArray(node)) {
    for (const element of node) scanCondition(element, scan);
    return;
  }
  if (!isObject(node)) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === "Condition" && typeof value === "string") scan.conditions.add(value);
    else if (name === "Fn::Equals" && Array.isArray(value)) scanEquals(value, scan);
    else scanCondition(value, scan);
  }
}

function scanEquals(sides: readonly Json[], scan: Scan): void {
  const inner: Scan = { ...scan, references: new Map(), values: new Set() };
  scanNode([...sides], "", inner);
  const literals = sides.map(textOf).filter((text) => text !== undefined);
  const direct = sides.map(refIn);
  for (const name of inner.references.keys()) {
    addAll(scan.compared, name, direct.includes(name) ? literals : []);
    if (literals.length === 0 || !direct.includes(name)) scan.mixed.add(name);
  }
}

const refIn = (node: Json | undefined): string | undefined =>
  isObject(node) && typeof node.Ref === "string" ? node.Ref : undefined;

const keysOf = (node: Json): string[] => (isObject(node) ? Object.keys(node) : []);

function addAll(sets: Map<string, Set<string>>, name: string, values: readonly string[]): void {
  const set = sets.get(name) ?? new Set();
  for (const value of values) set.add(value);
  sets.set(name, set);
}
