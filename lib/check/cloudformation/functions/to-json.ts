import { defined } from "../../../core/model/defined.ts";
import type { Json } from "../../../core/model/json.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import { contentOf } from "./content.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Value } from "./value.ts";

/** The text of `Fn::ToJsonString`. An unresolved value stays in it as its expression. */
export function toJson(argument: Json, at: DocumentPath, evaluation: Evaluation): Value {
  const inside = evaluation.evaluate(argument, [...at, "Fn::ToJsonString"], evaluation);
  const { value, unresolvedPlaces, ownKeys } = contentOf(inside);
  const text = JSON.stringify(value ?? null);
  const keys = ownKeys.size > 0 ? [...ownKeys].map(([name, written]) => ({ name, written })) : undefined;
  const [first] = unresolvedPlaces;
  if (first === undefined) return { is: "scalar", at, value: text, inside, ...defined({ keys }) };
  const { expression, reason } = first;
  return { is: "unresolved", at, text, expression, reason, inside, ...defined({ keys }) };
}
