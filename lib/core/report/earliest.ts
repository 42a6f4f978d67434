/** The first so many texts in the order of their keys, whatever the order in which they come. */
export interface Earliest {
  readonly max: number;
  readonly texts: Map<string, string>;
  /** No key after this one can be among the first any more. */
  last: string | undefined;
}

export const createEarliest = (max: number): Earliest => ({ max, texts: new Map(), last: undefined });

/** Keeps a text, in the place of another with the same key. */
export function keep(earliest: Earliest, key: string, text: string): void {
  if (earliest.last !== undefined && key > earliest.last) return;
  earliest.texts.set(key, text);
  if (earliest.texts.size >= 2 * earliest.max) cut(earliest);
}

/** The texts that are left, in the order of their keys. */
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
