import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { UnresolvedPlace } from "../model/subject.ts";
import { type Resolution, resolveReference, type TemplateScope, type UnresolvedExpression } from "./reference.ts";

/** The properties of a resource, with their functions replaced. */
export interface ResolvedProperties {
  readonly value: Json;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /** The template's keys in the value: the name that the value has for each, with the template's text for it. */
  readonly ownKeys: ReadonlyMap<string, string>;
}

interface Context {
  readonly scope: TemplateScope;
  readonly unresolvedPlaces: UnresolvedPlace[];
  readonly ownKeys: Map<string, string>;
}

/**
 * Resolves the functions of a template that have a known value: a parameter with a default, `Fn::Sub` of known values,
 * and a key of the template, for which the value gets a name. Any other function is replaced by its text, and its path
 * becomes an unresolved place.
 */
export function resolve(properties: Json, scope: TemplateScope): ResolvedProperties {
  const context: Context = { scope, unresolvedPlaces: [], ownKeys: new Map() };
  const value = resolveNode(properties, "", context);
  return { value, unresolvedPlaces: context.unresolvedPlaces, ownKeys: context.ownKeys };
}

function resolveNode(node: Json, path: string, context: Context): Json {
  if (Array.isArray(node)) {
    return node.map((element: Json, i) => resolveNode(element, `${path}[${i}]`, context));
  }
  if (!isObject(node)) return node;
  const name = functionIn(node);
  if (name !== undefined) return replaceFunction(name, node[name] ?? null, path, context);
  return Object.fromEntries(
    Object.entries(node).map(([member, value]) => [
      member,
      resolveNode(value, path === "" ? member : `${path}.${member}`, context),
    ]),
  );
}

/** The function of a node, if it is one. Other members may stand beside a function, from a transform or a loop. */
function functionIn(node: JsonObject): string | undefined {
  const names = Object.keys(node);
  if (names.length === 1 && (names[0] === "Ref" || names[0] === "Condition")) return names[0];
  return names.find((name) => name.startsWith("Fn::"));
}

/** The value that replaces a function in the request. A key or an unresolved place is added to the context. */
function replaceFunction(name: string, argument: Json, path: string, context: Context): Json {
  if (name === "Fn::Sub") return replaceSub(argument, path, context);
  const resolution = resolveFunction(name, argument, context.scope);
  switch (resolution.is) {
    case "value":
      return resolution.value;
    case "own-key":
      context.ownKeys.set(resolution.name, resolution.written);
      return resolution.name;
    case "unresolved":
      return leaveUnresolved(resolution, resolution.expression, path, context);
    default:
      return resolution satisfies never;
  }
}

function resolveFunction(name: string, argument: Json, scope: TemplateScope): Resolution {
  if (name === "Ref" && typeof argument === "string") return resolveReference(argument, undefined, scope);
  if (name === "Fn::GetAtt") {
    const parts = typeof argument === "string" ? argument.split(".") : argument;
    if (Array.isArray(parts) && parts.every((part) => typeof part === "string")) {
      return resolveReference(parts[0] ?? "", parts.slice(1).join("."), scope);
    }
  }
  const short = name.replace(/^Fn::/, "").replace(/::.*/, "");
  return { is: "unresolved", expression: `!${short}`, reason: unresolvedReason(short, argument) };
}

/** The reason why a function has no value before the deployment. `name`: its short name. */
function unresolvedReason(name: string, argument: Json): Reason {
  const first = Array.isArray(argument) ? argument[0] : argument;
  const written = typeof first === "string" ? first : null;
  if (name === "If") return { code: "conditional", condition: written };
  if (name === "ImportValue") return { code: "import-open", export: written };
  return { code: "intrinsic-open", function: name };
}

function leaveUnresolved(
  { expression, reason }: UnresolvedExpression,
  text: string,
  path: string,
  { unresolvedPlaces }: Context,
): Json {
  unresolvedPlaces.push({ path, expression, reason });
  return text;
}

/**
 * Replaces the known variables of `Fn::Sub`. An unknown one stays in the text, so the rest of a pipeline's definition
 * is read.
 */
function replaceSub(argument: Json, path: string, context: Context): Json {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== "string") {
    return leaveUnresolved(notText("!Sub"), "!Sub", path, context);
  }
  const variables = isObject(given) ? given : {};
  let firstUnresolved: UnresolvedExpression | undefined;
  const filled = template.replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    if (inner.startsWith("!")) return `\${${inner.slice(1)}}`;
    const variable = resolveVariable(inner.trim(), variables, context);
    if (variable.is === "own-key") context.ownKeys.set(variable.name, whole);
    if (variable.is === "own-key") return variable.name;
    if (variable.is === "value" && typeof variable.value !== "object") return String(variable.value);
    firstUnresolved ??= variable.is === "unresolved" ? variable : notText(whole);
    return whole;
  });
  return firstUnresolved ? leaveUnresolved(firstUnresolved, filled, path, context) : filled;
}

const notText = (expression: string): UnresolvedExpression => ({
  is: "unresolved",
  expression,
  reason: { code: "not-substitutable", expression },
});

function resolveVariable(name: string, variables: JsonObject, context: Context): Resolution {
  if (Object.hasOwn(variables, name)) {
    const inner: Context = { ...context, unresolvedPlaces: [] };
    const value = resolveNode(variables[name] ?? null, "", inner);
    const [first] = inner.unresolvedPlaces;
    return first ? { is: "unresolved", expression: first.expression, reason: first.reason } : { is: "value", value };
  }
  const dot = name.indexOf(".");
  return dot < 0
    ? resolveReference(name, undefined, context.scope)
    : resolveReference(name.slice(0, dot), name.slice(dot + 1), context.scope);
}
