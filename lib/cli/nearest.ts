import { distance } from "fastest-levenshtein";
import { type PolicyIssue, policySchema } from "../core/policy.ts";

const FARTHEST = 3;

/** "; did you mean …?" for an unknown key that is nearly a known one. */
export function nearest({ path, message }: PolicyIssue): string {
  const name = path.at(-1);
  if (typeof name !== "string" || !message.startsWith("unknown key")) return "";
  const known = Object.keys(shapeAt(path.slice(0, -1)));
  const [best] = known.map((one) => [distance(name, one), one] as const).sort(([a], [b]) => a - b);
  return best && best[0] <= FARTHEST ? `; did you mean "${best[1]}"?` : `; known here: ${known.slice(0, 8).join(", ")}`;
}

function shapeAt(path: readonly (string | number)[]): object {
  let schema: unknown = policySchema;
  for (const part of path) schema = (shapeOf(schema) as Record<string, unknown>)[part];
  return shapeOf(schema);
}

function shapeOf(schema: unknown): object {
  const { def } = (schema as { _zod?: { def?: { shape?: object; innerType?: unknown } } } | undefined)?._zod ?? {};
  if (def?.shape) return def.shape;
  return def?.innerType ? shapeOf(def.innerType) : {};
}
