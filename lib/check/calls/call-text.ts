import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import { parseJson } from "../../core/model/parse-json.ts";
import type { HeldCall } from "./call.ts";
import { operationsIn } from "./integration.ts";
import { unknownRequest } from "./unresolved-request.ts";

/**
 * Parses a JSON text with placeholders, `${Name}`, that are replaced on deployment. One outside a string (`"InstanceCount":
 * ${Count}`) becomes a string. Undefined if the text is no JSON object. Throws a RangeError if it is nested too deep.
 */
export function parseCallText(text: string): JsonObject | undefined {
  const parsed = tryJson(text) ?? tryJson(quotePlaceholders(text));
  return isObject(parsed) ? parsed : undefined;
}

/** The text with each placeholder that is outside a string as a string. */
export const quotePlaceholders = (text: string): string => text.replace(STRING_OR_PLACEHOLDER, quotePlaceholder);

/** A string that does not end is one token too, so that the text is read once only. */
const STRING_OR_PLACEHOLDER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|\$\{[^{}"]*\}/g;
const quotePlaceholder = (token: string): string => (token.startsWith('"') ? token : JSON.stringify(token));

function tryJson(text: string): Json | undefined {
  try {
    return parseJson(text) as Json;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

/** The calls of a definition that is not JSON: only their operations are known. */
export const callsOfBrokenText = (text: string): HeldCall[] =>
  operationsIn(text).map((operation) => ({
    name: operation,
    place: operation,
    at: [],
    operation,
    ...unknownRequest("", { code: "call-text-not-json" }),
    settingAt: () => [],
  }));
