import type { Answer, KeyFact, Question } from "./types.ts";

/** Answers by `questionId`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The same question has the same id, so that it is asked once. */
export function questionId(question: Question): string {
  const { ask, account, region } = question;
  return [ask, account, region, whatOf(question)].join(" ");
}

function whatOf(question: Question): string {
  switch (question.ask) {
    case "key":
      return [question.key, ...question.and].join(" ");
    case "bucket":
      return question.bucket;
    case "describe":
      return `${question.operation} ${Object.entries(question.input).sort().join(" ")}`;
    default:
      return question satisfies never;
  }
}

/** Asks about a key; `wanted` in any order is the same question. */
export const keyQuestion = (
  key: string,
  { account, region }: { readonly account: string; readonly region: string },
  wanted: readonly KeyFact[] = [],
): Question => ({ ask: "key", key, account, region, and: [...wanted].sort() });
