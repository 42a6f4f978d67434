import type { Comparison, Difference } from "../../core/report/compare.ts";
import { fold, heading } from "../terminal/layout.ts";
import { paint, safe } from "../terminal/terminal.ts";
import { number } from "./report.ts";

const MOST = 40;

/** The verdicts of two policies about the same calls, for people. `--json` has all data. */
export function showComparison(comparison: Comparison): string {
  const { policies, calls, differing, verdicts, kinds, differences, moreDifferences = 0 } = comparison;
  const changed = kinds.filter(({ from, to }) => from !== to);
  const left = differences.length - MOST + moreDifferences;
  return [
    heading(`Policy ${policies.from} compared with ${policies.to}`),
    "",
    `  ${number(calls)} calls judged by both, ${number(differing)} of them differently`,
    "",
    ...verdicts.map(({ from, to, count }) => `  ${String(number(count)).padStart(9)}  ${change(from, to)}`),
    ...(changed.length > 0 ? ["", heading("Verdicts that change, by kind"), ""] : []),
    ...changed.map(
      ({ kind, from, to, count }) => `  ${number(count).padStart(9)}  ${safe(kind, 60)}: ${change(from, to)}`,
    ),
    ...(differences.length > 0 ? ["", heading("Calls that differ"), ""] : []),
    ...differences.slice(0, MOST).map(showDifference),
    ...(left > 0 ? [paint("dim", `  and ${number(left)} more: see --json`)] : []),
  ].join("\n");
}

const change = (from: string | null, to: string | null): string =>
  from === to ? `${from} in both` : `${from ?? "not listed"} → ${to ?? "not listed"}`;

function showDifference({ eventTime, kind, name, principal, from, to, settings, actions }: Difference): string {
  const head = `${safe(eventTime, 30)} ${safe(kind, 60)} ${safe(name, 80)}: ${change(from, to)}, by ${safe(principal, 120)}`;
  return [
    fold(head, 2, 6),
    ...settings.map((one) => paint("dim", fold(`${safe(one.path, 200)}: ${change(one.from, one.to)}`, 6, 8))),
    ...(actions ? [paint("dim", fold(`actions: ${list(actions.from)} → ${list(actions.to)}`, 6, 8))] : []),
  ].join("\n");
}

const list = (actions: readonly string[]): string => actions.join(", ") || "none";
