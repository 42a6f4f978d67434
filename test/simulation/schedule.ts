import type { Random } from "../long/random.ts";

/** A process that works for the function. It can be killed, and then nothing that it still waits for comes back. */
export interface Process {
  readonly name: string;
  alive: boolean;
  onKilled: () => void;
}

/** What happens to one call on its way. */
export interface Journey {
  /** Milliseconds until the service does it; `undefined`: it never arrives. */
  readonly there: number | undefined;
  /** Milliseconds from then until its answer is at hand. */
  readonly back: number;
}

/**
 * Virtual time and everything that is under way in it. One step runs what is due next; then the program runs on until it
 * waits for the outside world again. The same seed gives the same order.
 */
export interface Schedule {
  now(): number;
  after(ms: number, run: () => void): void;
  /** A call of a process: `effect` happens at the service, its result or `lost` comes back. */
  call<T>(by: Process, journey: Journey, effect: () => T, lost: () => T): Promise<T>;
  /** Runs what is due next; false where nothing is. */
  step(): Promise<boolean>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createSchedule(start: number): Schedule {
  let now = start;
  let count = 0;
  // A heap is not worth it: a few dozen things are under way at once.
  const due: Due[] = [];
  const after = (ms: number, run: () => void) => {
    const one = { at: now + Math.max(0, ms), order: count++, run };
    let i = due.length;
    while (i > 0 && isBefore(one, due[i - 1] as Due)) i--;
    due.splice(i, 0, one);
  };
  return {
    now: () => now,
    after,
    call: (by, { there, back }, effect, lost) =>
      new Promise((done) => {
        // A killed process gets no answer, but what it has sent still arrives.
        const answer = (result: () => ReturnType<typeof effect>) => after(back, () => by.alive && done(result()));
        if (there === undefined) answer(lost);
        else
          after(there, () => {
            const result = effect();
            answer(() => result);
          });
      }),
    async step() {
      const next = due.shift();
      if (!next) return false;
      now = next.at;
      next.run();
      // Every promise that can go on has gone on before the next macrotask.
      await new Promise((done) => setImmediate(done));
      return true;
    },
  };
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A number of milliseconds, mostly small. */
export const someMs = (random: Random, usual: number): number => random.below(usual) + 1;
