import { defined } from "../../core/model/defined.ts";
import type { Decision } from "../../core/model/types.ts";
import type { Claim, Known, Ledger, Notices, Opened, Progress, Settled } from "../../ports/ledger.ts";
import type { Read, Store } from "../../ports/store.ts";
import { publicDecision } from "../../wording/public-decision.ts";
import { type Clocks, isWithin, type Moment, momentOf } from "../clocks.ts";
import { advance, type Entry, newEntry } from "./entry.ts";
import { keyOf } from "./entry-key.ts";
import { hasReported } from "./has-reported.ts";
import { restoreOutcome } from "./stored-outcome.ts";

/** The lease is longer than the function's time-out, so an expired lease means that the delivery crashed. */
export const LEASE_MS = 90_000;

export interface LedgerOptions extends Clocks {
  readonly store: Store;
  readonly policyVersion: string;
  /** The ledger ends with the process, so it does not have what was reported before. */
  readonly isNew?: boolean;
}

type Reserve = (known: Known) => Notices;

/** A ledger in a store, which uses conditional writes. */
export function createLedger(options: LedgerOptions): Ledger {
  return {
    open: (decision, attempted, reserve) => open(decision, attempted, reserve, options),
    settle: (decision, reserve) => settle(decision, reserve, options),
    note: (decision, reserve) => note(decision, reserve, options),
    hasReported: (tagged, resource) => hasReported(tagged, resource, options),
  };
}

type Attempted = (entry: Notices | undefined) => Notices;

async function open(
  decision: Decision,
  attempted: Attempted,
  reserve: Reserve,
  options: LedgerOptions,
): Promise<Opened> {
  const key = keyOf(decision);
  const at = options.now().toISOString();
  const start = momentOf(options);
  const fresh = attempted(undefined);
  const entry: Entry = {
    ...newEntry(decision, at, options.policyVersion),
    state: "working",
    attempts: 1,
    notices: reserve({ earlier: [], notices: fresh }),
    leaseUntil: leaseFrom(options.now()),
  };
  const written = await options.store.create(key, entry);
  if (written.is === "unavailable") return written;
  if (written.is === "refused") return takeOver(key, attempted, reserve, options);
  const held = { key, entry, before: fresh, start, ...written };
  return { is: "claimed", claim: claimOn(held, options) };
}

const leaseFrom = (at: Date): string => new Date(at.getTime() + LEASE_MS).toISOString();

async function takeOver(key: string, attempted: Attempted, reserve: Reserve, options: LedgerOptions): Promise<Opened> {
  const found = await options.store.read(key);
  // The entry exists, so another delivery has claimed it. A delivery that cannot read the entry has to wait.
  if (found.is !== "found") return { is: "busy" };
  const entry = found.value as Entry;
  if (entry.state === "closed") return { is: "closed", outcomes: entry.actions.map(restoreOutcome) };
  if (isLeased(entry, found)) return { is: "busy" };
  return claimEntry({ key, entry, etag: found.etag, before: attempted(entry.notices) }, reserve, options);
}

/** Claims an entry that nobody works on. */
async function claimEntry(
  { key, entry, etag, before }: Pick<Held, "key" | "entry" | "etag" | "before">,
  reserve: Reserve,
  options: LedgerOptions,
) {
  const at = options.now();
  const start = momentOf(options);
  const next: Entry = {
    ...entry,
    state: "working",
    attempts: entry.attempts + 1,
    notices: reserve({ earlier: entry.actions.map(restoreOutcome), notices: before }),
    leaseUntil: leaseFrom(at),
    updated: at.toISOString(),
  };
  const written = await options.store.replace(key, next, etag);
  if (written.is === "unavailable") return written;
  if (written.is === "refused") return { is: "busy" } as const;
  const held = { key, entry: next, before, start, ...written };
  return { is: "claimed", claim: claimOn(held, options) } as const;
}

/** By the store's clock alone: a container's clock may be wrong. */
const isLeased = ({ state }: Entry, { at, writtenAt }: Found): boolean =>
  state === "working" && at.getTime() - writtenAt.getTime() < LEASE_MS;

type Found = Extract<Read, { is: "found" }>;

interface Held {
  readonly key: string;
  readonly entry: Entry;
  readonly etag: string;
  readonly before: Notices;
  readonly start: Moment;
  readonly at: Date;
}

/** The claim on an entry. */
function claimOn({ key, entry, etag, before, start, at }: Held, options: LedgerOptions): Claim {
  return {
    earlier: entry.actions.map(restoreOutcome),
    notices: entry.notices,
    before,
    attempt: entry.attempts,
    at,
    isHeld: () => isWithin(LEASE_MS, start, options),
    save: (progress) => save(key, advance(entry, progress, options.now()), etag, options.store),
  };
}

/**
 * A refusal may be S3's 409, or the SDK's second attempt that met its own first one: the entry itself says which. Nobody
 * else writes the same entry, because each claim raises `attempts`.
 */
async function save(key: string, entry: Entry, etag: string, store: Store): Promise<boolean> {
  for (let tried = 0; tried < 2; tried++) {
    if ((await store.replace(key, entry, etag)).is === "written") return true;
    const found = await store.read(key);
    if (found.is !== "found") return false;
    if (JSON.stringify(found.value) === JSON.stringify(entry)) return true;
    if (found.etag !== etag) return false;
  }
  return false;
}

async function settle(decision: Decision, reserve: Reserve, options: LedgerOptions): Promise<Settled> {
  const key = keyOf(decision);
  const found = await options.store.read(key);
  if (found.is === "absent") return { is: "settled" };
  if (found.is === "unavailable") return found;
  const entry = found.value as Entry;
  const acting = actingOf(entry);
  if (entry.state === "closed") return { is: "settled", ...acting };
  if (isLeased(entry, found)) return "busy";
  const outcomes = entry.actions.map(restoreOutcome);
  const judged = { ...entry, ...publicDecision(decision), actions: entry.actions };
  if (entry.notices.owesFollowUp) {
    const claimed = await claimEntry({ key, entry: judged, etag: found.etag, before: entry.notices }, reserve, options);
    if (claimed.is === "busy") return "busy";
    return claimed.is === "claimed" ? { ...claimed, ...acting } : claimed;
  }
  const next = advance(judged, { outcomes, notices: entry.notices, state: "closed" }, options.now());
  const written = await options.store.replace(key, next, found.etag);
  if (written.is === "unavailable") return written;
  return written.is === "written" ? { is: "settled", ...acting } : "busy";
}

const actingOf = ({ actions, parent, resource }: Entry) => {
  const isStopped = actions.some((one) => one.do === "stop" && /^(already-)?done$/.test(one.outcome));
  return defined({ actsFor: isStopped ? undefined : (parent?.arn ?? resource?.arn ?? undefined) });
};

async function note(decision: Decision, reserve: Reserve, options: LedgerOptions): Promise<Settled> {
  const now = options.now();
  const entry: Entry = { ...newEntry(decision, now.toISOString(), options.policyVersion), state: "working" };
  const progress: Progress = { outcomes: decision.actions, notices: entry.notices, state: "closed" };
  const closed = advance(entry, progress, now);
  const written = await options.store.create(keyOf(decision), closed);
  if (written.is === "unavailable") return written;
  return written.is === "written" ? { is: "settled" } : settle(decision, reserve, options);
}
