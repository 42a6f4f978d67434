import type { Decision, Outcome, SettingIs, Verdict } from "../core/types.ts";
import { paint, safe } from "./terminal.ts";

const COLOUR = {
  compliant: "green",
  "non-compliant": "red",
  undetermined: "yellow",
  exempt: "green",
  ignored: "dim",
  malformed: "red",
} as const satisfies Record<Verdict, string>;

const MARK: Readonly<Record<SettingIs, string>> = {
  accepted: "+",
  missing: "!",
  rejected: "!",
  "not-applicable": " ",
  undetermined: "?",
};

/** A decision as a person reads it: what it is about, the verdict, each setting and why, what was done. */
export function showDecision(decision: Decision, source: string): string {
  const { resource, verdict, eventName, because } = decision;
  const what = resource ? `${resource.kind} ${safe(resource.name, 80)}` : safe(eventName ?? "an unreadable event", 80);
  const label = paint(COLOUR[verdict], verdict.toUpperCase());
  return [
    `${label}  ${paint("bold", what)}  ${paint("dim", safe(source))}`,
    ...(because === undefined ? [] : [`    ${safe(because, 300)}`]),
    ...(resource ? [`    ${whoWhenWhere(decision)}`] : []),
    ...decision.settings.map(showSetting),
    ...decision.actions.map((action) => `    ${showOutcome(action)}`),
  ].join("\n");
}

function whoWhenWhere({ eventName, eventTime, account, region, principal }: Decision): string {
  const by = principal === null ? "" : ` by ${safe(principal, 120)}`;
  return paint("dim", `${safe(eventName, 80)}${by}, ${safe(eventTime, 40)}, ${safe(account, 20)} ${safe(region, 30)}`);
}

function showSetting({ path, is, key, because }: Decision["settings"][number]): string {
  const named = key === undefined ? "" : ` ${safe(key, 120)}`;
  const why = because === undefined ? "" : paint("dim", ` (${safe(because, 300)})`);
  const line = `  ${MARK[is]} ${safe(path, 200)}: ${is}${named}${why}`;
  if (is === "not-applicable") return paint("dim", line);
  return is === "accepted" ? line : paint(is === "undetermined" ? "yellow" : "red", line);
}

/** One action and how it ended. */
export function showOutcome({ do: name, outcome, because }: Outcome): string {
  const why = because === undefined ? "" : paint("dim", ` (${safe(because, 300)})`);
  return `> ${name}: ${outcome}${why}`;
}
