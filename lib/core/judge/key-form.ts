/** A key as a request names it (KMS Developer Guide, "Key identifiers"): one of four forms, or no key at all. */
export type KeyForm = "key-id" | "key-arn" | "alias" | "alias-arn" | "unrecognised";

/** Its groups are the account and the type of the resource. */
export const ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:(\d{12}):(key|alias)\/[\w/-]+$/;

export function formOf(key: string): KeyForm {
  if (key.startsWith("arn:")) {
    const arn = ARN.exec(key);
    return arn ? (arn[2] === "key" ? "key-arn" : "alias-arn") : "unrecognised";
  }
  if (key.startsWith("alias/")) return /^alias\/[\w/-]{1,250}$/.test(key) ? "alias" : "unrecognised";
  return /^[\w-]{1,128}$/.test(key) ? "key-id" : "unrecognised";
}

/** `alias/aws/…`, bare or in an ARN, is an AWS managed key by its name; DescribeKey of one would create it. */
export function isAwsManagedByName(key: string): boolean {
  const at = key.indexOf("alias/aws/");
  if (at <= 0) return at === 0;
  return key.startsWith("arn:") && key[at - 1] === ":" && key.indexOf("/") === at + "alias".length;
}
