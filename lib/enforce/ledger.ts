import { defined } from "../core/model/defined.ts";
import type { Decision } from "../core/model/types.ts";
import type { Claim, Ledger, Opened, Progress } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";
import { type PublicDecision, type PublicOutcome, publicDecision } from "../wording/public-decision.ts";
import { restoreOutcome, type StoredOutcome, storeOutcome } from "./stored-outcome.ts";

/** An entry as it is stored: the decision, and the outcomes of its actions (docs/ledger.md). */
export interface Entry extends Omit<PublicDecision, "actions"> {
  readonly actions: readonly StoredOutcome[];
  readonly state: Progress["state"];
  /** A digest of the policy of the decision. */
  readonly policy: string;
  readonly attempts: number;
  readonly slot?: string;
  readonly unanswered: number;
  /** The end of the lease of the delivery that holds the claim. After it, another delivery may take the claim. */
  readonly leaseUntil: string;
  readonly firstSeen: string;
  readonly updated: string;
  readonly history: readonly (PublicOutcome & { readonly at: string })[];
}

/** The lease is longer than the function's time-out, so an expired lease means that the delivery crashed. */
const LEASE_MS = 90_000;
const HISTORY_KEPT = 50;

export interface LedgerOptions {
  readonly store: Store;
  readonly policyVersion: string;
  readonly now: () => Date;
}

/** A ledger in a store, which uses conditional writes. */
export function createLedger(options: LedgerOptions): Ledger {
  return { open: (decision) => open(decision, options) };
}

async function open(decision: Decision, options: LedgerOptions): Promise<Opened> {
  const key = keyOf(decision);
  const at = options.now().toISOString();
  const entry: Entry = {
    ...publicDecision(decision),
    actions: [],
    state: "working",
    policy: options.policyVersion,
    attempts: 1,
    unanswered: 0,
    leaseUntil: leaseFrom(options.now()),
    firstSeen: at,
    updated: at,
    history: [],
  };
  const written = await options.store.create(key, entry);
  if (written.is === "unavailable") return written;
  if (written.is === "refused") return takeOver(key, options);
  return { is: "claimed", claim: claimOn(key, entry, written.etag, options) };
}

const leaseFrom = (at: Date): string => new Date(at.getTime() + LEASE_MS).toISOString();

async function takeOver(key: string, options: LedgerOptions): Promise<Opened> {
  const found = await options.store.read(key);
  // The entry exists, so another delivery has claimed it. A delivery that cannot read the entry has to wait.
  if (found.is !== "found") return { is: "busy" };
  const entry = found.value as Entry;
  if (entry.state === "closed") return { is: "closed", outcomes: entry.actions.map(restoreOutcome) };
  const at = options.now();
  if (new Date(entry.leaseUntil) > at) return { is: "busy" };
  const next: Entry = {
    ...entry,
    state: "working",
    attempts: entry.attempts + 1,
    leaseUntil: leaseFrom(at),
    updated: at.toISOString(),
  };
  const written = await options.store.replace(key, next, found.etag);
  if (written.is === "unavailable") return written;
  if (written.is === "refused") return { is: "busy" };
  return { is: "claimed", claim: claimOn(key, next, written.etag, options) };
}

/** The claim on an entry. Each save changes the entry and its ETag. */
function claimOn(key: string, entry: Entry, etag: string, { store, now }: LedgerOptions): Claim {
  let current = { entry, etag };
  return {
    earlier: entry.actions.map(restoreOutcome),
    slot: entry.slot,
    unanswered: entry.unanswered,
    async save(progress) {
      const next = advance(current.entry, progress, now());
      const written = await store.replace(key, next, current.etag);
      if (written.is !== "written") return false;
      current = { entry: next, etag: written.etag };
      return true;
    },
  };
}

function advance(entry: Entry, { outcomes, slot, unanswered, state }: Progress, now: Date): Entry {
  const at = now.toISOString();
  const actions = outcomes.map(storeOutcome);
  return {
    ...entry,
    actions,
    ...defined({ slot: slot || undefined }),
    unanswered,
    state,
    leaseUntil: state === "working" ? leaseFrom(now) : at,
    updated: at,
    history: [...entry.history, ...changes(entry.actions, actions, at)].slice(-HISTORY_KEPT),
  };
}

/**
 * The key's partitions fit Athena's partition projection. The date is the event's, so every delivery finds the same
 * entry.
 */
function keyOf({ account, region, eventTime, eventID }: Decision): string {
  const part = (value: string | null) => (value ?? "unknown").replace(/[^\w.-]/g, "_").slice(0, 128);
  const date = part(eventTime?.slice(0, 10) ?? null);
  return `ledger/account=${part(account)}/region=${part(region)}/date=${date}/${part(eventID)}.json`;
}

/** The outcomes that differ from the earlier ones, with the time. */
function changes(before: readonly StoredOutcome[], after: readonly StoredOutcome[], at: string): Entry["history"] {
  const known = new Map(before.map((outcome) => [outcome.do, identity(outcome)]));
  const changed = after.filter((outcome) => known.get(outcome.do) !== identity(outcome));
  return changed.map(({ facts: _, ...outcome }) => ({ at, ...outcome }));
}

const identity = ({ outcome, code, facts }: StoredOutcome): string => JSON.stringify([outcome, code, facts]);
