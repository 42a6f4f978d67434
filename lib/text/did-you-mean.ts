import { distance } from "fastest-levenshtein";

/** `; did you mean "…"?` with the known name that was most likely meant, or nothing where none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const [best] = known.map((one) => [distance(name, one), one] as const).sort(([a], [b]) => a - b);
  return best && best[0] <= Math.min(3, name.length / 2) ? `; did you mean "${best[1]}"?` : "";
}
