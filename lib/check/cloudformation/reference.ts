import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import type { Reason } from "../../core/model/reason.ts";

/** The parts of a template to which its resources can refer. */
export interface TemplateScope {
  readonly parameters: JsonObject;
  readonly resources: JsonObject;
}

/** The result of a function or a reference: a value, a key of the template, or an unresolved expression. */
export type Resolution =
  | { readonly is: "value"; readonly value: Json }
  /** A key that the template creates. The request has `name` for it, in the form of a key id or an alias. */
  | { readonly is: "own-key"; readonly name: string; readonly written: string }
  | UnresolvedExpression;

/** A value that is not known before the deployment. */
export interface UnresolvedExpression {
  readonly is: "unresolved";
  /** The function or reference, in YAML's short form. */
  readonly expression: string;
  readonly reason: Reason;
}

/** Resolves `!GetAtt name.attribute`, or `!Ref name` if `attribute` is undefined. */
export function resolveReference(
  name: string,
  attribute: string | undefined,
  { parameters, resources }: TemplateScope,
): Resolution {
  const expression = attribute === undefined ? `!Ref ${name}` : `!GetAtt ${name}.${attribute}`;
  if (name === "AWS::NoValue") return unresolved(expression, { code: "no-value" });
  if (attribute === undefined && Object.hasOwn(parameters, name)) {
    return resolveParameter(name, parameters[name] ?? null, expression);
  }
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  const key = isObject(resource) ? ownKey(name, resource, attribute, expression) : undefined;
  return key ?? unresolved(expression, { code: "reference-open", expression });
}

const unresolved = (expression: string, reason: Reason): UnresolvedExpression => ({
  is: "unresolved",
  expression,
  reason,
});

function resolveParameter(name: string, parameter: Json, expression: string): Resolution {
  const type = text(parameter, "Type") ?? "String";
  if (type.startsWith("AWS::SSM::")) return unresolved(expression, { code: "parameter-stored", name });
  if (type === "CommaDelimitedList" || type.startsWith("List<")) {
    return unresolved(expression, { code: "parameter-list", name });
  }
  const value = isObject(parameter) && Object.hasOwn(parameter, "Default") ? parameter.Default : undefined;
  if (value === undefined || value === null || typeof value === "object") {
    return unresolved(expression, { code: "parameter-open", name });
  }
  return { is: "value", value };
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
  expression: string,
): Resolution | undefined {
  const type = text(resource, "Type") ?? "";
  if (!Object.hasOwn(KEY_ATTRIBUTES, type) || !KEY_ATTRIBUTES[type]?.includes(attribute)) return undefined;
  // The policy's lists may name this alias, so the request gets its real name.
  const alias = type === "AWS::KMS::Alias" ? text(resource.Properties, "AliasName") : undefined;
  if (alias !== undefined) return { is: "own-key", name: alias, written: alias };
  const keyName = `key-of-this-template-${name.replace(/[^\w-]/g, "-").slice(0, 64)}`;
  return { is: "own-key", name: keyName, written: expression };
}
