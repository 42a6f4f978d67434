import { kindOf } from "../../catalogue/kinds.ts";
import { protectsNoun } from "../../catalogue/protects.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import type { Quote } from "../../text/untrusted.ts";
import type { PublicDecision } from "../public-decision.ts";

/** One resource of a daily mail, with all its events of the day. A job that a parent started counts for the parent. */
export interface DailyRow {
  /** The last event. */
  readonly decision: PublicDecision;
  readonly events: number;
  readonly rank: number;
}

/** The resources of some decisions, the worst first. */
export function rowsOf(decisions: readonly PublicDecision[]): DailyRow[] {
  const rows = new Map<string, DailyRow>();
  for (const decision of decisions) {
    const { kind, name, arn } = decision.parent ?? decision.resource ?? UNKNOWN;
    const id = JSON.stringify([kind, name ?? arn ?? decision.eventID]);
    const before = rows.get(id);
    const isLater = !before || (decision.eventTime ?? "") >= (before.decision.eventTime ?? "");
    rows.set(id, {
      decision: isLater ? decision : before.decision,
      events: (before?.events ?? 0) + 1,
      rank: Math.min(before?.rank ?? Number.POSITIVE_INFINITY, rankOf(decision)),
    });
  }
  return [...rows.values()].sort(
    (a, b) => a.rank - b.rank || b.events - a.events || nameOf(a).localeCompare(nameOf(b)),
  );
}

const UNKNOWN = { kind: "unknown", name: null, arn: null } as const;

const nameOf = ({ decision }: DailyRow): string => (decision.parent ?? decision.resource)?.name ?? "";

/** Worst first: it still runs, it was never to be stopped, it is stopped, it is not clear. */
function rankOf(decision: PublicDecision): number {
  if (decision.verdict !== "non-compliant") return 3;
  const stop = stopOf(decision);
  if (stop === undefined || stop === "skipped") return 1;
  return stop === "done" || stop === "already-done" ? 2 : 0;
}

const stopOf = ({ actions }: PublicDecision) => actions.find((one) => one.do === "stop")?.outcome;

const STOP: Readonly<Record<string, string>> = {
  done: "stopped",
  "already-done": "had ended",
  deferred: "not stopped yet",
  denied: "NOT stopped",
  failed: "NOT stopped",
};

/** "training job churn-1 (3 events), stopped: the ML storage volume. By …, event …." */
export function rowText({ decision, events }: DailyRow, quote: Quote): SafeText {
  const { resource, parent, verdict, principal, eventID } = decision;
  const many = events > 1 ? safeText` (${events} events)` : "";
  const done =
    observedWords(decision) ?? STOP[stopOf(decision) ?? ""] ?? (verdict === "undetermined" ? "not clear" : "reported");
  const things = thingsOf(decision);
  const about = things.length > 0 ? safeText`: ${joined(things, ", ")}` : "";
  const by = principal === null ? "" : safeText`By ${quote(principal, 120)}, event`;
  return safeText`${resourceText(parent ?? resource ?? UNKNOWN, quote)}${many}, ${ownText(done)}${about}. ${by === "" ? "Event" : by} ${quote(eventID ?? "unknown", 64)}.`;
}

/** In mode `observe`: what would have been done. */
function observedWords({ actions }: PublicDecision): string | undefined {
  const wanted = actions.filter(({ code }) => code === "observe-mode").map((one) => one.do);
  if (wanted.length === 0) return undefined;
  return wanted.includes("stop") ? "would be stopped" : "would be reported";
}

export function resourceText({ kind, name, arn }: NonNullable<PublicDecision["resource"]>, quote: Quote): SafeText {
  const noun = kind === "unknown" ? "resource of an unknown kind" : ownText(kindOf(kind).noun);
  return safeText`${noun} ${quote(name ?? arn ?? "without a name", 80)}`;
}

/** The protected things without an accepted key, or else those that are not clear. */
function thingsOf({ settings }: PublicDecision): SafeText[] {
  const wrong = settings.filter(({ is, exempt }) => (is === "missing" || is === "rejected") && exempt === undefined);
  const found = wrong.length > 0 ? wrong : settings.filter(({ is }) => is === "undetermined");
  return [...new Set(found.map(({ protects }) => protects))].map((protects) => ownText(protectsNoun(protects)));
}
