import { isWithin, type Moment, momentOf } from "../enforce/clocks.ts";
import { LEASE_MS } from "../enforce/store/ledger.ts";
import type { Store, Unavailable } from "../ports/store.ts";
import { collect } from "./collect.ts";
import { type Day, dayKey } from "./day.ts";
import type { DailyPorts } from "./ports.ts";

/** A day that this run has claimed, as it is stored. Each write makes the claim anew. */
export interface Held {
  readonly day: Day;
  readonly etag: string;
  readonly since: Moment;
}

export type Claimed =
  | { readonly is: "held"; readonly held: Held }
  /** All its mails are sent or given up; or there is no record, and none was wanted. */
  | { readonly is: "over" }
  /** Another run works on it. */
  | { readonly is: "busy" }
  | Unavailable;

/** Claims a day. `mayCreate`: without a record it makes one, with the mails that are due. */
export async function claimDay(date: string, mayCreate: boolean, ports: DailyPorts): Promise<Claimed> {
  const found = await ports.store.read(dayKey(date));
  if (found.is === "unavailable") return found;
  if (found.is === "absent") return mayCreate ? createDay(date, ports) : { is: "over" };
  const day = found.value as Day;
  if (day.state === "closed") return { is: "over" };
  // By the store's clock alone.
  const isLeased = day.state === "working" && found.at.getTime() - found.writtenAt.getTime() < LEASE_MS;
  if (isLeased) return { is: "busy" };
  const since = momentOf(ports);
  const next: Day = { ...day, state: "working", claims: day.claims + 1 };
  const written = await ports.store.replace(dayKey(date), next, found.etag);
  if (written.is === "unavailable") return written;
  return written.is === "refused" ? { is: "busy" } : { is: "held", held: { day: next, etag: written.etag, since } };
}

async function createDay(date: string, ports: DailyPorts): Promise<Claimed> {
  const mails = await collect(date, ports);
  if ("is" in mails) return mails;
  const since = momentOf(ports);
  const day: Day = { date, state: mails.length > 0 ? "working" : "closed", claims: 1, mails };
  const written = await ports.store.create(dayKey(date), day);
  if (written.is === "unavailable") return written;
  if (written.is === "refused") return { is: "busy" };
  return mails.length > 0 ? { is: "held", held: { day, etag: written.etag, since } } : { is: "over" };
}

/** Whether no other run can have taken the claim over. */
export const isHeld = ({ since }: Held, ports: DailyPorts): boolean => isWithin(LEASE_MS, since, ports);

/**
 * Writes a change under the claim; undefined where it is not certain that it was written, or the claim is lost. A refusal
 * may be the SDK's second attempt that met its own first one: the record itself says which. Nobody else writes the same,
 * because each claim raises `claims`.
 */
export async function writeDay({ etag }: Held, day: Day, ports: DailyPorts): Promise<Held | undefined> {
  const since = momentOf(ports);
  const { store } = ports;
  for (let tried = 0; tried < 2; tried++) {
    const written = await store.replace(dayKey(day.date), day, etag);
    if (written.is === "written") return { day, etag: written.etag, since };
    const found = await readAgain(store, day);
    if (found !== undefined && found.etag !== etag) return found.isSame ? { day, etag: found.etag, since } : undefined;
  }
  return undefined;
}

async function readAgain(store: Store, day: Day): Promise<{ etag: string; isSame: boolean } | undefined> {
  const found = await store.read(dayKey(day.date));
  if (found.is !== "found") return undefined;
  return { etag: found.etag, isSame: JSON.stringify(found.value) === JSON.stringify(day) };
}
