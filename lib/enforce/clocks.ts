/**
 * A moment by both clocks of a process. One may be set to another time; the other may stand still while the process is
 * frozen. So time counts as over as soon as one of them says so.
 */
export interface Moment {
  readonly now: number;
  readonly elapsed: number;
}

export interface Clocks {
  now(): Date;
  /** Milliseconds since some start, by a clock that nobody sets. */
  elapsed(): number;
}

export const momentOf = (clocks: Clocks): Moment => ({ now: clocks.now().getTime(), elapsed: clocks.elapsed() });

/** Whether less than so many milliseconds have passed since then. */
export function isWithin(ms: number, since: Moment, clocks: Clocks): boolean {
  const { now, elapsed } = momentOf(clocks);
  return elapsed - since.elapsed < ms && now - since.now < ms && now >= since.now;
}
