import type { Alarm, Ports } from "../../ports/ports.ts";
import type { Store } from "../../ports/store.ts";
import { type AlarmFacts, writeAlarm } from "../../wording/mail/alarm-mail.ts";
import { say } from "../../wording/reasons/say.ts";
import { hourOf } from "./limiter.ts";

export interface AlarmOptions {
  readonly store: Store;
  readonly publish: Ports["notify"];
  /** The approximate number of messages in the queue; undefined where it is not known. */
  readonly waiting: () => Promise<number | undefined>;
  readonly where: Pick<AlarmFacts, "account" | "region">;
  readonly now: () => Date;
  readonly recordFault: Ports["recordFault"];
}

/**
 * Sends each kind of alarm to the operators once an hour. The first container that has the alarm writes an object for
 * the hour into the store. Where the store cannot be written, each container sends the alarm once an hour.
 */
export function createAlarms(options: AlarmOptions): Ports["alarm"] {
  const sent = new Set<string>();
  return async (alarm) => {
    try {
      await sendOnce(alarm, sent, options);
    } catch (error) {
      // A failed alarm must not prevent the handling of an event.
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
  // After a failure this container may try again. The object prevents the other containers from trying in this hour.
  if (result.is !== "done") sent.delete(key);
}
