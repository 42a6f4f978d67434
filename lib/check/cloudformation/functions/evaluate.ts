import type { Json, JsonObject } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import { applyFunction } from "./apply.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Value } from "./value.ts";

/** Applies the functions in a part of a template, for one run. Members and elements that are absent are left out. */
export function evaluate(node: Json, at: DocumentPath, evaluation: Evaluation): Value {
  if (Array.isArray(node)) {
    const elements = node.map((element: Json, i) => evaluate(element, [...at, i], evaluation));
    return { is: "list", at, elements: elements.filter(({ is }) => is !== "absent") };
  }
  if (!isObject(node)) return { is: "scalar", at, value: node as Exclude<Json, object> };
  const name = functionIn(node);
  if (name !== undefined) return applyFunction(name, node[name] ?? null, at, evaluation);
  const members = Object.entries(node).map(
    ([member, value]) => [member, evaluate(value, [...at, member], evaluation)] as const,
  );
  return { is: "object", at, members: new Map(members.filter(([, { is }]) => is !== "absent")) };
}

/** The function of a node, if it is one. Other members may stand beside a function, from a transform or a loop. */
function functionIn(node: JsonObject): string | undefined {
  const names = Object.keys(node);
  if (names.length === 1 && names[0] === "Ref") return "Ref";
  return names.find((name) => name.startsWith("Fn::"));
}
