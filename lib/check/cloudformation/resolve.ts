import { isObject } from "../../core/model/member.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { Json, JsonObject } from "../../core/model/types.ts";
import type { OpenPlace } from "../model/subject.ts";
import { type OpenExpression, type Resolution, resolveReference, type TemplateScope } from "./reference.ts";

export interface Resolved {
  readonly value: Json;
  readonly openPlaces: readonly OpenPlace[];
  /** The template's own keys that the value uses: the name that it holds for each, and the template's text. */
  readonly ownKeys: ReadonlyMap<string, string>;
}

interface Context {
  readonly scope: TemplateScope;
  readonly openPlaces: OpenPlace[];
  readonly ownKeys: Map<string, string>;
}

/**
 * Resolves the values that a template fixes: parameters with a default, `Fn::Sub` of known values, and its own keys, for
 * each of which the value holds a name. Every other function becomes its own text, and its path an open place.
 */
export function resolve(properties: Json, scope: TemplateScope): Resolved {
  const context: Context = { scope, openPlaces: [], ownKeys: new Map() };
  const value = resolveNode(properties, "", context);
  return { value, openPlaces: context.openPlaces, ownKeys: context.ownKeys };
}

function resolveNode(node: Json, path: string, context: Context): Json {
  if (Array.isArray(node)) {
    return node.map((element: Json, i) => resolveNode(element, `${path}[${i}]`, context));
  }
  if (!isObject(node)) return node;
  const name = functionIn(node);
  if (name !== undefined) return insertFunction(name, node[name] ?? null, path, context);
  return Object.fromEntries(
    Object.entries(node).map(([member, value]) => [
      member,
      resolveNode(value, path === "" ? member : `${path}.${member}`, context),
    ]),
  );
}

/** A function may have other members beside it: a transform adds to them, and a loop makes more of them. */
function functionIn(node: JsonObject): string | undefined {
  const names = Object.keys(node);
  if (names.length === 1 && (names[0] === "Ref" || names[0] === "Condition")) return names[0];
  return names.find((name) => name.startsWith("Fn::"));
}

/** The value for a function in the request; its key or its open place goes into the context. */
function insertFunction(name: string, argument: Json, path: string, context: Context): Json {
  if (name === "Fn::Sub") return insertSub(argument, path, context);
  const resolution = resolveFunction(name, argument, context.scope);
  switch (resolution.is) {
    case "value":
      return resolution.value;
    case "own-key":
      context.ownKeys.set(resolution.name, resolution.written);
      return resolution.name;
    case "open":
      return leaveOpen(resolution, resolution.expression, path, context);
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
  return { is: "open", expression: `!${short}`, reason: openReason(short, argument) };
}

/** Why a function, by its short name, has no value before deployment. */
function openReason(name: string, argument: Json): Reason {
  const first = Array.isArray(argument) ? argument[0] : argument;
  const written = typeof first === "string" ? first : null;
  if (name === "If") return { code: "conditional", condition: written };
  if (name === "ImportValue") return { code: "import-open", export: written };
  return { code: "intrinsic-open", function: name };
}

function leaveOpen({ expression, reason }: OpenExpression, text: string, path: string, { openPlaces }: Context): Json {
  openPlaces.push({ path, expression, reason });
  return text;
}

/** A variable that is not known stays in the text, so that the rest of a pipeline's definition is still read. */
function insertSub(argument: Json, path: string, context: Context): Json {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== "string") {
    return leaveOpen(notText("!Sub"), "!Sub", path, context);
  }
  const variables = isObject(given) ? given : {};
  let firstOpen: OpenExpression | undefined;
  const filled = template.replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    if (inner.startsWith("!")) return `\${${inner.slice(1)}}`;
    const variable = resolveVariable(inner.trim(), variables, context);
    if (variable.is === "own-key") context.ownKeys.set(variable.name, whole);
    if (variable.is === "own-key") return variable.name;
    if (variable.is === "value" && typeof variable.value !== "object") return String(variable.value);
    firstOpen ??= variable.is === "open" ? variable : notText(whole);
    return whole;
  });
  return firstOpen ? leaveOpen(firstOpen, filled, path, context) : filled;
}

const notText = (expression: string): OpenExpression => ({
  is: "open",
  expression,
  reason: { code: "not-substitutable", expression },
});

function resolveVariable(name: string, variables: JsonObject, context: Context): Resolution {
  if (Object.hasOwn(variables, name)) {
    const inner: Context = { ...context, openPlaces: [] };
    const value = resolveNode(variables[name] ?? null, "", inner);
    const [first] = inner.openPlaces;
    return first ? { is: "open", expression: first.expression, reason: first.reason } : { is: "value", value };
  }
  const dot = name.indexOf(".");
  return dot < 0
    ? resolveReference(name, undefined, context.scope)
    : resolveReference(name.slice(0, dot), name.slice(dot + 1), context.scope);
}
