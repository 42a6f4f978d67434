import { type Answer, type LookUp, lookUpId } from "../../core/model/look-up.ts";

const MAX_KEPT = 10_000;

/** An answer, its source and its age. */
export interface Answered {
  readonly answer: Answer;
  readonly from: "memory" | "AWS";
  /** In milliseconds. */
  readonly age: number;
}

export type Resolve = (lookUp: LookUp) => Promise<Answer>;

/**
 * Caches the answers about keys and buckets for a time in milliseconds. Simultaneous look-ups share one call. Unknown
 * answers are not cached, nor are those about resources that change: Describe's, and the steps of an execution.
 */
export function cached(forMs: number, now: () => Date, resolve: Resolve): (lookUp: LookUp) => Promise<Answered> {
  const kept = new Map<string, { readonly answer: Promise<Answer>; readonly at: number }>();
  return async (lookUp) => {
    if (lookUp.ask === "describe" || lookUp.ask === "steps")
      return { answer: await resolve(lookUp), from: "AWS", age: 0 };
    const id = lookUpId(lookUp);
    const before = kept.get(id);
    const age = before ? now().getTime() - before.at : 0;
    if (before && age < forMs) return { answer: await before.answer, from: "memory", age };
    if (kept.size >= MAX_KEPT) kept.clear();
    const answer = resolve(lookUp);
    kept.set(id, { answer, at: now().getTime() });
    // An unexpected error is not cached either.
    const known = await answer.then(
      ({ is }) => is !== "unknown",
      () => false,
    );
    if (!known) kept.delete(id);
    return { answer: await answer, from: "AWS", age: 0 };
  };
}
