import type { PastCall, Replayed } from "../../prevent/replay-history.ts";
import { notKnownWords } from "../../prevent/words.ts";
import { number } from "../show/report.ts";
import { fold, heading } from "../terminal/layout.ts";
import { paint, safe } from "../terminal/terminal.ts";
import { groupBy } from "./group-by.ts";

/** A past call in its public form. */
interface PublicCall extends Omit<PastCall, "effect" | "isUnbound"> {
  /** The statements that deny it, or that may. */
  readonly by: readonly string[];
  readonly because?: string;
}

export interface Replay {
  readonly replayed: Replayed;
  readonly files: number;
  readonly documents: readonly string[];
  /** Why the members of a violation are not prevented, by operation and path. */
  whyPassing(call: PastCall): string;
}

/** The result of a replay as one object. */
export function replayedJson({ replayed, files, documents, whyPassing }: Replay): string {
  const { calls, deniedRightly, deniedWrongly, passing, notKnown } = replayed;
  return JSON.stringify({
    files,
    calls,
    documents: documents.map(({ length }) => ({ characters: length })),
    deniedRightly: deniedRightly.map((call) => toPublic(call)),
    deniedWrongly: deniedWrongly.map((call) => toPublic(call)),
    passing: passing.map((call) => toPublic(call, whyPassing(call))),
    notKnown: notKnown.map((call) => toPublic(call, whyNotKnown(call))),
  });
}

function toPublic({ effect, isUnbound: _, ...call }: PastCall, because?: string): PublicCall {
  const sids = effect.is === "allowed" ? [] : effect.by;
  return because === undefined ? { ...call, by: sids } : { ...call, by: sids, because };
}

/** The statements that deny a call. */
const by = (effect: PastCall["effect"]): string => (effect.is === "allowed" ? "" : effect.by.join(", "));

const whyNotKnown = ({ effect }: PastCall): string =>
  effect.is === "not-known" ? effect.because.map(notKnownWords).join("; ") : "";

const ROWS = 20;

/** The result of a replay for people: each group of calls by operation, caller and statement. */
export function replayedText({ replayed, files, documents, whyPassing }: Replay): string {
  const { calls, deniedRightly, deniedWrongly, passing, notKnown } = replayed;
  const rest = calls - deniedRightly.length - deniedWrongly.length - passing.length - notKnown.length;
  const sizes = documents.map(({ length }) => number(length)).join(" and ");
  return [
    heading("Backtest of the service control policy"),
    "",
    `  documents   ${documents.length}, of ${sizes} characters`,
    `  files       ${number(files)} read`,
    `  calls       ${number(calls)} judged, ${number(rest)} of them allowed and not condemned`,
    `  denied      ${number(deniedRightly.length)} rightly, ${number(deniedWrongly.length)} wrongly`,
    `  violations  ${number(passing.length)} passing`,
    `  not known   ${number(notKnown.length)}`,
    ...section(
      "Denied wrongly: the policy does not condemn them",
      deniedWrongly,
      ({ verdict, effect }) => `${verdict}, by ${by(effect)}`,
    ),
    ...section("Denied rightly", deniedRightly, ({ effect }) => by(effect)),
    ...section("Violations that pass", passing, whyPassing),
    ...section("Not known from the record", notKnown, (call) => `${call.verdict}; ${whyNotKnown(call)}`),
  ].join("\n");
}

function section(title: string, calls: readonly PastCall[], why: (call: PastCall) => string): string[] {
  if (calls.length === 0) return [];
  const groups = groupBy(calls, (call) => JSON.stringify([call.operation, call.principal, why(call)]));
  const largest = [...groups.values()].sort((a, b) => b.length - a.length);
  const rest = largest.length - ROWS;
  return [
    "",
    heading(title),
    "",
    ...largest.slice(0, ROWS).flatMap((group) => groupLines(group, why)),
    ...(rest > 0 ? [paint("dim", `  and ${number(rest)} more groups: see --json`)] : []),
  ];
}

function groupLines(group: readonly PastCall[], why: (call: PastCall) => string): string[] {
  const [call] = group;
  if (!call) return [];
  const many =
    group.length === 1 ? safe(call.resource, 80) : `${number(group.length)} calls such as ${safe(call.resource, 80)}`;
  return [
    fold(`${paint("bold", call.operation)}  ${many}, by ${safe(call.principal, 120)}`, 2, 4),
    fold(paint("dim", why(call)), 6, 6),
  ];
}
