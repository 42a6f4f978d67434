import type { Json, JsonObject } from "../../../lib/core/model/json.ts";

export interface Change {
  readonly address: string;
  readonly after: JsonObject;
  readonly unknown?: JsonObject;
  readonly actions?: readonly string[];
  readonly mode?: "managed" | "data";
}

/** The type in an address: `module.a["x"].aws_sagemaker_domain.d[0]`. */
const typeIn = (address: string): string => /(?:^|\.)((?:awscc|aws)_\w+)\./.exec(address)?.[1] ?? "";

const toChange = ({ address, after, unknown = {}, actions = ["create"], mode = "managed" }: Change): JsonObject => ({
  address,
  mode,
  type: typeIn(address),
  change: { actions: [...actions], before: null, after, after_unknown: unknown },
});

/** A plan as `terraform show -json` prints it ("JSON Output Format"). `root`: its configuration's root module. */
export const planOf = (changes: readonly Change[], root: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  format_version: "1.2",
  terraform_version: "1.9.8",
  resource_changes: changes.map(toChange),
  configuration: { root_module: root },
  ...more,
});

/** Terraform's values for an API request: attributes in its spelling, and each structure as a list of one block. */
export function valuesOf(request: JsonObject, name: (member: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(request).map(([member, value]) => [name(member), plainValue(value, name)]));
}

function plainValue(value: Json, name: (member: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => (isStructure(one) ? valuesOf(one, name) : one));
  return isStructure(value) ? [valuesOf(value, name)] : value;
}

const isStructure = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
