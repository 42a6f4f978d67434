/** Texts that recur: each is kept once, and stands for its index. */
export interface Interned {
  readonly indexes: Map<string, number>;
  readonly texts: string[];
}

export const createInterned = (): Interned => ({ indexes: new Map(), texts: [] });

export function intern({ indexes, texts }: Interned, text: string): number {
  const known = indexes.get(text);
  if (known !== undefined) return known;
  indexes.set(text, texts.length);
  return texts.push(text) - 1;
}
