export interface Random {
  /** A whole number below `n`. */
  below(n: number): number;
  pick<T>(items: readonly T[]): T;
}

/** A small seeded generator (mulberry32): the same seed gives the same numbers everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}
