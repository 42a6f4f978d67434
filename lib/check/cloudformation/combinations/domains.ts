import { EBS_ONLY, LOCAL_STORAGE } from "../../../catalogue/instance-families.ts";
import type { JsonObject } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import { type TemplateScope, textOf } from "./scope.ts";
import { type Uses, usesIn } from "./uses.ts";

/** Any value but those that the template names. */
export const ANY_OTHER: unique symbol = Symbol("any other value");

type Value = string | typeof ANY_OTHER;

export type Possible = readonly [Value, ...Value[]];

/** The values that a parameter or pseudo parameter can have, for those that are not taken by their default. */
export type Domains = ReadonlyMap<string, Possible>;

/**
 * The possible values of the parameters on which a resource depends: those that its conditions compare, those that choose
 * in a mapping, and those with `AllowedValues` and without a default or as an instance type. A parameter that a file gives
 * has no domain: it has that value.
 */
export function domainsOf(resource: JsonObject, scope: TemplateScope): Domains {
  const uses = usesIn(resource, scope);
  const names = new Set([...uses.compared.keys(), ...uses.mapKeys.keys(), ...uses.references.keys()]);
  const domains = [...names].flatMap((name) => {
    const [first, ...more] = possibleValues(name, uses, scope);
    return first === undefined ? [] : [[name, [first, ...more]] as [string, Possible]];
  });
  return new Map(domains);
}

function possibleValues(name: string, uses: Uses, scope: TemplateScope): readonly Value[] {
  const isPseudo = name.startsWith("AWS::");
  const parameter = Object.hasOwn(scope.parameters, name) ? scope.parameters[name] : undefined;
  if (!isPseudo && (!isObject(parameter) || !isPlain(parameter))) return [];
  const byDefault = isObject(parameter) ? textOf(parameter.Default) : undefined;
  if (!isPseudo && scope.given && (scope.given.values.has(name) || byDefault !== undefined)) return [];
  const compared = uses.compared.get(name);
  const keys = uses.mapKeys.get(name);
  const allowed = isObject(parameter) && Array.isArray(parameter.AllowedValues) ? parameter.AllowedValues : [];
  if (allowed.length > 0) {
    const isOpen = compared !== undefined || byDefault === undefined || uses.references.get(name) === "instance-type";
    return isOpen ? distinct(unique([byDefault, ...allowed.map(textOf)]), name, uses) : [];
  }
  if (compared) {
    const named = unique([byDefault, ...compared, ...(keys ?? [])]);
    return distinct(keys ? named : [...named, ANY_OTHER], name, uses);
  }
  return byDefault === undefined && keys ? [...keys] : [];
}

/** One value of those between which nothing makes a difference: each more would multiply the combinations. */
function distinct(values: readonly Value[], name: string, uses: Uses): readonly Value[] {
  if (uses.values.has(name) || uses.mixed.has(name) || uses.mapKeys.has(name)) return values;
  const compared = uses.compared.get(name);
  const isType = uses.references.get(name) === "instance-type";
  const sortOf = (value: Value): Value => {
    if (value === ANY_OTHER) return isType ? value : "any other";
    if (compared?.has(value)) return `value ${value}`;
    return isType ? `storage ${storageOf(value)}` : "any other";
  };
  const sorts = new Map<Value, Value>();
  for (const value of values) if (!sorts.has(sortOf(value))) sorts.set(sortOf(value), value);
  return [...sorts.values()];
}

const local: ReadonlySet<string> = new Set(LOCAL_STORAGE);
const volumes: ReadonlySet<string> = new Set(EBS_ONLY);

/** The verdict on a volume's key depends on no more than this of an instance type, if its family is known. */
function storageOf(type: string): string {
  const family = /^ml\.([^.]+)\./.exec(type)?.[1] ?? type;
  return local.has(family) ? "local" : volumes.has(family) ? "volumes" : type;
}

/** A parameter whose value is one text that the deployment gives: not a list, and not from Parameter Store. */
export const isPlain = (parameter: JsonObject): boolean => {
  const type = textOf(parameter.Type) ?? "String";
  return !type.startsWith("AWS::SSM::") && !isListType(type);
};

export const isListType = (type: string): boolean => type === "CommaDelimitedList" || type.startsWith("List<");

const unique = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];
