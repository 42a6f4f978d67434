import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { documentPathOf } from "../model/document-path.ts";
import type { FileKey, SettingPlace, UnresolvedPlace } from "../model/subject.ts";
import { apiName } from "./spelling.ts";

/** The request that a manifest's spec makes. */
export interface SpecRequest {
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  readonly ownKeys: ReadonlyMap<string, FileKey>;
}

interface Context {
  readonly operation: string;
  /** The names of the keys that other manifests of the same file create. */
  readonly keys: ReadonlySet<string>;
  readonly unresolvedPlaces: UnresolvedPlace[];
  readonly ownKeys: Map<string, FileKey>;
}

/** Reads a spec, in ACK's spelling, as the request of an operation. */
export function requestOfSpec(spec: JsonObject, operation: string, keys: ReadonlySet<string>): SpecRequest {
  const context: Context = { operation, keys, unresolvedPlaces: [], ownKeys: new Map() };
  return { ...context, request: objectOf(spec, "", context) };
}

function objectOf(node: JsonObject, path: string, context: Context): JsonObject {
  return Object.fromEntries(
    Object.entries(node).map(([name, value]): [string, Json] => {
      const reference = referenceIn(name, value);
      const member = apiName(reference ? referredMember(name, node) : name, context.operation);
      const inner = path === "" ? member : `${path}.${member}`;
      return [member, reference ? referredValue(name, reference, inner, context) : specValue(value, inner, context)];
    }),
  );
}

function specValue(value: Json, path: string, context: Context): Json {
  if (Array.isArray(value)) return value.map((one: Json, i) => specValue(one, `${path}[${i}]`, context));
  if (isObject(value)) return objectOf(value, path, context);
  const expression = typeof value === "string" ? PLACEHOLDER.exec(value)?.[0] : undefined;
  if (expression !== undefined) {
    context.unresolvedPlaces.push({
      path,
      expression: String(value),
      reason: { code: "placeholder-open", expression },
    });
  }
  return value;
}

/** What Helm, Kustomize or envsubst replaces; and `<YOUR KEY>`, which an author does. */
const PLACEHOLDER = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|\$\([A-Z_][A-Z0-9_]*\)|\$[A-Z_][A-Z0-9_]*|<[A-Za-z][^<>]*>/;

/** The name in a reference to another resource: `kmsKeyRef: {from: {name: my-key}}` (ACK, "Cross resource references"). */
function referenceIn(name: string, value: Json): string | undefined {
  if (!name.endsWith("Ref") || !isObject(value) || !isObject(value.from)) return undefined;
  return text(value.from, "name");
}

/** The member whose value a reference gives: `kmsKeyRef` gives `kmsKeyID`. */
const referredMember = (name: string, node: JsonObject): string => {
  const base = name.slice(0, -"Ref".length);
  return Object.hasOwn(node, base) ? base : `${base}ID`;
};

function referredValue(member: string, name: string, path: string, context: Context): Json {
  const written = `${member} ${name}`;
  if (context.keys.has(name)) {
    const key = `key-of-this-file-${name.replace(/[^\w-]/g, "-").slice(0, 64)}`;
    context.ownKeys.set(key, { written, by: "created" });
    return key;
  }
  context.unresolvedPlaces.push({ path, expression: written, reason: { code: "reference-open", expression: written } });
  return written;
}

/** A setting in a manifest, in the manifest's own spelling. A member that the spec lacks has the API's name. */
export function settingInSpec(path: string, spec: JsonObject, operation: string): SettingPlace {
  let node: Json | undefined = spec;
  let attribute = "spec";
  const at: (string | number)[] = ["spec"];
  for (const part of documentPathOf(path)) {
    if (typeof part === "number") {
      node = Array.isArray(node) ? node[part] : undefined;
      attribute += `[${part}]`;
      at.push(part);
      continue;
    }
    const name = nameIn(isObject(node) ? node : {}, part, operation);
    node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
    attribute += `.${name}`;
    at.push(name);
  }
  return { at, attribute };
}

/** A member's name in a spec: the value's, the reference's that gives it, or ACK's where the spec has neither. */
function nameIn(node: JsonObject, member: string, operation: string): string {
  const is = (name: string) => apiName(name, operation) === member;
  const names = Object.keys(node);
  return names.find(is) ?? names.find((one) => one.endsWith("Ref") && is(referredMember(one, node))) ?? ackName(member);
}

/** A setting in the text of a pipeline's definition. */
export const settingInDefinition = (path: string): SettingPlace => ({
  at: ["spec", "pipelineDefinition", ...documentPathOf(path)],
  attribute: `spec.pipelineDefinition.${path}`,
});

/** ACK's spelling of a member: `VolumeKmsKeyId` is `volumeKMSKeyID`, and `KmsKeyId` is `kmsKeyID`. */
export const ackName = (member: string): string =>
  member
    .replace(/Kms/g, "KMS")
    .replace(/Efs/g, "EFS")
    .replace(/Id(?![a-z])/g, "ID")
    .replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z])/, (start) => start.toLowerCase());
