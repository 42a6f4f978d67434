import type { JsonObject } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import { type TemplateScope, textOf } from "./scope.ts";
import { type Uses, usesIn } from "./uses.ts";

/** Any value but those that the template names. */
export const ANY_OTHER: unique symbol = Symbol("any other value");

export type Possible = readonly [string | typeof ANY_OTHER, ...(string | typeof ANY_OTHER)[]];

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

function possibleValues(name: string, uses: Uses, scope: TemplateScope): readonly (string | typeof ANY_OTHER)[] {
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
    return isOpen ? unique([byDefault, ...allowed.map(textOf)]) : [];
  }
  if (compared) {
    const named = unique([byDefault, ...compared, ...(keys ?? [])]);
    return keys ? named : [...named, ANY_OTHER];
  }
  return byDefault === undefined && keys ? [...keys] : [];
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
