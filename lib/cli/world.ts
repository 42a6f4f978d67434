import { readFile } from "node:fs/promises";
import * as z from "zod/mini";
import { kinds } from "../catalogue/kinds.ts";
import type { JsonObject } from "../core/types.ts";
import { CliError } from "./cli-error.ts";
import { shipped } from "./shipped.ts";

const arn = (service: string) => z.string().check(z.startsWith("arn:"), z.includes(`:${service}:`));

/** What the embedded AWS holds before the first event. */
const worldSchema = z.strictObject({
  keys: z._default(
    z.array(
      z.strictObject({
        arn: arn("kms"),
        manager: z.enum(["AWS", "CUSTOMER"]),
        state: z._default(z.string(), "Enabled"),
        aliases: z._default(z.array(z.string()), []),
        rotates: z._default(z.boolean(), false),
      }),
    ),
    [],
  ),
  buckets: z._default(
    z.array(
      z.strictObject({
        name: z.string(),
        algorithm: z._default(z.enum(["AES256", "aws:kms", "aws:kms:dsse"]), "AES256"),
        key: z.optional(z.string()),
        denied: z._default(z.boolean(), false),
      }),
    ),
    [],
  ),
  resources: z._default(
    z.array(
      z.strictObject({
        kind: z.enum(kinds.map(({ kind }) => kind)),
        arn: arn("sagemaker"),
        id: z.record(z.string(), z.string()),
        body: z.record(z.string(), z.json()),
        status: z.optional(z.string()),
      }),
    ),
    [],
  ),
});

export interface World {
  readonly keys: z.infer<typeof worldSchema>["keys"];
  readonly buckets: z.infer<typeof worldSchema>["buckets"];
  readonly resources: readonly {
    readonly kind: string;
    readonly arn: string;
    readonly id: Readonly<Record<string, string>>;
    readonly body: JsonObject;
    readonly status?: string;
  }[];
}

export const DEFAULT_WORLD = shipped("events/world.json");

/** Reads a world; a fault is one of the call. */
export async function readWorld(file: string): Promise<World> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new CliError(`${file}: cannot be read as a world (${error instanceof Error ? error.message : error})`);
  }
  const parsed = worldSchema.safeParse(json);
  if (parsed.success) return parsed.data as World;
  const [issue] = parsed.error.issues;
  throw new CliError(`${file} ${issue?.path.join(".")}: ${issue?.message}; see ${DEFAULT_WORLD} for a world`);
}
