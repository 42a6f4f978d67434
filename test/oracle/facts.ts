import type { Answer, LookUp } from "../../lib/core/model/look-up.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { ACCOUNT, KEY, policyOf, REGION } from "../support/build.ts";

export type Is = "accepted" | "missing" | "rejected" | "not-applicable" | "undetermined";
type KeyIs = Extract<Is, "accepted" | "rejected" | "undetermined">;

/** The policies that requests are judged by; the tables below have one column for each. */
export const policies: readonly Policy[] = [
  policyOf({ require: { "in-transit": true } }),
  policyOf({
    keys: { accept: "customer-managed" },
    buckets: { output: true, input: true, "default-for-missing-key": true },
    notebooks: { "on-local-storage": "not-required" },
    endpoints: { "on-serverless": "required" },
  }),
  policyOf({
    keys: { accept: "listed", allow: [KEY, "alias/ml-*"], "other-accounts": "reject" },
    buckets: { unkeyed: false },
    require: { volume: false, "in-transit": true },
  }),
];

interface KnownKey {
  /** The answer of DescribeKey, for the policies that need it; without it, KMS gives no answer. */
  readonly answer?: {
    readonly manager: "AWS" | "CUSTOMER";
    readonly state: string;
    readonly aliases?: readonly string[];
  };
  /** Its verdict under each policy. */
  readonly is: readonly [any: KeyIs, customerManaged: KeyIs, listed: KeyIs];
}

const keyArn = (n: number, account = ACCOUNT) =>
  `arn:aws:kms:${REGION}:${account}:key/${String(n).repeat(8)}-12ab-34cd-56ef-1234567890ab`;

/** Keys in every form and state (docs/look-ups.md, "Keys"). */
export const keys: Readonly<Record<string, KnownKey>> = {
  [KEY]: { answer: { manager: "CUSTOMER", state: "Enabled" }, is: ["accepted", "accepted", "accepted"] },
  "alias/ml-team": {
    answer: { manager: "CUSTOMER", state: "Enabled", aliases: ["alias/ml-team"] },
    is: ["accepted", "accepted", "accepted"],
  },
  [keyArn(2)]: { answer: { manager: "CUSTOMER", state: "Disabled" }, is: ["accepted", "rejected", "rejected"] },
  [keyArn(3)]: { answer: { manager: "AWS", state: "Enabled" }, is: ["accepted", "rejected", "rejected"] },
  [keyArn(4, "444455556666")]: {
    answer: { manager: "CUSTOMER", state: "Enabled" },
    is: ["accepted", "undetermined", "rejected"],
  },
  [keyArn(5)]: { is: ["accepted", "undetermined", "undetermined"] },
  "alias/aws/s3": { is: ["accepted", "rejected", "rejected"] },
  "two words": { is: ["undetermined", "undetermined", "undetermined"] },
};

/** A bucket's default encryption, or the verdict that follows from its name alone. */
type KnownBucket =
  | { readonly defaults: Extract<Answer, { is: "bucket" }>; readonly key?: string }
  | { readonly is: Extract<Is, "missing" | "undetermined"> };

/** S3 locations (docs/look-ups.md, "Buckets"). */
export const places: Readonly<Record<string, KnownBucket>> = {
  "s3://own-data/a": { defaults: { is: "bucket", algorithm: "aws:kms", key: KEY }, key: KEY },
  "s3://other-data/a": { defaults: { is: "bucket", algorithm: "aws:kms:dsse", key: keyArn(3) }, key: keyArn(3) },
  "s3://managed-data/a": { defaults: { is: "bucket", algorithm: "aws:kms" }, key: "alias/aws/s3" },
  "s3://plain-data/a": { defaults: { is: "bucket", algorithm: "AES256" } },
  "s3://silent-data/a": { is: "undetermined" },
  "s3://data--use1-az4--x-s3/a": { is: "missing" },
  "https://example.com/a": { is: "undetermined" },
};

export const isDirectoryBucket = (uri: string): boolean => uri.includes("--x-s3");

/** The verdict on a key under a policy; undetermined for a key that is in no table. */
export const keyVerdict = (key: string, policy: number): Is => keys[key]?.is[policy] ?? "undetermined";

/** The verdict on a bucket's default encryption under a policy. */
export function placeVerdict(uri: string, policy: number): Is {
  const place = places[uri];
  if (!place) return "undetermined";
  if ("is" in place) return place.is;
  return place.key === undefined ? "missing" : keyVerdict(place.key, policy);
}

const NO_ANSWER: Answer = { is: "unknown", reason: { code: "needs-key" } };

/** The answers of KMS and S3. A policy that accepts any key looks up no key. */
export function answerOf(lookUp: Exclude<LookUp, { ask: "describe" }>): Answer {
  if (lookUp.ask === "steps") return NO_ANSWER;
  if (lookUp.ask === "bucket") {
    const place = places[`s3://${lookUp.bucket}/a`];
    return place && "defaults" in place ? place.defaults : NO_ANSWER;
  }
  const answer = keys[lookUp.key]?.answer;
  if (!answer) return NO_ANSWER;
  const arn = lookUp.key.startsWith("arn:") ? lookUp.key : keyArn(9);
  return { is: "key", arn, ...answer };
}
