import { isObject, text } from "../../core/model/member.ts";
import type { Json, JsonObject } from "../../core/model/types.ts";

/** What a template declares and its resources may refer to. */
export interface Scope {
  readonly parameters: JsonObject;
  readonly resources: JsonObject;
}

export type Reference =
  | { readonly is: "value"; readonly value: Json }
  /** A key that the template makes: `name` stands for it, fit for a key's id or alias. */
  | { readonly is: "key"; readonly name: string; readonly written: string }
  | { readonly is: "doubt"; readonly written: string; readonly because: string };

/** What a reference, to an attribute or to the thing itself, gives as far as the template tells. */
export function referenceTo(name: string, attribute: string | undefined, { parameters, resources }: Scope): Reference {
  const written = attribute === undefined ? `!Ref ${name}` : `!GetAtt ${name}.${attribute}`;
  const doubt = (because: string): Reference => ({ is: "doubt", written, because: `${written}: ${because}` });
  if (name === "AWS::NoValue") return doubt("whether anything stands here is worked out on deployment");
  if (attribute === undefined && Object.hasOwn(parameters, name)) {
    return defaultOf(parameters[name] ?? null, doubt);
  }
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return (isObject(resource) ? keyOf(name, resource, attribute, written) : undefined) ?? doubt("known once deployed");
}

function defaultOf(parameter: Json, doubt: (because: string) => Reference): Reference {
  const type = text(parameter, "Type") ?? "String";
  if (type.startsWith("AWS::SSM::")) return doubt("read from Parameter Store on deployment");
  if (type === "CommaDelimitedList" || type.startsWith("List<")) return doubt("a list that is given on deployment");
  const value = isObject(parameter) && Object.hasOwn(parameter, "Default") ? parameter.Default : undefined;
  if (value === undefined || value === null || typeof value === "object") return doubt("a parameter without a default");
  return { is: "value", value };
}

/** Return values: CloudFormation's pages of AWS::KMS::Key, AWS::KMS::ReplicaKey and AWS::KMS::Alias. */
const KEY_ATTRIBUTES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "AWS::KMS::Key": [undefined, "Arn", "KeyId"],
  "AWS::KMS::ReplicaKey": [undefined, "Arn", "KeyId"],
  "AWS::KMS::Alias": [undefined],
};

function keyOf(
  name: string,
  resource: JsonObject,
  attribute: string | undefined,
  written: string,
): Reference | undefined {
  const type = text(resource, "Type") ?? "";
  if (!Object.hasOwn(KEY_ATTRIBUTES, type) || !KEY_ATTRIBUTES[type]?.includes(attribute)) return undefined;
  // An alias that is written out can be held against the policy's lists.
  const alias = type === "AWS::KMS::Alias" ? text(resource.Properties, "AliasName") : undefined;
  return alias === undefined
    ? { is: "key", name: `key-of-this-template-${name.replace(/[^\w-]/g, "-").slice(0, 64)}`, written }
    : { is: "key", name: alias, written: alias };
}
