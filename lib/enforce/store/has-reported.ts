import type { TagClaim } from "../../core/model/types.ts";
import type { Reported } from "../../ports/ledger.ts";
import type { Store } from "../../ports/store.ts";
import type { Entry } from "./entry.ts";
import { keyOf } from "./entry-key.ts";

const DAY_MS = 24 * 3_600_000;
/** CloudTrail's time of a call may be a little before the time at which its resource was created. */
const BEFORE_CREATION_MS = 5 * 60_000;

interface Options {
  readonly store: Pick<Store, "read">;
  readonly isNew?: boolean;
}

/**
 * Looks for the entry that a resource's tags name. The tags have no date of the event: it is the day on which the resource
 * was checked, or the one before or after, as clocks differ; that of a sweep is the day on which the resource was created. An
 * event that was handled later than that is not found, and its resource is reported once more. A ledger that is new cannot
 * deny what the tags say.
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

function daysOf(checked: string | undefined, createdAt: Date | undefined): string[] {
  const at = Date.parse(checked ?? "");
  const times = [at, at - DAY_MS, at + DAY_MS, createdAt?.getTime() ?? Number.NaN].filter(
    (time) => !Number.isNaN(time),
  );
  return [...new Set(times.map((time) => new Date(time).toISOString().slice(0, 10)))];
}
