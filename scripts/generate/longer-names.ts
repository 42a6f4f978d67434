import * as sdk from "@aws-sdk/client-sagemaker";
import { operations } from "../../lib/catalogue/operations.ts";
import { type GeneratedFile, HEAD } from "./file.ts";

/** The SDK's operations without keys whose names contain the name of an operation with keys. */
export function longerNamesFile(): GeneratedFile {
  const keyed: readonly string[] = operations.map(({ operation }) => operation);
  const all = Object.keys(sdk).flatMap((name) => (name.endsWith("Command") ? [name.slice(0, -"Command".length)] : []));
  const longer = all.filter((name) => !keyed.includes(name) && keyed.some((one) => name.includes(one))).sort();
  const text = `${HEAD}
/**
 * Operations without keys whose names contain the name of one with keys: \`CreateModelPackageGroup\` is no
 * \`CreateModelPackage\`.
 */
export const longerNames: readonly string[] = [
${longer.map((name) => `  "${name}",\n`).join("")}];
`;
  return { path: "lib/catalogue/longer-names.ts", text };
}
