import type { Decision } from "../../core/model/types.ts";
import type { Notices, Progress } from "../../ports/ledger.ts";
import { type PublicDecision, type PublicOutcome, publicDecision } from "../../wording/public-decision.ts";
import { type StoredOutcome, storeOutcome } from "./stored-outcome.ts";

/** An entry as it is stored: the decision, and the outcomes of its actions (docs/ledger.md). */
export interface Entry extends Omit<PublicDecision, "actions"> {
  readonly actions: readonly StoredOutcome[];
  readonly state: Progress["state"] | "working";
  /** A digest of the policy of the decision. */
  readonly policy: string;
  readonly attempts: number;
  readonly notices: Notices;
  /** The end of the lease of the delivery that holds the claim. After it, another delivery may take the claim. */
  readonly leaseUntil: string;
  readonly firstSeen: string;
  readonly updated: string;
  readonly history: readonly (PublicOutcome & { readonly at: string })[];
}

const HISTORY_KEPT = 50;

/** The entry of an event that nobody has claimed yet. `at`: now, ISO 8601. */
export const newEntry = (decision: Decision, at: string, policyVersion: string): Omit<Entry, "state"> => ({
  ...publicDecision(decision),
  actions: [],
  policy: policyVersion,
  attempts: 0,
  notices: { first: 0, followUp: 0, owesFollowUp: false },
  leaseUntil: at,
  firstSeen: at,
  updated: at,
  history: [],
});

/** The entry after the outcomes of a delivery. */
export function advance(entry: Entry, { outcomes, notices, state }: Progress, now: Date): Entry {
  const at = now.toISOString();
  const actions = outcomes.map(storeOutcome);
  return {
    ...entry,
    actions,
    notices,
    state,
    leaseUntil: at,
    updated: at,
    history: [...entry.history, ...changes(entry.actions, actions, at)].slice(-HISTORY_KEPT),
  };
}

/** The outcomes that differ from the earlier ones, with the time. */
function changes(before: readonly StoredOutcome[], after: readonly StoredOutcome[], at: string): Entry["history"] {
  const known = new Map(before.map((outcome) => [outcome.do, identity(outcome)]));
  const changed = after.filter((outcome) => known.get(outcome.do) !== identity(outcome));
  return changed.map(({ facts: _, ...outcome }) => ({ at, ...outcome }));
}

const identity = ({ outcome, code, facts }: StoredOutcome): string => JSON.stringify([outcome, code, facts]);
