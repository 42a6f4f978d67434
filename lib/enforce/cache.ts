import { questionId } from "../core/model/question.ts";
import type { Answer, Question } from "../core/model/types.ts";

const MAX_KEPT = 10_000;

/** An answer, where it came from, and how old it is. */
export interface Answered {
  readonly answer: Answer;
  readonly from: "memory" | "AWS";
  /** In milliseconds. */
  readonly age: number;
}

export type LookUpOne = (question: Question) => Promise<Answer>;

/**
 * Caches the answers about keys and buckets for so many milliseconds. Callers that ask at the same time share one call.
 * Unknown answers and Describe's answers are not cached.
 */
export function cached(forMs: number, now: () => Date, lookUp: LookUpOne): (question: Question) => Promise<Answered> {
  const kept = new Map<string, { readonly answer: Promise<Answer>; readonly at: number }>();
  return async (question) => {
    if (question.ask === "describe") return { answer: await lookUp(question), from: "AWS", age: 0 };
    const id = questionId(question);
    const before = kept.get(id);
    const age = before ? now().getTime() - before.at : 0;
    if (before && age < forMs) return { answer: await before.answer, from: "memory", age };
    if (kept.size >= MAX_KEPT) kept.clear();
    const answer = lookUp(question);
    kept.set(id, { answer, at: now().getTime() });
    // An unexpected error is not kept either.
    const known = await answer.then(
      ({ is }) => is !== "unknown",
      () => false,
    );
    if (!known) kept.delete(id);
    return { answer: await answer, from: "AWS", age: 0 };
  };
}
