import { isOfAws } from "./arn.ts";
import type { JsonObject } from "./json.ts";
import type { Reason } from "./reason.ts";

/** A fact that the core needs and that the event does not have. A resolver outside the core gets the answer. */
export type LookUp =
  | {
      readonly ask: "key";
      readonly key: string;
      readonly account: string;
      readonly region: string;
      /** Facts that are needed besides DescribeKey's answer. */
      readonly and: readonly KeyFact[];
    }
  | { readonly ask: "bucket"; readonly bucket: string; readonly account: string; readonly region: string }
  | {
      readonly ask: "describe";
      readonly operation: string;
      readonly input: Readonly<Record<string, string>>;
      readonly account: string;
      readonly region: string;
    }
  /** The resources that the steps of a pipeline's execution have made. */
  | { readonly ask: "steps"; readonly execution: string; readonly account: string; readonly region: string };

export type KeyFact = "aliases" | "rotation";

export type Answer =
  | {
      readonly is: "key";
      readonly arn: string;
      readonly manager: "AWS" | "CUSTOMER";
      /** DescribeKey's KeyState. */
      readonly state: string;
      /** The key's aliases, if the look-up needs them. KMS does not list those of another account's key. */
      readonly aliases?: readonly string[];
      /** KMS rotates the key automatically. Present if the look-up needs it. */
      readonly rotates?: boolean;
    }
  /** A bucket's default encryption. `aws:kms` without a key means `alias/aws/s3`. */
  | { readonly is: "bucket"; readonly algorithm: string; readonly key?: string }
  | { readonly is: "described"; readonly output: JsonObject }
  /** The ARNs of the resources that an execution's steps have made, without those that they only use again. */
  | { readonly is: "steps"; readonly made: readonly string[] }
  /**
   * No answer. `retryable`: a later attempt may get one. `late`: the resource was created a moment ago, so AWS may not
   * show it yet.
   */
  | { readonly is: "unknown"; readonly reason: Reason; readonly retryable?: boolean; readonly late?: boolean };

/** The answers that are known, by `lookUpId`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The answer to a look-up. What AWS itself owns is in no account of the caller's, so it is never looked up there. */
export function answerTo(lookUp: LookUp, answers: Answers): Answer | undefined {
  const ofAws = lookUp.ask === "describe" ? Object.values(lookUp.input).find(isOfAws) : undefined;
  if (ofAws !== undefined) return { is: "unknown", reason: { code: "defined-by-aws", arn: ofAws } };
  return answers.size === 0 ? undefined : answers.get(lookUpId(lookUp));
}

/** The id of a look-up. Equal look-ups have the same id, so each is made once. */
export function lookUpId(lookUp: LookUp): string {
  const { ask, account, region } = lookUp;
  return `${ask} ${account} ${region} ${targetOf(lookUp)}`;
}

function targetOf(lookUp: LookUp): string {
  switch (lookUp.ask) {
    case "key":
      return [lookUp.key, ...lookUp.and].join(" ");
    case "bucket":
      return lookUp.bucket;
    case "describe":
      return `${lookUp.operation} ${Object.entries(lookUp.input).sort().join(" ")}`;
    case "steps":
      return lookUp.execution;
    default:
      return lookUp satisfies never;
  }
}

/** Makes the look-up of a key. `wanted`: facts besides DescribeKey's answer, in the order of their names. */
export const keyLookUp = (
  key: string,
  { account, region }: { readonly account: string; readonly region: string },
  wanted: readonly KeyFact[] = [],
): LookUp => ({ ask: "key", key, account, region, and: wanted });
