import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { ParameterValues } from "../model/parameters.ts";
import { readDocument } from "./read-document.ts";

/** The values of a file, or the reason why it has none. */
export type ReadParameters = { readonly values: ParameterValues } | { readonly fault: string };

export const PARAMETER_FORMS =
  '[{"ParameterKey": …, "ParameterValue": …}] (create-stack), {"Parameters": {…}} (CodePipeline) or ["Name=value"] (deploy)';

/**
 * Reads a file of parameters in one of the forms that AWS's tools take, as JSON or YAML. A parameter with
 * `UsePreviousValue` gets no value. Source: AWS CLI, `cloudformation create-stack --parameters` and `cloudformation deploy
 * --parameter-overrides`; CodePipeline, "CloudFormation artifacts", template configuration file.
 */
export function readParameters(file: string, text: string): ReadParameters {
  const read = readParsed(text);
  if ("fault" in read) return read;
  const pairs = pairsOf(read.document);
  if (pairs === undefined) return { fault: `not a file of parameters; give ${PARAMETER_FORMS}` };
  return { values: { file, values: new Map(pairs) } };
}

function readParsed(text: string): { readonly document: Json } | { readonly fault: string } {
  try {
    const read = readDocument(text);
    return "document" in read ? { document: read.document.value } : { fault: read.fault };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fault: "nested too deep" };
  }
}

type Pair = [name: string, value: string];

function pairsOf(document: Json): Pair[] | undefined {
  if (isObject(document)) return isObject(document.Parameters) ? pairsIn(document.Parameters) : undefined;
  if (!Array.isArray(document)) return undefined;
  const pairs = document.map((one: Json) =>
    typeof one === "string" ? assigned(one) : isObject(one) ? keyed(one) : undefined,
  );
  return pairs.every((pair) => pair !== undefined) ? pairs.flat() : undefined;
}

function pairsIn(parameters: JsonObject): Pair[] | undefined {
  const pairs = Object.entries(parameters).map(([name, value]): Pair | undefined => pairOf(name, value));
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function assigned(one: string): Pair[] | undefined {
  const at = one.indexOf("=");
  return at > 0 ? [[one.slice(0, at), one.slice(at + 1)]] : undefined;
}

function keyed({ ParameterKey, ParameterValue, UsePreviousValue }: JsonObject): Pair[] | undefined {
  if (typeof ParameterKey !== "string") return undefined;
  if (ParameterValue === undefined) return UsePreviousValue === true ? [] : undefined;
  const pair = pairOf(ParameterKey, ParameterValue);
  return pair && [pair];
}

/** A list is given as one text, with commas. */
function pairOf(name: string, value: Json): Pair | undefined {
  const values = Array.isArray(value) ? value : [value];
  const isText = values.every((one) => one !== null && typeof one !== "object");
  return isText ? [name, values.map(String).join(",")] : undefined;
}
