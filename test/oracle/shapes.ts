import type { NormalizedSchema } from "@smithy/core/schema";

/** The possible content of a member of a request or an answer, as far as a random value needs it. */
export type Shape =
  | { readonly is: "struct"; readonly members: readonly ShapeMember[] }
  | { readonly is: "union"; readonly members: readonly ShapeMember[] }
  | { readonly is: "list" | "map"; of(): Shape }
  | { readonly is: "string" | "boolean" | "number" | "other" };

export interface ShapeMember {
  readonly name: string;
  readonly required: boolean;
  shape(): Shape;
}

/** The place in a structure's run-time schema of the number of its required members, which come first. */
const REQUIRED = 6;
const known = new Map<string, Shape>();

/** The shape of a schema. Each structure is made once, when it is first met, so that recursive ones end. */
export function shapeOf(schema: NormalizedSchema): Shape {
  if (schema.isListSchema()) return { is: "list", of: once(() => shapeOf(schema.getValueSchema())) };
  if (schema.isMapSchema()) return { is: "map", of: once(() => shapeOf(schema.getValueSchema())) };
  if (schema.isUnionSchema()) return { is: "union", members: membersOf(schema, 0) };
  if (schema.isStructSchema()) return structOf(schema);
  if (schema.isStringSchema()) return { is: "string" };
  if (schema.isBooleanSchema()) return { is: "boolean" };
  return { is: schema.isNumericSchema() ? "number" : "other" };
}

function structOf(schema: NormalizedSchema): Shape {
  const name = schema.getName(true) ?? "";
  const made = known.get(name);
  if (made) return made;
  const raw = schema.getSchema() as readonly unknown[];
  const required = Array.isArray(raw) && typeof raw[REQUIRED] === "number" ? raw[REQUIRED] : 0;
  const shape: Shape = { is: "struct", members: membersOf(schema, required) };
  known.set(name, shape);
  return shape;
}

const membersOf = (schema: NormalizedSchema, required: number): ShapeMember[] =>
  [...schema.structIterator()].map(([name, member], i) => ({
    name,
    required: i < required,
    shape: once(() => shapeOf(member)),
  }));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
