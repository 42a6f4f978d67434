import { type CallTable, calls, createCallTable, put, rankOf } from "./call-table.ts";
import { createEarliest, type Earliest, inOrder, keep } from "./earliest.ts";
import { type Hashed, hash30, hash128 } from "./hash.ts";
import { createInterned, type Interned, intern } from "./intern.ts";

/**
 * Counts each call once. Neither the order of the calls nor the number of tallies that are merged changes the result.
 * Plain data, so that threads can pass it. Its memory grows with distinct calls (some 60 bytes each), principals and
 * profiles, and by at most `MAX_TEXTS` texts; not with the records that are read.
 */
export interface CallTally {
  readonly table: CallTable;
  /** The facts that calls are counted by, as text: all that a report says of many calls at once. */
  readonly profiles: Interned;
  readonly principals: Interned;
  /** Clock hours, such as `2026-11-02T09`. */
  readonly hours: Interned;
  readonly texts: Earliest;
  doubles: number;
  from: string | null;
  to: string | null;
}

export interface TalliedCall {
  readonly eventID: string;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  readonly principal: string;
  readonly profile: Hashed;
  /** Of two records with the same ID and time that differ, the one with the lower severity stays. 0 to 3. */
  readonly severity: number;
  /** The report's finding about this call alone, as JSON; undefined where there is none. */
  readonly text: string | undefined;
}

/** A call in a finished tally. */
export interface CountedCall {
  readonly profile: string;
  readonly principal: string;
  readonly hour: string;
}

const MAX_TEXTS = 100_000;

export const createCallTally = (maxTexts = MAX_TEXTS): CallTally => ({
  table: createCallTable(),
  profiles: createInterned(),
  principals: createInterned(),
  hours: createInterned(),
  texts: createEarliest(maxTexts),
  doubles: 0,
  from: null,
  to: null,
});

/** The hash of the call at hand. */
const scratch = new Uint32Array(4);

export function addCall(tally: CallTally, call: TalliedCall): void {
  const { eventID, eventTime, principal, profile, severity, text } = call;
  const key = `${eventTime} ${eventID}`;
  const became = put(tally.table, hash128(key, scratch), {
    profile: intern(tally.profiles, profile.text),
    principal: intern(tally.principals, principal),
    hour: intern(tally.hours, eventTime.slice(0, 13)),
    // The text of a call names its principal.
    rank: severity * 2 ** 30 + (profile.hash ^ hash30(text ?? principal)),
  });
  if (became !== "new") tally.doubles++;
  if (became !== "kept" && text !== undefined) keep(tally.texts, key, text);
  span(tally, eventTime, eventTime);
}

/** Takes another tally's calls into this one; the other must not be used after that. */
export function mergeCalls(tally: CallTally, other: CallTally): void {
  const mapped = (into: Interned, { texts }: Interned) => texts.map((text) => intern(into, text));
  const profiles = mapped(tally.profiles, other.profiles);
  const principals = mapped(tally.principals, other.principals);
  const hours = mapped(tally.hours, other.hours);
  for (const [key, text] of other.texts.texts) {
    const id = hash128(key);
    if (rankOf(tally.table, id) > rankOf(other.table, id)) keep(tally.texts, key, text);
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

/** The texts of single calls, by time and ID. */
export const textsInOrder = (tally: CallTally): string[] => inOrder(tally.texts);

function span(tally: CallTally, from: string, to: string): void {
  if (tally.from === null || from < tally.from) tally.from = from;
  if (tally.to === null || to > tally.to) tally.to = to;
}
