/** Picks one of the possible values of something that is not known; the same one each time within a run. */
export type Pick = <T>(id: string, from: readonly [T, ...T[]]) => T;

interface Choice {
  readonly id: string;
  readonly count: number;
  index: number;
}

/**
 * Runs a function once for every combination of the values that it picks, and gives the results. A run that does not pick
 * something does not multiply the others. Undefined if there would be more than `max` runs.
 */
export function everyChoice<R>(run: (pick: Pick) => R, max: number): R[] | undefined {
  const trail: Choice[] = [];
  const results: R[] = [];
  do {
    if (results.length === max) return undefined;
    results.push(run(pickerOn(trail)));
  } while (advance(trail));
  return results;
}

function pickerOn(trail: Choice[]): Pick {
  const taken = new Map<string, Choice>();
  return (id, from) => {
    const known = taken.get(id) ?? trail[taken.size] ?? { id, count: from.length, index: 0 };
    if (!taken.has(id)) {
      if (taken.size === trail.length) trail.push(known);
      taken.set(id, known);
    }
    return from[known.index] ?? from[0];
  };
}

/** Moves on to the next combination: the last pick that has a value left takes it. */
function advance(trail: Choice[]): boolean {
  for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
    if (last.index + 1 < last.count) {
      last.index += 1;
      return true;
    }
    trail.pop();
  }
  return false;
}
