import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Template } from "../plain-template.ts";

/** The code of one function of the stack. */
export interface FunctionCode {
  /** The zip's name in dist/ and in the release. */
  readonly zip: string;
  /** The template's parameter that holds the key of the zip. */
  readonly parameter: string;
  /** The key in the bucket. It follows from the content: new content never replaces an earlier zip. */
  readonly key: string;
  /** As S3 gives and takes it: SHA-256 in Base64. */
  readonly sha256: string;
}

/** Hexadecimal digits of the hash in a key; deploy/terraform/code.tf has the same number. */
const DIGITS = 16;

/**
 * The code of each function in a plain template, whose zips are in `folder`, sorted by name. Functions may share a zip.
 * Throws if a function names its code in another way than `plainTemplate`.
 */
export function codeOf({ Resources }: Template, folder: string): FunctionCode[] {
  const functions = Object.values(Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
  const codes = functions.map(({ Properties }): FunctionCode => {
    const [, name = ""] = /^dist\/([\w-]+)\//.exec(Properties?.Handler) ?? [];
    const parameter: unknown = Properties?.Code?.S3Key?.Ref;
    if (name === "" || typeof parameter !== "string") throw new Error(`${Properties?.Handler}: where is its code?`);
    const hash = createHash("sha256").update(readFileSync(join(folder, `${name}.zip`)));
    const sha256 = hash.copy().digest("base64");
    const key = `keyward/${name}-${hash.digest("hex").slice(0, DIGITS)}.zip`;
    return { zip: `${name}.zip`, parameter, key, sha256 };
  });
  const byZip = new Map(codes.map((code) => [code.zip, code]));
  return [...byZip.values()].sort((a, b) => (a.zip < b.zip ? -1 : 1));
}
