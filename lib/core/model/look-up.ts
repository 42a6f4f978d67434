import type { Answer, KeyFact, LookUp } from "./types.ts";

/** Answers by `questionId`. */
export type Answers = ReadonlyMap<string, Answer>;

export const answerTo = (lookUp: LookUp, answers: Answers): Answer | undefined =>
  answers.size === 0 ? undefined : answers.get(lookUpId(lookUp));

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
