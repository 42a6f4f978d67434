import type { TagClaim } from "../../core/model/types.ts";
import type { Reported } from "../../ports/ledger.ts";
import type { Store } from "../../ports/store.ts";
import type { Entry } from "./entry.ts";
import { keyOf } from "./entry-key.ts";

const DAY_MS = 24 * 3_600_000;
/** A message waits for a day, and then so long in the dead-letter queue (serverless.yml) until it is redriven. */
const DAYS_BEFORE = 15;
/** Far below the last time that a Date can hold: whoever wrote the tag chose the time. */
const MAX_TIME = 8e15;
/** CloudTrail's time of a call may be a little before the time at which its resource was created. */
const BEFORE_CREATION_MS = 5 * 60_000;

interface Options {
  readonly store: Pick<Store, "read">;
  readonly isNew?: boolean;
}

/**
 * Looks for the entry that a resource's tags name. The tags have no date of the event: it is the day on which the resource
 * was checked, or a day before; that of a sweep is the day on which the resource was created. A ledger that is new cannot
 * deny what the tags say. Only a tag that nothing proves costs all of the reads.
 */
export async function hasReported(
  { eventID, checked }: TagClaim,
  { account, region, kind, name, createdAt }: Reported,
  { store, isNew }: Options,
): Promise<boolean | undefined> {
  if (isNew) return true;
  for (const eventTime of daysOf(checked, createdAt)) {
    const found = await store.read(keyOf({ account, region, eventTime, eventID }));
    if (found.is === "unavailable") return undefined;
    if (found.is === "absent") continue;
    const { resource, verdict, eventTime: at } = found.value as Entry;
    const isOlder = createdAt !== undefined && Date.parse(at ?? "") < createdAt.getTime() - BEFORE_CREATION_MS;
    return resource?.kind === kind && resource.name === name && verdict === "non-compliant" && !isOlder;
  }
  return false;
}

/** The likely days come first. */
function daysOf(checked: string | undefined, createdAt: Date | undefined): string[] {
  const at = Date.parse(checked ?? "");
  const before = Array.from({ length: DAYS_BEFORE }, (_, i) => at - (i + 1) * DAY_MS);
  // Clocks differ, so the day after the check is possible too.
  const times = [at, createdAt?.getTime() ?? Number.NaN, at + DAY_MS, ...before];
  const known = times.filter((time) => !Number.isNaN(time) && Math.abs(time) < MAX_TIME);
  return [...new Set(known.map((time) => new Date(time).toISOString().slice(0, 10)))];
}
