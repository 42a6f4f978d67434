import type { Decision, Outcome } from "../core/model/types.ts";
import type { Ledger, Opened, Progress } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";

/** An entry as it is stored: the decision, and how it was carried out. */
export interface Entry extends Decision {
  readonly state: Progress["state"];
  /** Which policy decided: a digest of it. */
  readonly policy: string;
  readonly attempts: number;
  readonly slot?: string;
  readonly unanswered: number;
  /** Until when the delivery at work may be; after that another takes over. */
  readonly leaseUntil: string;
  readonly firstSeen: string;
  readonly updated: string;
  readonly history: readonly (Outcome & { readonly at: string })[];
}

/** Longer than the function may run, so that a lease that has expired is a crash. */
const LEASE_MS = 90_000;
const HISTORY_KEPT = 50;

export interface LedgerOptions {
  readonly store: Store;
  readonly policyVersion: string;
  readonly now: () => Date;
}

export function createLedger({ store, policyVersion, now }: LedgerOptions): Ledger {
  const lease = () => new Date(now().getTime() + LEASE_MS).toISOString();

  const claimed = (key: string, entry: Entry, etag: string): Opened => {
    let current = { entry, etag };
    return {
      is: "claimed",
      claim: {
        earlier: entry.actions,
        slot: entry.slot,
        unanswered: entry.unanswered,
        async save({ outcomes, slot, unanswered, state }) {
          const at = now().toISOString();
          const history = [...current.entry.history, ...changed(current.entry.actions, outcomes, at)].slice(
            -HISTORY_KEPT,
          );
          const leaseUntil = state === "working" ? lease() : at;
          const progress = { actions: outcomes, ...(slot ? { slot } : {}), unanswered, state };
          const next = { ...current.entry, ...progress, leaseUntil, updated: at, history };
          const written = await store.replace(key, next, current.etag);
          if (written.is !== "written") return false;
          current = { entry: next, etag: written.etag };
          return true;
        },
      },
    };
  };

  const takeOver = async (key: string): Promise<Opened> => {
    const found = await store.read(key);
    // It is there, so somebody has claimed it: whoever cannot read it has nothing to do but wait.
    if (found.is !== "found") return { is: "busy" };
    const entry = found.value as Entry;
    if (entry.state === "closed") return { is: "closed", outcomes: entry.actions };
    const at = now();
    if (new Date(entry.leaseUntil) > at) return { is: "busy" };
    const next: Entry = {
      ...entry,
      state: "working",
      attempts: entry.attempts + 1,
      leaseUntil: lease(),
      updated: at.toISOString(),
    };
    const written = await store.replace(key, next, found.etag);
    if (written.is === "unavailable") return written;
    return written.is === "refused" ? { is: "busy" } : claimed(key, next, written.etag);
  };

  return {
    async open(decision) {
      const key = keyOf(decision);
      const at = now().toISOString();
      const entry: Entry = {
        ...decision,
        ...{ actions: [], state: "working", policy: policyVersion, attempts: 1, unanswered: 0 },
        ...{ leaseUntil: lease(), firstSeen: at, updated: at, history: [] },
      };
      const written = await store.create(key, entry);
      if (written.is === "unavailable") return written;
      return written.is === "refused" ? takeOver(key) : claimed(key, entry, written.etag);
    },
  };
}

/** Partitioned as Athena projects it; the date is the event's own, so that every delivery meets the same entry. */
function keyOf({ account, region, eventTime, eventID }: Decision): string {
  const part = (value: string | null) => (value ?? "unknown").replace(/[^\w.-]/g, "_").slice(0, 128);
  const date = part(eventTime?.slice(0, 10) ?? null);
  return `ledger/account=${part(account)}/region=${part(region)}/date=${date}/${part(eventID)}.json`;
}

function changed(before: readonly Outcome[], after: readonly Outcome[], at: string): (Outcome & { at: string })[] {
  const known = new Map(before.map((outcome) => [outcome.do, outcome]));
  const isNew = ({ do: name, outcome, because }: Outcome) =>
    known.get(name)?.outcome !== outcome || known.get(name)?.because !== because;
  return after.filter(isNew).map((outcome) => ({ at, ...outcome }));
}
