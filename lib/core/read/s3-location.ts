import { isArn } from "../model/arn.ts";
import type { Json } from "../model/json.ts";
import { knownStart } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";

/** The bucket of an S3 location, if its URI names one. */
export type S3Location =
  | { readonly is: "bucket" | "directory-bucket"; readonly name: string }
  | { readonly is: "unclear"; readonly reason: Reason };

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const DIRECTORY = /^[a-z0-9][a-z0-9-]*--[a-z0-9-]+--x-s3$/;
const URL_HOST = /^https:\/\/(?:([^/]+)\.)?s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?\/([^/]*)/;

/**
 * Reads the bucket of `s3://bucket/prefix`, or of an `https` URL of S3. A directory bucket has a suffix in its name.
 * Only S3 knows the bucket of an access point (S3 User Guide, "Bucket naming rules", "Directory bucket naming rules").
 */
export function s3LocationOf(uri: string): S3Location {
  const name = uri.startsWith("https:") ? bucketOfUrl(uri) : /^s3:\/\/([^/]*)/.exec(uri)?.[1];
  if (name === undefined) return { is: "unclear", reason: { code: "not-s3" } };
  if (isArn(name)) return { is: "unclear", reason: { code: "access-point", form: "ARN" } };
  if (/-s3alias$|--ol-s3$|^[a-z0-9-]+\.mrap$/.test(name)) {
    return { is: "unclear", reason: { code: "access-point", form: "alias" } };
  }
  if (DIRECTORY.test(name)) return { is: "directory-bucket", name };
  if (NAME.test(name)) return { is: "bucket", name };
  return { is: "unclear", reason: { code: "not-a-bucket-name", name: name.slice(0, 63) } };
}

/** The URI of a value. For an unresolved value: its known first part, if that contains the whole name of the bucket. */
export function bucketUriOf(value: Json): string | undefined {
  if (typeof value === "string") return value;
  // The bucket's name is complete only if a slash follows it.
  return /^(s3:\/\/[^/]+|https:\/\/[^/]+\/[^/]+)\//.exec(knownStart(value) ?? "")?.[0];
}

/** True if the value is certainly a location in a directory bucket. */
export function isDirectoryBucket(value: Json): boolean {
  const uri = bucketUriOf(value);
  return uri !== undefined && s3LocationOf(uri).is === "directory-bucket";
}

function bucketOfUrl(uri: string): string | undefined {
  const [, host, first] = URL_HOST.exec(uri.slice(0, 2_048)) ?? [];
  return host ?? first;
}
