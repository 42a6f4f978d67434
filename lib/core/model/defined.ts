type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Drops the members that are `undefined`. Spread the result where an optional member must be absent instead. */
export function defined<T extends object>(members: T): Defined<T> {
  const kept: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) kept[name] = members[name];
  }
  return kept as Defined<T>;
}
