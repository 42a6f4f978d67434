import type { Template } from "../plain-template.ts";
import type { FunctionCode } from "./code-of.ts";

/** The parameter with the bucket's name; an option of its own. */
const BUCKET = "CodeBucketPrefix";

/**
 * install.sh for one version: the source with the values of the release instead of its placeholders. Throws if the source
 * lacks a placeholder.
 */
export function installScript(
  source: string,
  { Parameters = {} }: Template,
  codes: readonly FunctionCode[],
  version: string,
): string {
  const own = [BUCKET, ...codes.map(({ parameter }) => parameter)];
  const names = Object.keys(Parameters).filter((name) => !own.includes(name));
  const lines = codes.map(({ zip, parameter, key, sha256 }) => `${zip} ${parameter} ${key} ${sha256}`);
  const values = { VERSION: version, PARAMETERS: names.join(" "), CODE: lines.join("\n") };
  return Object.entries(values).reduce((text, [name, value]) => {
    const filled = text.replace(new RegExp(`^${name}=''$`, "m"), () => `${name}='${value}'`);
    if (filled === text) throw new Error(`scripts/release/install.sh lacks the line ${name}=''`);
    return filled;
  }, source);
}
