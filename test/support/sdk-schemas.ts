import * as sdk from "@aws-sdk/client-sagemaker";
import { NormalizedSchema } from "@smithy/core/schema";

/** A member of a request, as the SDK's run-time schemas describe it; `[]` for list elements, `{}` for map values. */
export interface Member {
  readonly path: string;
  readonly name: string;
  readonly type: "string" | "boolean" | "number" | "list" | "map" | "struct" | "other";
}

const OPERATION = 9;

/** Every operation of the SDK with its input and output schema, read off the package's `…$` exports. */
export function sdkOperations(): Map<string, { input: NormalizedSchema; output: NormalizedSchema }> {
  const found = new Map<string, { input: NormalizedSchema; output: NormalizedSchema }>();
  for (const [name, schema] of Object.entries(sdk)) {
    if (!name.endsWith("$") || !Array.isArray(schema) || schema[0] !== OPERATION) continue;
    found.set(name.slice(0, -1), { input: NormalizedSchema.of(schema[4]), output: NormalizedSchema.of(schema[5]) });
  }
  return found;
}

/** The names of the SDK's structures and unions. */
export const sdkStructures = (): Set<string> =>
  new Set(
    Object.entries(sdk).flatMap(([name, schema]) =>
      name.endsWith("$") && Array.isArray(schema) && schema[0] !== OPERATION ? [name.slice(0, -1)] : [],
    ),
  );

/** Every member under a schema, each structure once on any way down, so that recursive shapes end. */
export function membersOf(schema: NormalizedSchema, at = "", above: readonly string[] = []): Member[] {
  if (schema.isListSchema()) return membersOf(schema.getValueSchema(), `${at}[]`, above);
  if (schema.isMapSchema()) return membersOf(schema.getValueSchema(), `${at}{}`, above);
  if (!schema.isStructSchema()) return [];
  const id = schema.getName(true) ?? at;
  if (above.includes(id)) return [];
  return [...schema.structIterator()].flatMap(([name, member]) => {
    const path = at === "" ? name : `${at}.${name}`;
    return [{ path, name, type: typeOf(member) }, ...membersOf(member, path, [...above, id])];
  });
}

function typeOf(schema: NormalizedSchema): Member["type"] {
  if (schema.isListSchema()) return "list";
  if (schema.isMapSchema()) return "map";
  if (schema.isStructSchema()) return "struct";
  if (schema.isStringSchema()) return "string";
  if (schema.isBooleanSchema()) return "boolean";
  return schema.isNumericSchema() ? "number" : "other";
}

/** A request's members that name a KMS key or an encryption switch; no name gives `ResourceKey` away. */
export const keyMembers = (operation: string, input: NormalizedSchema): Member[] =>
  membersOf(input).filter(
    ({ name, type }) =>
      (type === "string" || type === "boolean") &&
      (/kms|encrypt/i.test(name) || (operation === "CreateEdgePackagingJob" && name === "ResourceKey")),
  );
