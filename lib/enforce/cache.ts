import { questionId } from "../core/model/question.ts";
import type { Answer, Question } from "../core/model/types.ts";

const KEPT = 10_000;

/** An answer, who gave it, and how old it is. */
export interface Answered {
  readonly answer: Answer;
  readonly from: "memory" | "AWS";
  /** In milliseconds. */
  readonly age: number;
}

export type Ask = (question: Question) => Promise<Answer>;

/**
 * Remembers what was answered about keys and buckets, and asks once however many ask at the same time. What could not be
 * told, and what Describe says of a resource, is asked anew.
 */
export function cached(forMs: number, now: () => Date, ask: Ask): (question: Question) => Promise<Answered> {
  const kept = new Map<string, { readonly answer: Promise<Answer>; readonly at: number }>();
  return async (question) => {
    if (question.ask === "describe") return { answer: await ask(question), from: "AWS", age: 0 };
    const id = questionId(question);
    const before = kept.get(id);
    const age = before ? now().getTime() - before.at : 0;
    if (before && age < forMs) return { answer: await before.answer, from: "memory", age };
    if (kept.size >= KEPT) kept.clear();
    const answer = ask(question);
    kept.set(id, { answer, at: now().getTime() });
    if ((await answer).is === "unknown") kept.delete(id);
    return { answer: await answer, from: "AWS", age: 0 };
  };
}
