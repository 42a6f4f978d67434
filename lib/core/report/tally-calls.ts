import { type CallTable, calls, createCallTable, put, rankOf } from "./call-table.ts";
import { createEarliest, type Earliest, inOrder, keep } from "./earliest.ts";
import { hash30, hash128 } from "./hash.ts";
import { createInterned, type Interned, intern } from "./intern.ts";

/**
 * Calls counted once each, whatever the order in which they come and however they are spread over tallies that are
 * merged later. Plain data, so that threads can pass it. What it holds grows with distinct calls (some 60 bytes each),
 * principals and profiles, and by at most `MAX_TOLD` texts; not with what is read to find them.
 */
export interface CallTally {
  readonly table: CallTable;
  /** What calls are counted by, as text: all that a report says of many calls at once. */
  readonly profiles: Interned;
  readonly principals: Interned;
  /** Clock hours, such as `2026-11-02T09`. */
  readonly hours: Interned;
  readonly told: Earliest;
  doubles: number;
  from: string | null;
  to: string | null;
}

export interface TalliedCall {
  readonly eventID: string;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  readonly principal: string;
  readonly profile: string;
  /** Of two records with the same ID and time that differ, the one with the lower severity stays. 0 to 3. */
  readonly severity: number;
  /** What to tell of this call alone; absent where it need not be told. */
  readonly text?: string;
}

/** A call in a finished tally. */
export interface CountedCall {
  readonly profile: string;
  readonly principal: string;
  readonly hour: string;
}

export const MAX_TOLD = 100_000;

export const createCallTally = (maxTold = MAX_TOLD): CallTally => ({
  table: createCallTable(),
  profiles: createInterned(),
  principals: createInterned(),
  hours: createInterned(),
  told: createEarliest(maxTold),
  doubles: 0,
  from: null,
  to: null,
});

export function addCall(tally: CallTally, call: TalliedCall): void {
  const { eventID, eventTime, principal, profile, severity, text } = call;
  const key = `${eventTime} ${eventID}`;
  const became = put(tally.table, hash128(key), {
    profile: intern(tally.profiles, profile),
    principal: intern(tally.principals, principal),
    hour: intern(tally.hours, eventTime.slice(0, 13)),
    rank: severity * 2 ** 30 + hash30(profile + principal + text),
  });
  if (became !== "new") tally.doubles++;
  if (became !== "kept" && text !== undefined) keep(tally.told, key, text);
  span(tally, eventTime, eventTime);
}

/** Takes another tally's calls into this one; the other is not to be used after that. */
export function mergeCalls(tally: CallTally, other: CallTally): void {
  const mapped = (into: Interned, { texts }: Interned) => texts.map((text) => intern(into, text));
  const profiles = mapped(tally.profiles, other.profiles);
  const principals = mapped(tally.principals, other.principals);
  const hours = mapped(tally.hours, other.hours);
  for (const [key, text] of other.told.texts) {
    const id = hash128(key);
    if (rankOf(tally.table, id) > rankOf(other.table, id)) keep(tally.told, key, text);
  }
  for (const { id, row } of calls(other.table)) {
    const { profile, principal, hour, rank } = row;
    const own = {
      profile: profiles[profile] ?? 0,
      principal: principals[principal] ?? 0,
      hour: hours[hour] ?? 0,
      rank,
    };
    if (put(tally.table, id, own) !== "new") tally.doubles++;
  }
  tally.doubles += other.doubles;
  if (other.from !== null && other.to !== null) span(tally, other.from, other.to);
}

export function* countedCalls({ table, profiles, principals, hours }: CallTally): Generator<CountedCall> {
  for (const { row } of calls(table)) {
    yield {
      profile: profiles.texts[row.profile] ?? "",
      principal: principals.texts[row.principal] ?? "",
      hour: hours.texts[row.hour] ?? "",
    };
  }
}

/** What was told of calls, by time and ID. */
export const toldInOrder = (tally: CallTally): string[] => inOrder(tally.told);

function span(tally: CallTally, from: string, to: string): void {
  if (tally.from === null || from < tally.from) tally.from = from;
  if (tally.to === null || to > tally.to) tally.to = to;
}
