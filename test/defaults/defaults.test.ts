import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { operation as rowOf } from "../../lib/catalogue/find-operation.ts";
import { operations } from "../../lib/catalogue/operations.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { checkKey } from "../../lib/defaults/check-key.ts";
import { coverageOf } from "../../lib/defaults/coverage.ts";
import { lifecycleScript, MAX_CONTENT } from "../../lib/defaults/lifecycle-script.ts";
import { sdkConfig, sdkConfigText } from "../../lib/defaults/sdk-config.ts";
import { sdkMembers } from "../../lib/defaults/sdk-members.ts";
import { studioRequest } from "../../lib/defaults/studio-request.ts";
import { STUDIO_OPERATIONS, TARGETS } from "../../lib/defaults/targets.ts";
import { resourcesIn } from "../check/check-text.ts";
import { KEY, policyOf } from "../support/build.ts";
import { encryptedRequests } from "../support/encrypted-requests.ts";
import { misfits } from "../support/schema-check.ts";
import { sdkOperations } from "../support/sdk-schemas.ts";
import { applyDefaults, without } from "./apply-defaults.ts";

const POLICY = policyOf({ keys: { accept: "listed", allow: [KEY] } });
const STRICT = policyOf({ keys: { accept: "listed", allow: [KEY] }, require: { "in-transit": true } });
const VERSIONS = { v2: "sagemaker-2.257.6", v3: "sagemaker-3.20.0" } as const;

const schemaOf = (name: string): object => JSON.parse(readFileSync(`test/defaults/schemas/${name}.json`, "utf8"));
const validator = (name: string) =>
  new Ajv2020.default({ strict: false, unicodeRegExp: false }).compile(schemaOf(name));

describe.each(["v2", "v3"] as const)("the SDK's file, %s", (version) => {
  const validate = validator(VERSIONS[version]);

  it.each([POLICY, STRICT])("fits the SDK's own schema", (policy) => {
    const file = parse(sdkConfigText(KEY, version, policy));
    expect(file).toEqual(sdkConfig(KEY, version, policy));
    validate(file);
    expect(validate.errors).toBeNull();
  });

  it("has members that the schema has, also those that are left out", () => {
    for (const member of sdkMembers) {
      const file = {
        SchemaVersion: "1.0",
        SageMaker: nested(member.config, member.path.endsWith("Encryption") ? true : KEY),
      };
      validate(file);
      expect(validate.errors, member.config).toBeNull();
    }
  });

  const named = Object.entries(encryptedRequests).flatMap(([operation, requests]) =>
    sdkMembers.some((one) => one.operation === operation && one[version])
      ? requests.map((request, i) => [`${operation} ${i}`, operation, request] as const)
      : [],
  );

  it.each(named)("gives %s every key that it says it reaches, and no other", (_, operation, request) => {
    const bare = without(without(request, KEY), true) as JsonObject;
    const file = sdkConfig(KEY, version, STRICT);
    const missing = missingOf(operation, applyDefaults(bare, operation, file, version));
    const before = missingOf(operation, bare);
    const notReached = coverageOf(`sdk-${version}`, "CreateDomain", STRICT)
      .filter((one) => one.operation === operation && one.reached === "no")
      .map(({ path }) => path);
    expect(before.length).toBeGreaterThan(0);
    expect(missing).toEqual(before.filter((path) => notReached.includes(path)));
  });
});

/** The settings of a request with such a verdict, each as the catalogue's path. */
function settingsOf(operation: string, request: JsonObject, verdicts: readonly string[]): string[] {
  const [resource] = resourcesIn(request, { file: "request.json", operation, policy: STRICT });
  const found = resource?.settings.filter(({ is }) => verdicts.includes(is)).map(({ path }) => path) ?? [];
  return [...new Set(found.map((path) => path.replace(/\[\d*\]/g, "[]")))];
}

const missingOf = (operation: string, request: JsonObject) => settingsOf(operation, request, ["missing"]);

/** An update without a key is undetermined: what it leaves out stays as it is. */
const unmetOf = (operation: string, request: JsonObject) =>
  settingsOf(operation, request, ["missing", "rejected", "undetermined"]);

const nested = (path: string, value: unknown): unknown =>
  path.split(".").reduceRight<unknown>((inner, name) => {
    return name.endsWith("[]") ? { [name.slice(0, -2)]: [inner] } : { [name]: inner };
  }, value);

it("a file of version 2 is accepted by version 3, so that one lifecycle configuration serves both", () => {
  const validate = validator(VERSIONS.v3);
  validate(parse(sdkConfigText(KEY, "v2", STRICT)));
  expect(validate.errors).toBeNull();
});

it("every key of the SDK's schema has a row", () => {
  const inSchema = keyPaths(schemaOf(VERSIONS.v2), schemaOf(VERSIONS.v2));
  const inRows = new Set(sdkMembers.map(({ config }) => config));
  // Lists whose elements count by their position: no default is for every element. And what no code of the SDK reads.
  const without = [
    "EndpointConfig.ProductionVariants[].CoreDumpConfig.KmsKeyId",
    "ProcessingJob.ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.KmsKeyId",
    "ProcessingJob.ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId",
    "AutoMLJobV2.SecurityConfig.VolumeKmsKeyId",
    "AutoMLJobV2.SecurityConfig.EnableInterContainerTrafficEncryption",
  ];
  expect(inSchema.length).toBeGreaterThan(30);
  expect(inSchema.filter((path) => !inRows.has(path)).sort()).toEqual(without.sort());
});

/** The paths of all keys and in-transit flags of the schema, below `SageMaker`. */
function keyPaths(root: object, node: unknown, at = ""): string[] {
  const { $ref, properties, items } = node as { $ref?: string; properties?: object; items?: unknown };
  if ($ref !== undefined) {
    const name = $ref.replace("#/definitions/", "");
    if (name === "kmsKeyId") return [at];
    return keyPaths(root, (root as { definitions: Record<string, unknown> }).definitions[name], at);
  }
  if (items !== undefined) return keyPaths(root, items, `${at}[]`);
  if (properties === undefined) return at.endsWith("TrafficEncryption") ? [at] : [];
  return Object.entries(properties).flatMap(([name, one]) =>
    keyPaths(root, one, at === "" ? (name === "SageMaker" ? " " : name) : at === " " ? name : `${at}.${name}`),
  );
}

it("every row names an operation and a setting of the catalogue", () => {
  for (const { operation, path } of sdkMembers) {
    expect(
      rowOf(operation)?.settings.map((one) => one.path),
      operation,
    ).toContain(path);
  }
});

describe("the coverage", () => {
  it.each(TARGETS)("of %s has every setting that the policy requires, once", (target) => {
    const rows = coverageOf(target, "CreateDomain", POLICY);
    const ids = rows.map(({ operation, path, protects }) => `${operation} ${path} ${protects}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(rows.map(({ operation }) => operation)).size).toBe(operations.length);
    for (const one of rows) if (one.reached !== "no") expect(one.elsewhere).toBeUndefined();
  });

  it("has only what the policy requires", () => {
    const rows = coverageOf("sdk-v2", "CreateDomain", policyOf({ require: { volume: false } }));
    expect(rows.filter(({ protects }) => protects === "volume")).toEqual([]);
    expect(JSON.stringify(sdkConfig(KEY, "v2", policyOf({ require: { volume: false } })))).not.toContain(
      "VolumeKmsKeyId",
    );
  });
});

describe("a Studio request", () => {
  it.each(STUDIO_OPERATIONS)("%s fits the SDK's schema and has every key", (operation) => {
    const request = studioRequest(KEY, operation, POLICY);
    expect(misfits(sdkOperations().get(operation)?.input ?? never(), request)).toEqual([]);
    const [full] = encryptedRequests[operation];
    const bare = without(full as JsonObject, KEY) as JsonObject;
    expect(unmetOf(operation, bare).length).toBeGreaterThan(0);
    expect(unmetOf(operation, merged(bare, request))).toEqual([]);
  });
});

const never = () => {
  throw new Error("no such operation");
};

const merged = (one: JsonObject, other: JsonObject): JsonObject =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => {
      const [a, b] = [one[name], other[name]];
      const both = typeof a === "object" && typeof b === "object" && a !== null && b !== null;
      return [name, both ? merged(a as JsonObject, b as JsonObject) : (b ?? a ?? null)];
    }),
  );

describe("a key", () => {
  const arn = "arn:aws:kms:eu-west-1:111122223333:";

  it.each([
    [`${arn}key/1234abcd-12ab-34cd-56ef-1234567890ab`, {}, "usable"],
    [`${arn}alias/ml`, {}, "usable"],
    ["arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", {}, "usable"],
    ["alias/ml", {}, "no-arn"],
    ["1234abcd-12ab-34cd-56ef-1234567890ab", {}, "no-arn"],
    ["arn:aws:kms::111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", {}, "no-arn"],
    ["arn:aws:kms:nowhere:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", {}, "no-arn"],
    ["arn:aws:s3:::bucket", {}, "no-arn"],
    [`${arn}key/x$(id)`, {}, "no-arn"],
    ["", {}, "no-arn"],
    [`${arn}alias/aws/s3`, {}, "aws-managed"],
    [`${arn}alias/ml`, { deny: ["alias/ml"] }, "refused"],
    [`${arn}alias/ml`, { deny: [`${arn}alias/*`] }, "refused"],
    [`${arn}key/mrk-1`, { accept: "listed", allow: [`${arn}key/other`] }, "refused"],
    [`${arn}key/mrk-1`, { accept: "listed", allow: [`${arn}key/mrk-1`] }, "usable"],
    [
      "arn:aws-cn:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      { accept: "customer-managed" },
      "refused",
    ],
  ])("%s with %j is %s", (key, keys, is) => {
    expect(checkKey(key, policyOf({ keys })).is).toBe(is);
  });
});

it("a lifecycle configuration is within SageMaker's limit", () => {
  const longest = `arn:aws:kms:ap-southeast-1:111122223333:alias/${"x".repeat(100)}`;
  expect(Buffer.from(lifecycleScript(longest, "ap-southeast-1", STRICT)).toString("base64").length).toBeLessThan(
    MAX_CONTENT,
  );
});
