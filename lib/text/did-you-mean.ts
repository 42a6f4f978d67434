import { distance } from "fastest-levenshtein";

/** `; did you mean "…"?` with the most similar known name; empty if no known name is similar. */
export function didYouMean(name: string, known: readonly string[]): string {
  const [nearest] = known.map((one) => [distance(name, one), one] as const).sort(([a], [b]) => a - b);
  return nearest && nearest[0] <= Math.min(3, name.length / 2) ? `; did you mean "${nearest[1]}"?` : "";
}
