import type { Limiter } from "../ports/limiter.ts";
import type { Store } from "../ports/store.ts";

export interface LimiterOptions {
  readonly store: Store;
  readonly stopsPerHour: number;
  readonly now: () => Date;
}

/** The hour of a time in UTC, as `2026-11-02T09`. */
export const hourOf = (at: Date): string => at.toISOString().slice(0, 13);

/**
 * Slots are objects in the store. Each is written on the condition that it does not exist, so no race can exceed the
 * limit. Each process begins at a random slot, because two processes then seldom try the same one. It tries no slot
 * twice in an hour.
 */
export function createLimiter({ store, stopsPerHour, now }: LimiterOptions): Limiter {
  const begin = (hour: string) => ({ hour, first: Math.floor(Math.random() * stopsPerHour), tried: 0 });
  let current = begin("");
  return {
    async take(eventID, account) {
      const hour = hourOf(now());
      if (current.hour !== hour) current = begin(hour);
      while (current.tried < stopsPerHour) {
        const number = (current.first + current.tried++) % stopsPerHour;
        const slot = `limiter/account=${account}/${hour}/${String(number).padStart(6, "0")}.json`;
        const written = await store.create(slot, { eventID, at: now().toISOString() });
        if (written.is === "unavailable") return written;
        if (written.is === "written") return { is: "taken", slot };
      }
      return { is: "full", reason: { code: "limit-reached", stopsPerHour } };
    },
  };
}
