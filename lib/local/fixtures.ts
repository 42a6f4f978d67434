import * as z from "zod/mini";
import { kinds } from "../catalogue/kinds.ts";
import type { JsonObject } from "../core/model/json.ts";
import { parseJson } from "../core/model/parse-json.ts";
import { toUtf8 } from "../files/decode.ts";
import { readFile } from "../files/read-file.ts";

const arn = (service: string) => z.string().check(z.startsWith("arn:"), z.includes(`:${service}:`));

/** The state of the embedded AWS before the first event. */
const fixturesSchema = z.strictObject({
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

export interface Fixtures {
  readonly keys: z.infer<typeof fixturesSchema>["keys"];
  readonly buckets: z.infer<typeof fixturesSchema>["buckets"];
  readonly resources: readonly {
    readonly kind: string;
    readonly arn: string;
    readonly id: Readonly<Record<string, string>>;
    readonly body: JsonObject;
    readonly status?: string;
  }[];
}

/** The state of thousands of resources. */
const FIXTURES_LIMIT = { maxBytes: 16 * 1024 * 1024 };

/** Reads the initial state of the embedded AWS. `fault` gives the error in the file and its place. */
export async function readFixtures(file: string): Promise<Fixtures | { readonly fault: string }> {
  const content = readFile(file, FIXTURES_LIMIT);
  if (content.is === "fault") return { fault: `${file}: ${content.because}` };
  let json: unknown;
  try {
    json = parseJson(toUtf8(content.bytes).toString("utf8"));
  } catch (error) {
    return { fault: `${file}: cannot be read as fixtures (${error instanceof Error ? error.message : error})` };
  }
  const parsed = fixturesSchema.safeParse(json);
  if (parsed.success) return parsed.data as Fixtures;
  const [issue] = parsed.error.issues;
  return { fault: `${file} ${issue?.path.join(".")}: ${issue?.message}` };
}
