import type { Store, Unavailable } from "./store.ts";

/** At most so many stops an hour: each stop takes one of the hour's slots, which only one can have. */
export interface Limiter {
  take(eventID: string, account: string): Promise<Taken>;
}

export type Taken =
  | { readonly is: "taken"; readonly slot: string }
  | { readonly is: "full"; readonly because: string }
  | Unavailable;

export interface LimiterOptions {
  readonly store: Store;
  readonly stopsPerHour: number;
  readonly now: () => Date;
}

/** The hour that an instant lies in, as `2026-11-02T09`. */
export const hourOf = (at: Date): string => at.toISOString().slice(0, 13);

/**
 * Slots are objects in the store, written on the condition that they are not there: a count that no race can exceed.
 * Each process begins at a slot of its own choosing, so that they seldom meet, and tries none twice in the hour.
 */
export function createLimiter({ store, stopsPerHour, now }: LimiterOptions): Limiter {
  const begin = (hour: string) => ({ hour, first: Math.floor(Math.random() * stopsPerHour), tried: 0 });
  let seen = begin("");
  return {
    async take(eventID, account) {
      const hour = hourOf(now());
      if (seen.hour !== hour) seen = begin(hour);
      while (seen.tried < stopsPerHour) {
        const number = (seen.first + seen.tried++) % stopsPerHour;
        const slot = `limiter/account=${account}/${hour}/${String(number).padStart(6, "0")}.json`;
        const written = await store.create(slot, { eventID, at: now().toISOString() });
        if (written.is === "unavailable") return written;
        if (written.is === "written") return { is: "taken", slot };
      }
      return { is: "full", because: `the policy's limit of ${stopsPerHour} stops an hour is reached` };
    },
  };
}
