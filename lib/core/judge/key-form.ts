import { isArn, parseArn } from "../model/arn.ts";

/**
 * The form in which a request names a key (KMS Developer Guide, "Key identifiers"). `unrecognised`: not a key's name.
 */
export type KeyForm = "key-id" | "key-arn" | "alias" | "alias-arn" | "unrecognised";

/** The ARN of a key or an alias. Its groups are the account and the type of the resource. */
export const ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:(\d{12}):(key|alias)\/[\w/-]+$/;

/**
 * Finds the form of a key's name. `unrecognised` also for a text that only looks like one, such as another service's
 * ARN.
 */
export function formOf(key: string): KeyForm {
  if (isArn(key)) {
    if (!ARN.test(key)) return "unrecognised";
    return key.includes(":key/") ? "key-arn" : "alias-arn";
  }
  if (key.startsWith("alias/")) return /^alias\/[\w/-]{1,250}$/.test(key) ? "alias" : "unrecognised";
  return /^[\w-]{1,128}$/.test(key) ? "key-id" : "unrecognised";
}

/**
 * True for `alias/aws/…`, with or without an ARN before it: the alias of an AWS managed key. Such an alias is never
 * looked up, because DescribeKey would create the key.
 */
export function isAwsManagedByName(key: string): boolean {
  const at = key.indexOf(AWS_ALIAS);
  if (at <= 0) return at === 0;
  return parseArn(key)?.resource.startsWith(AWS_ALIAS) ?? false;
}

const AWS_ALIAS = "alias/aws/";
