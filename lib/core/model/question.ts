import type { Answer, KeyFact, Question } from "./types.ts";

/** Answers by `questionId`. */
export type Answers = ReadonlyMap<string, Answer>;

export const answerTo = (question: Question, answers: Answers): Answer | undefined =>
  answers.size === 0 ? undefined : answers.get(questionId(question));

/** The same question has the same id, so that it is asked once. */
export function questionId(question: Question): string {
  const { ask, account, region } = question;
  return `${ask} ${account} ${region} ${subjectOf(question)}`;
}

function subjectOf(question: Question): string {
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

/** Asks about a key. `wanted`: facts besides DescribeKey's answer, in the order of their names. */
export const keyQuestion = (
  key: string,
  { account, region }: { readonly account: string; readonly region: string },
  wanted: readonly KeyFact[] = [],
): Question => ({ ask: "key", key, account, region, and: wanted });
