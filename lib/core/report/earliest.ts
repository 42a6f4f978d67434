/** The first `max` texts by their keys, in whatever order they come. */
export interface Earliest {
  readonly max: number;
  readonly texts: Map<string, string>;
  /** A key after this one cannot be among the first. */
  last: string | undefined;
}

export const createEarliest = (max: number): Earliest => ({ max, texts: new Map(), last: undefined });

/** Keeps a text, instead of another with the same key. */
export function keep(earliest: Earliest, key: string, text: string): void {
  if (earliest.last !== undefined && key > earliest.last) return;
  earliest.texts.set(key, text);
  if (earliest.texts.size >= 2 * earliest.max) cut(earliest);
}

/** The texts that are kept, in the order of their keys. */
export function inOrder(earliest: Earliest): string[] {
  cut(earliest);
  return [...earliest.texts.keys()].sort().map((key) => earliest.texts.get(key) ?? "");
}

function cut(earliest: Earliest): void {
  const { max, texts } = earliest;
  const keys = [...texts.keys()].sort();
  for (const key of keys.slice(max)) texts.delete(key);
  if (keys.length >= max) earliest.last = keys[max - 1];
}
