type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that have a value, to be spread where `undefined` may not stand for an absent member. */
export function defined<T extends object>(members: T): Defined<T> {
  const kept: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) kept[name] = members[name];
  }
  return kept as Defined<T>;
}
