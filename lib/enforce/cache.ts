import { questionId } from "../core/question.ts";
import type { Answer, Question } from "../core/types.ts";

const KEPT = 10_000;

type Ask = (question: Question) => Promise<Answer>;

/**
 * Remembers what was answered about keys, and asks once however many ask at the same time. What could not be told, and
 * what Describe says of a resource, is asked anew.
 */
export function cached(forMs: number, now: () => Date, ask: Ask): Ask {
  const kept = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  return async (question) => {
    if (question.ask !== "key") return ask(question);
    const id = questionId(question);
    const before = kept.get(id);
    if (before && before.until > now().getTime()) return before.answer;
    if (kept.size >= KEPT) kept.clear();
    const answer = ask(question);
    kept.set(id, { answer, until: now().getTime() + forMs });
    if ((await answer).is === "unknown") kept.delete(id);
    return answer;
  };
}
