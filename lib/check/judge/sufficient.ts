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
  const isEnough = (kept: readonly Circumstance[]) =>
    circumstances.every((given, i) => holding.has(i) || kept.some((one) => isExcluded(one, given)));
  return [...(circumstances[first] ?? [])].reverse().reduce((kept: readonly Circumstance[], one) => {
    const fewer = kept.filter((other) => other !== one);
    return isEnough(fewer) ? fewer : kept;
  }, circumstances[first] ?? []);
}

/** True if a request depends on the same thing with another value. One that does not depend on it can occur with any. */
const isExcluded = (one: Circumstance, given: readonly Circumstance[]): boolean =>
  given.some((other) => onWhat(other) === onWhat(one) && givenBy(other) !== givenBy(one));

const onWhat = (one: Circumstance): string => {
  if ("condition" in one) return `condition ${one.condition}`;
  return "parameter" in one ? `parameter ${one.parameter}` : "parameters";
};

function givenBy(one: Circumstance): string | boolean {
  if ("parameters" in one) return one.parameters;
  return "isNot" in one ? `not ${JSON.stringify(one.isNot)}` : typeof one.is === "string" ? `is ${one.is}` : one.is;
}
