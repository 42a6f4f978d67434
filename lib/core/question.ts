import type { Answer, Question } from "./types.ts";

/** Answers by `questionId`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The same question has the same id, so that it is asked once. */
export function questionId(question: Question): string {
  const { ask, account, region } = question;
  const what =
    ask === "key" ? question.key : `${question.operation} ${Object.entries(question.input).sort().join(" ")}`;
  return [ask, account, region, what].join(" ");
}
