import type { Circumstance } from "../model/subject.ts";

/**
 * Circumstances under which all requests, by their index, are among `holding`: as few as possible. Empty if all requests
 * are. The circumstances at the end of a request's list are the first to be left out.
 */
export function sufficient(
  holding: ReadonlySet<number>,
  circumstances: readonly (readonly Circumstance[])[],
): readonly Circumstance[] {
  const [first] = holding;
  if (first === undefined || holding.size === circumstances.length) return [];
  const ids = circumstances.map((under) => new Set(under.map(idOf)));
  const isEnough = (kept: readonly Circumstance[]) =>
    ids.every((given, i) => holding.has(i) || !kept.every((one) => given.has(idOf(one))));
  return [...(circumstances[first] ?? [])].reverse().reduce((kept: readonly Circumstance[], one) => {
    const fewer = kept.filter((other) => other !== one);
    return isEnough(fewer) ? fewer : kept;
  }, circumstances[first] ?? []);
}

const idOf = (one: Circumstance): string => JSON.stringify(one);
