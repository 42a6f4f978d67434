import type { Alarm, Ports } from "../ports/ports.ts";
import type { Store } from "../ports/store.ts";
import { type AlarmFacts, writeAlarm } from "../wording/mail/alarm-mail.ts";
import { say } from "../wording/reasons/say.ts";
import { hourOf } from "./limiter.ts";

export interface AlarmOptions {
  readonly store: Store;
  readonly publish: Ports["notify"];
  /** The number of messages in the queue, roughly; undefined where it is not known. */
  readonly waiting: () => Promise<number | undefined>;
  readonly where: Pick<AlarmFacts, "account" | "region">;
  readonly now: () => Date;
  readonly recordFault: Ports["recordFault"];
}

/**
 * Sends each kind of alarm to the operators once an hour, whichever container meets it first: an object in the store
 * notes the hour's alarm. Where the store itself cannot be written, each container sends its own.
 */
export function createAlarms(options: AlarmOptions): Ports["alarm"] {
  const sent = new Set<string>();
  return async (alarm) => {
    try {
      await sendOnce(alarm, sent, options);
    } catch (error) {
      // An alarm must not keep an event from being handled.
      options.recordFault({ alarm: alarm.kind }, error);
    }
  };
}

async function sendOnce(
  { kind, reason }: Alarm,
  sent: Set<string>,
  { store, publish, waiting, where, now }: AlarmOptions,
): Promise<void> {
  const key = `alarms/${hourOf(now())}/${kind}.json`;
  if (sent.has(key)) return;
  sent.add(key);
  const note = { code: reason.code, because: say(reason), at: now().toISOString() };
  if ((await store.create(key, note)).is === "refused") return;
  const result = await publish(writeAlarm({ kind, reason, ...where, waiting: await waiting() }));
  // This container may try again after a failure; the note keeps the others from it for the hour.
  if (result.is !== "done") sent.delete(key);
}
