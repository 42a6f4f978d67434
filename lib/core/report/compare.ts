import { defined } from "../model/defined.ts";
import type { Decision, SettingIs, Verdict } from "../model/types.ts";
import { hash30 } from "./hash.ts";
import type { Finding } from "./report.ts";
import { addCall, type CallTally, countedCalls, textsInOrder } from "./tally-calls.ts";

/** The same calls judged by two policies. Pure data; counts are whole numbers. */
export interface Comparison {
  /** The policies' versions, as in a report. */
  readonly policies: { readonly from: string; readonly to: string };
  readonly calls: number;
  /** Calls whose verdict, settings or actions differ. */
  readonly differing: number;
  /** By verdict and by kind, the most first; calls that keep their verdict too. */
  readonly verdicts: readonly VerdictChange[];
  readonly kinds: readonly (VerdictChange & { readonly kind: string })[];
  /** Those that differ, by time: the first 100,000. */
  readonly differences: readonly Difference[];
  readonly moreDifferences?: number;
}

interface VerdictChange {
  readonly from: Verdict;
  readonly to: Verdict;
  readonly count: number;
}

export interface Difference
  extends Pick<Finding, "eventID" | "eventName" | "eventTime" | "account" | "region" | "principal" | "kind" | "name"> {
  readonly from: Verdict;
  readonly to: Verdict;
  /** The settings that the policies judge differently; null where one of them does not list it. */
  readonly settings: readonly {
    readonly path: string;
    readonly protects: string;
    readonly from: SettingIs | null;
    readonly to: SettingIs | null;
  }[];
  /** Absent where they are the same. */
  readonly actions?: { readonly from: readonly string[]; readonly to: readonly string[] };
}

type Profile = readonly [from: Verdict, to: Verdict, kind: string, differs: boolean];

/** Counts the decisions of two policies about the same record. */
export function compareDecisions(tally: CallTally, from: Decision, to: Decision): void {
  const { eventID, eventTime, principal, resource } = from;
  if (from.verdict === "ignored" || from.verdict === "malformed" || eventID === null || eventTime === null) return;
  const difference = differenceOf(from, to);
  const differs = from.verdict !== to.verdict || difference.settings.length > 0 || difference.actions !== undefined;
  const profile: Profile = [from.verdict, to.verdict, resource?.kind ?? "unknown", differs];
  const text = JSON.stringify(profile);
  addCall(tally, {
    eventID,
    eventTime,
    principal: principal ?? "unknown",
    profile: { text, hash: hash30(text) },
    severity: differs ? 0 : 1,
    text: differs ? JSON.stringify(difference) : undefined,
  });
}

function differenceOf(from: Decision, to: Decision): Difference {
  const settings = from.settings.map(({ path, protects, is }) => {
    const other = to.settings.find((one) => one.path === path && one.protects === protects);
    return { path, protects, from: is, to: other?.is ?? null };
  });
  const added = to.settings
    .filter(({ path, protects }) => !settings.some((one) => one.path === path && one.protects === protects))
    .map(({ path, protects, is }) => ({ path, protects, from: null, to: is }));
  const actions = { from: actionsOf(from), to: actionsOf(to) };
  return {
    eventID: from.eventID ?? "",
    eventName: from.eventName ?? "unknown",
    eventTime: from.eventTime ?? "",
    account: from.account ?? "unknown",
    region: from.region ?? "unknown",
    principal: from.principal ?? "unknown",
    kind: from.resource?.kind ?? "unknown",
    name: from.resource?.name ?? "",
    from: from.verdict,
    to: to.verdict,
    settings: [...settings, ...added].filter((one) => one.from !== one.to),
    ...defined({ actions: actions.from.join() === actions.to.join() ? undefined : actions }),
  };
}

const actionsOf = ({ actions }: Decision): string[] => actions.map(({ do: name, outcome }) => `${name} ${outcome}`);

/** The comparison that a tally holds: the same for the same records, whatever their order. */
export function comparisonOf(tally: CallTally, policies: Comparison["policies"]): Comparison {
  const verdicts = new Map<string, number>();
  const kinds = new Map<string, number>();
  const count = (counts: Map<string, number>, key: readonly string[]) =>
    counts.set(JSON.stringify(key), (counts.get(JSON.stringify(key)) ?? 0) + 1);
  let calls = 0;
  let differing = 0;
  for (const { profile } of countedCalls(tally)) {
    const [from, to, kind, differs]: Profile = JSON.parse(profile);
    calls++;
    if (differs) differing++;
    count(verdicts, [from, to]);
    count(kinds, [kind, from, to]);
  }
  const differences = textsInOrder(tally).map((text): Difference => JSON.parse(text));
  const more = differing - differences.length;
  return {
    policies,
    calls,
    differing,
    verdicts: mostFirst<[Verdict, Verdict]>(verdicts).map(([[from, to], count]) => ({ from, to, count })),
    kinds: mostFirst<[string, Verdict, Verdict]>(kinds).map(([[kind, from, to], count]) => ({ kind, from, to, count })),
    differences,
    ...defined({ moreDifferences: more > 0 ? more : undefined }),
  };
}

/** Counts with their keys parsed, the most first. */
const mostFirst = <T>(counts: ReadonlyMap<string, number>): [T, number][] =>
  [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([text, count]) => [JSON.parse(text) as T, count]);
