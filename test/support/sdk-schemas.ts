import * as dataZone from "@aws-sdk/client-datazone";
import * as sageMaker from "@aws-sdk/client-sagemaker";
import * as geospatial from "@aws-sdk/client-sagemaker-geospatial";
import { NormalizedSchema } from "@smithy/core/schema";
import { operationName, services } from "../../lib/catalogue/services.ts";

/** A member of a request, as the SDK's run-time schemas describe it; `[]` for list elements, `{}` for map values. */
export interface Member {
  readonly path: string;
  readonly name: string;
  readonly type: "string" | "boolean" | "number" | "list" | "map" | "struct" | "other";
}

const OPERATION = 9;

/** Each service's package of the SDK. */
const PACKAGES: Readonly<Record<(typeof services)[number]["service"], object>> = {
  sagemaker: sageMaker,
  "sagemaker-geospatial": geospatial,
  datazone: dataZone,
};

export interface OperationSchemas {
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/**
 * Every operation of the services, as the catalogue writes its name, with its input and output schema: read off the
 * `…$` exports of each service's package.
 */
export function sdkOperations(): Map<string, OperationSchemas> {
  const found = new Map<string, OperationSchemas>();
  for (const { service, eventSource } of services) {
    for (const [name, schema] of Object.entries(PACKAGES[service])) {
      if (!name.endsWith("$") || !Array.isArray(schema) || schema[0] !== OPERATION) continue;
      const schemas = { input: NormalizedSchema.of(schema[4]), output: NormalizedSchema.of(schema[5]) };
      found.set(operationName(eventSource, name.slice(0, -1)), schemas);
    }
  }
  return found;
}

/** The names of the SDK's structures and unions. */
export const sdkStructures = (): Set<string> =>
  new Set(
    Object.values(PACKAGES)
      .flatMap((one: object) => Object.entries<unknown>({ ...one }))
      .flatMap(([name, schema]) =>
        name.endsWith("$") && Array.isArray(schema) && schema[0] !== OPERATION ? [name.slice(0, -1)] : [],
      ),
  );

/** The operation of a folder under events/. Not every file system allows a colon in the folder's name. */
export const folderOf = (operation: string): string => operation.replace(":", ".");
export const operationOfFolder = (folder: string): string => folder.replace(".", ":");

/** Every member under a schema. Each structure is visited once on each way down, so that recursive shapes end. */
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

/** Key members that protect nothing further, and why. */
export const KEYS_OF_INPUT: Readonly<Record<string, string>> = {
  "sagemaker-geospatial:StartEarthObservationJob JobConfig.ZonalStatisticsConfig.ZoneS3PathKmsKeyId":
    "the key of the zones that are read",
  "sagemaker-geospatial:StartVectorEnrichmentJob InputConfig.DataSourceConfig.S3Data.KmsKeyId":
    "the key of the data that is read",
};

/** A request's members that name a KMS key or an encryption switch; no name gives `ResourceKey` away. */
export const keyMembers = (operation: string, input: NormalizedSchema): Member[] =>
  membersOf(input).filter(
    ({ path, name, type }) =>
      (type === "string" || type === "boolean") &&
      !(`${operation} ${path}` in KEYS_OF_INPUT) &&
      (/kms|encrypt/i.test(name) || (operation === "CreateEdgePackagingJob" && name === "ResourceKey")),
  );
