import { didYouMean } from "../text/did-you-mean.ts";
import { type PolicyIssue, policySchema } from "./schema.ts";

/** The hint for an unknown key: the known key that is most similar, or the list of known keys. */
export function nearest({ path, message }: PolicyIssue): string {
  const name = path.at(-1);
  if (typeof name !== "string" || !message.startsWith("unknown key")) return "";
  const known = Object.keys(shapeAt(path.slice(0, -1)));
  return didYouMean(name, known) || `; known here: ${known.join(", ")}`;
}

/** The known keys at a path of the policy, as the members of the schema's object there. */
function shapeAt(path: readonly (string | number)[]): object {
  let schema: unknown = policySchema;
  for (const part of path) {
    schema = typeof part === "number" ? elementOf(schema) : (shapeOf(schema) as Record<string, unknown>)[part];
  }
  return shapeOf(schema);
}

function shapeOf(schema: unknown): object {
  const { def } = (schema as { _zod?: { def?: { shape?: object; innerType?: unknown } } } | undefined)?._zod ?? {};
  if (def?.shape) return def.shape;
  return def?.innerType ? shapeOf(def.innerType) : {};
}

function elementOf(schema: unknown): unknown {
  const { def } = (schema as { _zod?: { def?: { element?: unknown; innerType?: unknown } } } | undefined)?._zod ?? {};
  return def?.element ?? (def?.innerType ? elementOf(def.innerType) : undefined);
}
