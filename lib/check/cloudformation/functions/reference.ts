import type { JsonObject } from "../../../core/model/json.ts";
import { isObject, text } from "../../../core/model/member.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import { ANY_OTHER, isListType } from "../combinations/domains.ts";
import { textOf } from "../combinations/scope.ts";
import type { Evaluation } from "./evaluation.ts";
import { type OwnKey, unresolved, type Value } from "./value.ts";

/** Resolves `!GetAtt name.attribute`, or `!Ref name` if `attribute` is undefined. */
export function resolveReference(
  name: string,
  attribute: string | undefined,
  at: DocumentPath,
  evaluation: Evaluation,
): Value {
  const { parameters, resources } = evaluation.scope;
  const expression = attribute === undefined ? `!Ref ${name}` : `!GetAtt ${name}.${attribute}`;
  if (attribute === undefined) {
    if (name === "AWS::NoValue") return { is: "absent", at };
    const picked = pickedValue(name, expression, at, evaluation);
    if (picked) return picked;
    if (Object.hasOwn(parameters, name)) return parameterValue(name, expression, at, evaluation);
  }
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  const key = isObject(resource) ? ownKey(name, resource, attribute, expression, at, evaluation) : undefined;
  if (key) return { is: "scalar", at, value: key.name, keys: [key] };
  return unresolved(at, expression, { code: "reference-open", expression });
}

/** The value of a parameter for this run, if it is one that can have several. */
function pickedValue(name: string, expression: string, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  const domain = evaluation.domains.get(name);
  if (domain === undefined) return undefined;
  // Without a pick, a value is known only if it is the only one.
  const value = evaluation.pick?.(`value ${name}`, domain) ?? (domain.length === 1 ? domain[0] : ANY_OTHER);
  if (value !== ANY_OTHER) {
    evaluation.usedParameters.set(name, { parameter: name, is: value });
    return { is: "scalar", at, value };
  }
  const noneOf = evaluation.pick ? domain.flatMap((one) => (one === ANY_OTHER ? [] : [one])) : [];
  if (noneOf.length > 0) evaluation.usedParameters.set(name, { parameter: name, isNot: noneOf });
  const hasDefault = text(evaluation.scope.parameters[name], "Default") !== undefined;
  return { ...unresolved(at, expression, { code: hasDefault ? "parameter-other" : "parameter-open", name }), noneOf };
}

function parameterValue(name: string, expression: string, at: DocumentPath, { scope }: Evaluation): Value {
  const parameter = scope.parameters[name];
  const type = text(parameter, "Type") ?? "String";
  if (type.startsWith("AWS::SSM::")) return unresolved(at, expression, { code: "parameter-stored", name });
  const byDefault = isObject(parameter) && Object.hasOwn(parameter, "Default") ? parameter.Default : undefined;
  const value = scope.given?.values.get(name) ?? byDefault;
  const written = textOf(value);
  if (value === undefined || written === undefined) return unresolved(at, expression, { code: "parameter-open", name });
  if (!isListType(type)) return { is: "scalar", at, value: value as string | number | boolean };
  const elements = written.split(",").map((one): Value => ({ is: "scalar", at, value: one.trim() }));
  return { is: "list", at, elements };
}

/**
 * The attributes that return a key; `undefined` means `!Ref`. Source: CloudFormation's pages of these types, "Return
 * values".
 */
const KEY_ATTRIBUTES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "AWS::KMS::Key": [undefined, "Arn", "KeyId"],
  "AWS::KMS::ReplicaKey": [undefined, "Arn", "KeyId"],
  "AWS::KMS::Alias": [undefined],
};

function ownKey(
  name: string,
  resource: JsonObject,
  attribute: string | undefined,
  written: string,
  at: DocumentPath,
  evaluation: Evaluation,
): OwnKey | undefined {
  const type = text(resource, "Type") ?? "";
  if (!Object.hasOwn(KEY_ATTRIBUTES, type) || !KEY_ATTRIBUTES[type]?.includes(attribute)) return undefined;
  // The policy's lists may name this alias, so the request gets its real name.
  const alias = type === "AWS::KMS::Alias" ? aliasName(name, resource, at, evaluation) : undefined;
  if (alias !== undefined) return { name: alias, written: alias };
  return { name: `key-of-this-template-${name.replace(/[^\w-]/g, "-").slice(0, 64)}`, written };
}

/** The name of an alias that the template creates; undefined if it is not known, or depends on itself. */
function aliasName(
  id: string,
  { Properties }: JsonObject,
  at: DocumentPath,
  evaluation: Evaluation,
): string | undefined {
  const name = isObject(Properties) ? Properties.AliasName : undefined;
  if (name === undefined || evaluation.aliases.has(id)) return evaluation.aliases.get(id);
  evaluation.aliases.set(id, undefined);
  const value = evaluation.evaluate(name, at, evaluation);
  const known = value.is === "scalar" && typeof value.value === "string" ? value.value : undefined;
  evaluation.aliases.set(id, known);
  return known;
}
