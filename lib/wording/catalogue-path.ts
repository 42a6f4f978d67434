import { locations, operations } from "../catalogue/operations.ts";
import type { Quote } from "../text/untrusted.ts";

/** The names of members in the catalogue's paths. */
const members = new Set<string>();
collectMembers([operations, locations]);

function collectMembers(value: unknown): void {
  if (typeof value === "string") for (const part of value.split(".")) members.add(part.replace("[]", ""));
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) collectMembers(inner);
}

/** A path of members that the catalogue has, such as `A.B[1].C`: Keyward's own words, whatever their dots look like. */
const isCataloguePath = (text: string): boolean =>
  text.split(".").every((part) => members.has(part.replace(/\[\d*\]$/, "")));

/** The path of a setting, or any other text. In a pipeline's path, the caller has named the step. */
export function quotePath(path: string, quote: Quote, max = 200): string {
  if (isCataloguePath(path)) return path;
  return stepPath(path, quote) ?? quote(path, max);
}

/** A step of a pipeline, or one within a condition step: `Steps[Check].Arguments.IfSteps[Train].Arguments.A.B`. */
function stepPath(path: string, quote: Quote): string | undefined {
  const [, steps, step, rest] = /^((?:If|Else)?Steps)\[(.*?)\]\.Arguments\.(.*)$/.exec(path) ?? [];
  if (steps === undefined || step === undefined || rest === undefined) return undefined;
  const inside = isCataloguePath(rest) ? rest : stepPath(rest, quote);
  return inside && `${steps}[${quote(step, 80)}].Arguments.${inside}`;
}
