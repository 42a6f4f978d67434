import { isOfAws } from "./arn.ts";
import type { Answer, KeyFact, LookUp } from "./types.ts";

/** Answers by `questionId`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The answer to a look-up. What AWS itself owns is in no account of the caller's, so it is never looked up there. */
export function answerTo(lookUp: LookUp, answers: Answers): Answer | undefined {
  const ofAws = lookUp.ask === "describe" ? Object.values(lookUp.input).find(isOfAws) : undefined;
  if (ofAws !== undefined) return { is: "unknown", reason: { code: "defined-by-aws", arn: ofAws } };
  return answers.size === 0 ? undefined : answers.get(lookUpId(lookUp));
}

/** The same question has the same id, so that it is asked once. */
export function lookUpId(lookUp: LookUp): string {
  const { ask, account, region } = lookUp;
  return `${ask} ${account} ${region} ${subjectOf(lookUp)}`;
}

function subjectOf(lookUp: LookUp): string {
  switch (lookUp.ask) {
    case "key":
      return [lookUp.key, ...lookUp.and].join(" ");
    case "bucket":
      return lookUp.bucket;
    case "describe":
      return `${lookUp.operation} ${Object.entries(lookUp.input).sort().join(" ")}`;
    default:
      return lookUp satisfies never;
  }
}

/** Asks about a key. `wanted`: facts besides DescribeKey's answer, in the order of their names. */
export const keyLookUp = (
  key: string,
  { account, region }: { readonly account: string; readonly region: string },
  wanted: readonly KeyFact[] = [],
): LookUp => ({ ask: "key", key, account, region, and: wanted });
