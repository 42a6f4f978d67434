/**
 * Distinct calls in typed arrays: 32 bytes a call, and 43 to 86 with the slots that an open-addressed table keeps free.
 * A call is identified by 128 bits of its ID and time.
 */
export interface CallTable {
  size: number;
  /** Four words a slot: the hash that identifies the call. */
  ids: Uint32Array;
  /** Four words a slot: its row, with one added to the profile, so that 0 is an empty slot. */
  rows: Uint32Array;
}

/** A call as indexes of interned texts. Of two rows for one call the one with the lower `rank` stays. */
export interface Row {
  readonly profile: number;
  readonly principal: number;
  readonly hour: number;
  readonly rank: number;
}

const WORDS = 4;
const FIRST_SLOTS = 1024;
const FULL = 0.75;

export const createCallTable = (slots = FIRST_SLOTS): CallTable => ({
  size: 0,
  ids: new Uint32Array(slots * WORDS),
  rows: new Uint32Array(slots * WORDS),
});

/** `new`; or for a call that is there already, `replaced` where this row has the lower rank, else `kept`. */
export function put(table: CallTable, id: Uint32Array, row: Row): "new" | "replaced" | "kept" {
  const at = slotOf(table, id);
  const known = table.rows[at] !== 0;
  if (known && (table.rows[at + 3] ?? 0) <= row.rank) return "kept";
  table.ids.set(id, at);
  // Written out: a list for `set` would cost more than all the rest.
  table.rows[at] = row.profile + 1;
  table.rows[at + 1] = row.principal;
  table.rows[at + 2] = row.hour;
  table.rows[at + 3] = row.rank;
  if (known) return "replaced";
  table.size++;
  if (table.size > (FULL * table.rows.length) / WORDS) grow(table);
  return "new";
}

/** The rank of a call's row; above every rank where there is none. */
export function rankOf(table: CallTable, id: Uint32Array): number {
  const at = slotOf(table, id);
  return table.rows[at] === 0 ? Number.POSITIVE_INFINITY : (table.rows[at + 3] ?? 0);
}

/** Every call with its row, in no order. */
export function* calls({ ids, rows }: CallTable): Generator<{ id: Uint32Array; row: Row }> {
  for (let at = 0; at < rows.length; at += WORDS) {
    const [profile = 0, principal = 0, hour = 0, rank = 0] = rows.subarray(at, at + WORDS);
    if (profile !== 0) yield { id: ids.subarray(at, at + WORDS), row: { profile: profile - 1, principal, hour, rank } };
  }
}

function slotOf({ ids, rows }: CallTable, id: Uint32Array): number {
  const mask = rows.length / WORDS - 1;
  for (let slot = (id[0] ?? 0) & mask; ; slot = (slot + 1) & mask) {
    const at = slot * WORDS;
    if (rows[at] === 0 || isAt(ids, at, id)) return at;
  }
}

function grow(table: CallTable): void {
  const wider = createCallTable((table.rows.length / WORDS) * 2);
  for (const { id, row } of calls(table)) put(wider, id, row);
  table.ids = wider.ids;
  table.rows = wider.rows;
}

const isAt = (ids: Uint32Array, at: number, id: Uint32Array): boolean =>
  ids[at] === id[0] && ids[at + 1] === id[1] && ids[at + 2] === id[2] && ids[at + 3] === id[3];
