import type { Json } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import { decideFor } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import { resolveReference } from "./reference.ts";
import { substitute } from "./substitute.ts";
import { joinPieces, type Piece } from "./text.ts";
import { toJson } from "./to-json.ts";
import { unresolved, type Value } from "./value.ts";

type Apply = (argument: Json, at: DocumentPath, evaluation: Evaluation) => Value | undefined;

/** The functions that are resolved. Each gives undefined where it cannot be before the deployment. */
const FUNCTIONS: Readonly<Record<string, Apply>> = {
  Ref: (name, at, evaluation) =>
    typeof name === "string" ? resolveReference(name, undefined, at, evaluation) : undefined,
  "Fn::GetAtt": getAttribute,
  "Fn::If": chooseBranch,
  "Fn::Sub": substitute,
  "Fn::Join": join,
  "Fn::Split": split,
  "Fn::Select": select,
  "Fn::FindInMap": findInMap,
  "Fn::ToJsonString": toJson,
};

/** The value of a function. `at`: where the function stands. */
export function applyFunction(name: string, argument: Json, at: DocumentPath, evaluation: Evaluation): Value {
  const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return apply?.(argument, at, evaluation) ?? leaveOpen(name, argument, at);
}

function leaveOpen(name: string, argument: Json, at: DocumentPath): Value {
  const short = name.replace(/^Fn::/, "").replace(/::.*/, "");
  const first = Array.isArray(argument) ? argument[0] : argument;
  const written = typeof first === "string" ? first : null;
  if (short === "If") return unresolved(at, "!If", { code: "conditional", condition: written });
  if (short === "ImportValue") return unresolved(at, "!ImportValue", { code: "import-open", export: written });
  return unresolved(at, `!${short}`, { code: "intrinsic-open", function: short });
}

function getAttribute(argument: Json, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  const parts = typeof argument === "string" ? argument.split(".") : argument;
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === "string")) return undefined;
  return resolveReference(parts[0] ?? "", parts.slice(1).join("."), at, evaluation);
}

function chooseBranch(argument: Json, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  if (!Array.isArray(argument) || typeof argument[0] !== "string") return undefined;
  const is = decideFor(argument[0], evaluation);
  if (is === undefined) return undefined;
  const branch = is ? 1 : 2;
  return evaluation.evaluate(argument[branch] ?? null, [...at, "Fn::If", branch], evaluation);
}

function join(argument: Json, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  if (!Array.isArray(argument) || typeof argument[0] !== "string") return undefined;
  const [delimiter, elements = null] = argument;
  const list = evaluation.evaluate(elements, [...at, "Fn::Join", 1], evaluation);
  if (list.is !== "list") return list.is === "unresolved" ? unresolved(at, list.expression, list.reason) : undefined;
  const pieces = list.elements.map(pieceOf);
  if (!pieces.every((piece) => piece !== undefined)) return undefined;
  const between: Piece = { is: "known", text: delimiter };
  return joinPieces(
    pieces.flatMap((piece, i) => (i === 0 ? [piece] : [between, piece])),
    [...at, "Fn::Join", 1],
  );
}

/** A reference as `Fn::Sub` would write it: `!Ref Key` is `${Key}`. */
const asVariable = (text: string): string => text.replace(/^!(?:Ref|GetAtt) (.*)$/, (_, name) => `\${${name}}`);

function pieceOf(value: Value): Piece | undefined {
  if (value.is === "unresolved") return { is: "gap", written: asVariable(value.text), unresolved: value };
  return value.is === "scalar" ? { is: "known", text: String(value.value), keys: value.keys ?? [] } : undefined;
}

function split(argument: Json, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  if (!Array.isArray(argument) || typeof argument[0] !== "string" || argument[0] === "") return undefined;
  const text = evaluation.evaluate(argument[1] ?? null, at, evaluation);
  if (text.is !== "scalar")
    return text.is === "unresolved" ? unresolved(text.at, text.expression, text.reason) : undefined;
  const keys = text.keys ?? [];
  const elements = String(text.value)
    .split(argument[0])
    .map((value): Value => {
      const within = keys.filter(({ name }) => value.includes(name));
      return { is: "scalar", at, value, ...(within.length > 0 ? { keys: within } : {}) };
    });
  return { is: "list", at, elements };
}

function select(argument: Json, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  if (!Array.isArray(argument)) return undefined;
  const index = evaluation.evaluate(argument[0] ?? null, at, evaluation);
  const list = evaluation.evaluate(argument[1] ?? null, [...at, "Fn::Select", 1], evaluation);
  if (index.is === "unresolved") return unresolved(at, index.expression, index.reason);
  if (list.is === "unresolved") return unresolved(at, list.expression, list.reason);
  if (index.is !== "scalar" || list.is !== "list") return undefined;
  return list.elements[Number(index.value)];
}

function findInMap(argument: Json, at: DocumentPath, evaluation: Evaluation): Value | undefined {
  if (!Array.isArray(argument)) return undefined;
  const [name, first, second] = argument
    .slice(0, 3)
    .map((node) => evaluation.evaluate(node, [...at, "Fn::FindInMap"], evaluation));
  const otherwise = isObject(argument[3]) ? argument[3].DefaultValue : undefined;
  const found = lookUp(lookUp(lookUp(evaluation.scope.mappings, name), first), second);
  if (found !== undefined) return evaluation.evaluate(found, at, evaluation);
  const isKnown = [name, first, second].every((one) => one?.is === "scalar");
  if (!isKnown) return undefined;
  if (otherwise !== undefined) {
    return evaluation.evaluate(otherwise, [...at, "Fn::FindInMap", 3, "DefaultValue"], evaluation);
  }
  evaluation.failures.add("Fn::FindInMap");
  return undefined;
}

function lookUp(node: Json | undefined, key: Value | undefined): Json | undefined {
  if (!isObject(node) || key?.is !== "scalar") return undefined;
  return Object.hasOwn(node, String(key.value)) ? node[String(key.value)] : undefined;
}
