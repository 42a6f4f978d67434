/** A clock that only `advance` moves, so that a notebook's minutes pass in a test's milliseconds. */
export interface Clock {
  now(): Date;
  /** Calls `run` after this time in milliseconds. */
  after(ms: number, run: () => void): void;
  /** Moves the time forward, and runs every call that becomes due, in order. */
  advance(ms: number): void;
}

export function createClock(start: Date): Clock {
  let now = start.getTime();
  let due: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => new Date(now),
    after(ms, run) {
      due = [...due, { at: now + ms, run }].sort((a, b) => a.at - b.at);
    },
    advance(ms) {
      const until = now + ms;
      for (let next = due[0]; next && next.at <= until; next = due[0]) {
        due = due.slice(1);
        now = next.at;
        next.run();
      }
      now = until;
    },
  };
}
