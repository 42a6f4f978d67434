import type { Ports } from "../ports/ports.ts";
import type { Store } from "../ports/store.ts";
import { type AlarmTold, writeAlarm } from "../wording/alarm-mail.ts";
import { hourOf } from "./limiter.ts";

export interface AlarmOptions {
  readonly store: Store;
  readonly publish: Ports["notify"];
  readonly waiting: () => Promise<number | undefined>;
  readonly where: Pick<AlarmTold, "account" | "region">;
  readonly now: () => Date;
}

/**
 * Tells the operators of each kind of trouble once an hour, whichever container meets it first: the hour's note is an
 * object in the store. Where the store itself is the trouble, each container knows only of its own.
 */
export function createAlarms({ store, publish, waiting, where, now }: AlarmOptions): Ports["alarm"] {
  const told = new Set<string>();
  return async ({ kind, because }) => {
    const key = `alarms/${hourOf(now())}/${kind}.json`;
    if (told.has(key)) return;
    told.add(key);
    const noted = await store.create(key, { because, at: now().toISOString() });
    if (noted.is === "refused") return;
    const sent = await publish(writeAlarm({ kind, because, ...where, waiting: await waiting() }));
    // Untold, it may be tried again by this container; the note keeps the others from it for the hour.
    if (sent.is !== "done") told.delete(key);
  };
}
