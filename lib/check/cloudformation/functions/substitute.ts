import type { Json, JsonObject } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import type { Evaluation } from "./evaluation.ts";
import { resolveReference } from "./reference.ts";
import { joinPieces, type Piece } from "./text.ts";
import { unresolved, type Value } from "./value.ts";

/**
 * Replaces the known variables of `Fn::Sub`. An unknown one stays in the text, so the rest of a pipeline's definition
 * is read.
 */
export function substitute(argument: Json, at: DocumentPath, evaluation: Evaluation): Value {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== "string") return unresolved(at, "!Sub", { code: "not-substitutable", expression: "!Sub" });
  const variables = isObject(given) ? given : {};
  const seen = new Map<string, Value>();
  const pieces = partsOf(template).map((part): Piece => {
    const inner = /^\$\{([^}]*)\}$/.exec(part)?.[1];
    if (inner === undefined) return { is: "known", text: part };
    if (inner.startsWith("!")) return { is: "known", text: `\${${inner.slice(1)}}` };
    const name = inner.trim();
    // A variable may be used again and again, and hold a text with variables of its own.
    const value = seen.get(name) ?? resolveVariable(name, variables, at, evaluation);
    seen.set(name, value);
    return asPiece(value, part);
  });
  const textAt = [...at, "Fn::Sub", ...(Array.isArray(argument) ? [0] : [])];
  return joinPieces(pieces, textAt);
}

/** The text between the variables, and the variables: `a${B}c` is `a`, `${B}` and `c`. */
const partsOf = (template: string): string[] => template.split(/(\$\{[^}]*\})/).filter((part) => part !== "");

function asPiece(value: Value, whole: string): Piece {
  switch (value.is) {
    case "scalar": {
      const keys = (value.keys ?? []).map(({ name, written }) => ({
        name,
        written: name === written ? written : whole,
      }));
      return { is: "known", text: String(value.value), keys };
    }
    case "unresolved":
      return { is: "gap", written: whole, unresolved: value };
    case "absent":
      return { is: "known", text: "" };
    case "list":
    case "object":
      return {
        is: "gap",
        written: whole,
        unresolved: unresolved(value.at, whole, { code: "not-substitutable", expression: whole }),
      };
    default:
      return value satisfies never;
  }
}

function resolveVariable(name: string, variables: JsonObject, at: DocumentPath, evaluation: Evaluation): Value {
  if (Object.hasOwn(variables, name)) return evaluation.evaluate(variables[name] ?? null, at, evaluation);
  const dot = name.indexOf(".");
  return dot < 0
    ? resolveReference(name, undefined, at, evaluation)
    : resolveReference(name.slice(0, dot), name.slice(dot + 1), at, evaluation);
}
