import { isObject } from "../../core/model/member.ts";
import type { Json, JsonObject } from "../../core/model/types.ts";
import type { Doubt } from "../subject.ts";
import { type Reference, referenceTo, type Scope } from "./reference.ts";

export interface Resolved {
  readonly value: Json;
  readonly doubts: readonly Doubt[];
  /** The template's own keys, by what stands for them in the value; how the template writes them. */
  readonly keys: ReadonlyMap<string, string>;
}

interface Work {
  readonly scope: Scope;
  readonly doubts: Doubt[];
  readonly keys: Map<string, string>;
}

/**
 * Resolves what a template tells by itself: parameters with a default, `Fn::Sub` of such, and its own keys, for each of
 * which a name stands. Anything else is left as text of how it is written, with a doubt at its path.
 */
export function resolve(properties: Json, scope: Scope): Resolved {
  const work: Work = { scope, doubts: [], keys: new Map() };
  const value = resolveNode(properties, "", work);
  return { value, doubts: work.doubts, keys: work.keys };
}

function resolveNode(node: Json, at: string, work: Work): Json {
  if (Array.isArray(node)) return node.map((element: Json, i) => resolveNode(element, `${at}[${i}]`, work));
  if (!isObject(node)) return node;
  const name = intrinsicIn(node);
  if (name !== undefined) return take(resolveIntrinsic(name, node[name] ?? null, work), at, work);
  return Object.fromEntries(
    Object.entries(node).map(([member, value]) => [
      member,
      resolveNode(value, at === "" ? member : `${at}.${member}`, work),
    ]),
  );
}

/** A function may stand among other members: a transform adds to them, and a loop makes more of them. */
function intrinsicIn(node: JsonObject): string | undefined {
  const names = Object.keys(node);
  if (names.length === 1 && (names[0] === "Ref" || names[0] === "Condition")) return names[0];
  return names.find((name) => name.startsWith("Fn::"));
}

function resolveIntrinsic(name: string, argument: Json, work: Work): Reference {
  if (name === "Ref" && typeof argument === "string") return referenceTo(argument, undefined, work.scope);
  if (name === "Fn::GetAtt") {
    const parts = typeof argument === "string" ? argument.split(".") : argument;
    if (Array.isArray(parts) && parts.every((part) => typeof part === "string")) {
      return referenceTo(parts[0] ?? "", parts.slice(1).join("."), work.scope);
    }
  }
  if (name === "Fn::Sub") return substitute(argument, work);
  return doubt(name, name === "Fn::If" ? "it depends on a condition" : "it is worked out on deployment");
}

const doubt = (name: string, because: string): Reference => {
  const written = `!${name.replace(/^Fn::/, "").replace(/::.*/, "")}`;
  return { is: "doubt", written, because: `${written}: ${because}` };
};

function take(reference: Reference, at: string, { doubts, keys }: Work): Json {
  switch (reference.is) {
    case "value":
      return reference.value;
    case "key":
      keys.set(reference.name, reference.written);
      return reference.name;
    case "doubt":
      doubts.push({ path: at, because: reference.because });
      return reference.written;
    default:
      return reference satisfies never;
  }
}

/** Variables that are not known stay in the text, so that a pipeline's body is still read around them. */
function substitute(argument: Json, work: Work): Reference {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== "string") return doubt("Fn::Sub", "it is not a text");
  let open: string | undefined;
  const filled = text.replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    if (inner.startsWith("!")) return `\${${inner.slice(1)}}`;
    const found = variable(inner.trim(), isObject(variables) ? variables : {}, work);
    if (found.is === "key") work.keys.set(found.name, whole);
    if (found.is === "key") return found.name;
    if (found.is === "value" && typeof found.value !== "object") return String(found.value);
    open ??= found.is === "doubt" ? found.because : `\${${inner}} is not a text`;
    return whole;
  });
  if (open !== undefined) return { is: "doubt", written: filled, because: open };
  return { is: "value", value: filled };
}

function variable(name: string, variables: JsonObject, work: Work): Reference {
  if (Object.hasOwn(variables, name)) {
    const inner: Work = { ...work, doubts: [] };
    const value = resolveNode(variables[name] ?? null, "", inner);
    const [first] = inner.doubts;
    return first ? { is: "doubt", written: name, because: first.because } : { is: "value", value };
  }
  const dot = name.indexOf(".");
  return dot < 0
    ? referenceTo(name, undefined, work.scope)
    : referenceTo(name.slice(0, dot), name.slice(dot + 1), work.scope);
}
