import { allOf, type Conditions } from "./statement.ts";

/** A further limit of a deny statement, so that an exempt call gets past it. */
export interface Way {
  readonly conditions?: Conditions;
  readonly notResources?: readonly string[];
}

/** More statements than these for one rule are not written. */
export const MOST_WAYS = 16;

const both = (one: Way, other: Way): Way => {
  const notResources = [...new Set([...(one.notResources ?? []), ...(other.notResources ?? [])])];
  return {
    conditions: allOf(one.conditions ?? {}, other.conditions ?? {}),
    ...(notResources.length > 0 && { notResources }),
  };
};

/**
 * One way of each list, in every combination. An empty list gives none: nothing gets past it. Stops above `MOST_WAYS`.
 */
export function product(lists: readonly (readonly Way[])[]): readonly Way[] {
  let ways: readonly Way[] = [{}];
  for (const list of lists) {
    ways = ways.flatMap((way) => list.map((other) => both(way, other)));
    if (ways.length > MOST_WAYS) return ways;
  }
  return ways;
}
