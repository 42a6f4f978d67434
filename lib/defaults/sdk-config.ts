import { stringify } from "yaml";
import { operation as rowOf } from "../catalogue/find-operation.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import type { Policy } from "../policy/schema.ts";
import { putAt } from "./put-at.ts";
import { type SdkMember, type SdkVersion, sdkMembers } from "./sdk-members.ts";

/** The oldest version whose schema has every section of the file. An older one refuses the whole file. */
export const OLDEST: Readonly<Record<SdkVersion, string>> = { v2: "2.211.0", v3: "3.0.0" };

/** The members that the file gives: those that the version reads, and whose data the policy requires to be encrypted. */
export const givenMembers = (version: SdkVersion, policy: Policy): SdkMember[] =>
  sdkMembers.filter((one) => one[version] !== undefined && one.leftOut === undefined && isRequired(one, policy));

function isRequired({ operation, path }: SdkMember, { require }: Policy): boolean {
  const setting = rowOf(operation)?.settings.find((one) => one.path === path);
  return setting !== undefined && require[setting.protects];
}

/** The value for a member: the key, or true for an in-transit flag. */
export const valueFor = ({ path }: SdkMember, key: string): Json => (/KmsKey|ResourceKey$/.test(path) ? key : true);

/** The content of the SDK's config.yaml. */
export function sdkConfig(key: string, version: SdkVersion, policy: Policy): JsonObject {
  const content = givenMembers(version, policy).reduce<JsonObject>(
    (made, member) => putAt(made, member.config, valueFor(member, key)),
    {},
  );
  return { SchemaVersion: "1.0", SageMaker: content };
}

/** The SDK's config.yaml as text, with a head that says what it is and where it belongs. */
export function sdkConfigText(key: string, version: SdkVersion, policy: Policy): string {
  const head = [
    `# ${MARK} sdk-${version}: defaults of the SageMaker Python SDK, ${OLDEST[version]} or later.`,
    "# The SDK reads /etc/xdg/sagemaker/config.yaml, then ~/.config/sagemaker/config.yaml, which has priority.",
  ];
  return `${head.join("\n")}\n${stringify(sdkConfig(key, version, policy), { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** The text by which a later installation recognises the file. */
export const MARK = "Made by keyward defaults";
