import { locations, operations } from "../catalogue/operations.ts";
import { ownText, type SafeText, safeText } from "../text/safe-text.ts";
import type { Quote } from "../text/untrusted.ts";

const withoutEnd = (path: string): string => path.replace(/\[\]$/, "");

/** Every path in the catalogue, and the paths of its parents: `A`, `A.B`, `A.B[].C`. */
const paths = new Set<string>();
collectPaths([operations, locations]);

function collectPaths(value: unknown): void {
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) collectPaths(inner);
  if (typeof value !== "string") return;
  const members = value.split(".");
  for (const [i] of members.entries()) paths.add(withoutEnd(members.slice(0, i + 1).join(".")));
}

/** A path that the catalogue has, such as `A.B[1].C`: Keyward's own words, whatever their dots look like. */
const isCataloguePath = (text: string): boolean => paths.has(withoutEnd(text.replace(/\[\d*\]/g, "[]")));

/** The path of a setting, or any other text. In a pipeline's path, the caller has named the step. */
export function quotePath(path: string, quote: Quote, max = 200): SafeText {
  if (isCataloguePath(path)) return ownText(path);
  return stepPath(path, quote) ?? quote(path, max);
}

/** A step of a pipeline, or one within a condition step: `Steps[Check].Arguments.IfSteps[Train].Arguments.A.B`. */
function stepPath(path: string, quote: Quote): SafeText | undefined {
  const [, steps, step, rest] = /^((?:If|Else)?Steps)\[(.*?)\]\.Arguments\.(.+)$/.exec(path) ?? [];
  if (steps === undefined || step === undefined || rest === undefined) return undefined;
  const inside = isCataloguePath(rest) ? ownText(rest) : stepPath(rest, quote);
  return inside && safeText`${ownText(steps)}[${quote(step, 80)}].Arguments.${inside}`;
}
