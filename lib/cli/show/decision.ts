import type { Decision, ExemptionUse, Outcome, SettingIs, SettingVerdict, Verdict } from "../../core/model/types.ts";
import { say } from "../../wording/reasons/say.ts";
import { fold } from "../terminal/layout.ts";
import { paint, safe, WIDTH } from "../terminal/terminal.ts";

const COLOUR = {
  compliant: "green",
  "non-compliant": "red",
  undetermined: "yellow",
  exempt: "green",
  ignored: "dim",
  malformed: "red",
} as const satisfies Record<Verdict, string>;

/** The mark of each verdict about a setting, the worst first. */
export const LOOK = {
  missing: { mark: "!", colour: "red" },
  rejected: { mark: "!", colour: "red" },
  undetermined: { mark: "?", colour: "yellow" },
  accepted: { mark: "+", colour: "green" },
  "not-applicable": { mark: " ", colour: "dim" },
} as const satisfies Record<SettingIs, object>;

const EXEMPT = { mark: "=", colour: "green" } as const;

/** A decision for people: the resource, the verdict, each setting with its reason, and the actions. */
export function showDecision(decision: Decision, source: string): string {
  const { reason, settings, actions } = decision;
  return [
    showHead(decision, source),
    ...(reason ? [fold(safe(say(reason), 300), 2)] : []),
    ...circumstancesInWords(decision).map((line) => fold(line, 2, 4)),
    ...inGroups(settings).map(showSettings),
    ...(actions.length > 0 ? [fold(`> ${actions.map(outcomeInWords).join(", ")}`, 2, 4)] : []),
  ].join("\n");
}

/** A decision in one line of the page's width: the verdict, the resource, the actions, and the event's file. */
export function showDecisionLine(decision: Decision, source: string): string {
  const { resource, verdict, eventName, reason, actions } = decision;
  const done = actions.map(({ do: name, outcome }) => `${name} ${outcome}`).join(", ");
  const named = resource ? nameOf(resource) : safe(eventName ?? "an unreadable event", 80);
  const label = verdict.toUpperCase().padEnd(LABEL_WIDTH);
  const text = cut([named, done || (reason ? safe(say(reason), 300) : "")].filter(Boolean).join(": "));
  const room = WIDTH - LABEL_WIDTH - text.length - 4;
  const place = safe(source, 400);
  const shown = place.length > room ? `…${place.slice(1 - room)}` : place;
  return `${paint(COLOUR[verdict], label)}  ${text}${room < MIN_PLACE ? "" : `  ${paint("dim", shown)}`}`;
}

const LABEL_WIDTH = "NON-COMPLIANT".length;
/** A shorter part of a file's name is not useful. */
const MIN_PLACE = 16;
const cut = (text: string): string => {
  const room = WIDTH - LABEL_WIDTH - 2;
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
};

/** The verdict, the resource, the principal, the time and the place. */
export function showHead(decision: Decision, source: string): string {
  const { resource, verdict, eventName, eventTime, account, region, principal } = decision;
  const label = verdict.toUpperCase();
  const named = resource ? nameOf(resource) : safe(eventName ?? "an unreadable event", 80);
  const file = safe(source, 400);
  const fits = `${label}  ${named}  ${file}`.length <= WIDTH;
  const head = `${paint(COLOUR[verdict], label)}  ${paint("bold", named)}`;
  const what = `${safe(eventName, 80)}, ${safe(eventTime, 40)}, ${safe(account, 20)} ${safe(region, 30)}`;
  const by = principal === null ? [] : [fold(`by ${safe(principal, 120)}`, 2)];
  return [
    fits ? `${head}  ${paint("dim", file)}` : `${head}\n${paint("dim", fold(file, 2))}`,
    ...(resource ? [paint("dim", [fold(what, 2), ...by].join("\n"))] : []),
  ].join("\n");
}

export const nameOf = ({ kind, name }: NonNullable<Decision["resource"]>): string =>
  kind === "unknown" && name === null ? "a resource of an unknown kind" : `${kind} ${safe(name, 80)}`;

/** The look-ups of the settings, the parent, and the exemptions. */
export function circumstancesInWords({ followed = [], parent, exemptions = [], expired = [] }: Decision): string[] {
  const use = ({ name, reason, owner, expires }: ExemptionUse) =>
    `${safe(name, 100)}: ${safe(reason, 200)} (${safe(owner, 100)}, until ${expires})`;
  return [
    ...(followed.length > 0 ? [`settings from ${safe(followed.join(", then "), 300)}`] : []),
    ...(parent ? [`started by ${nameOf(parent)}`] : []),
    ...exemptions.map((one) => `= exempt by ${use(one)}`),
    ...expired.map((one) => `! no longer exempt by ${use(one)}`),
  ];
}

/** Settings with the same verdict, key and reason are shown together, the worst first. */
function inGroups(settings: readonly SettingVerdict[]): SettingVerdict[][] {
  const groups = new Map<string, SettingVerdict[]>();
  for (const setting of settings) {
    const { is, key, reason, exempt } = setting;
    const alike = JSON.stringify([is, key, reason, exempt]);
    groups.set(alike, [...(groups.get(alike) ?? []), setting]);
  }
  const order = Object.keys(LOOK);
  const rank = ([first]: readonly SettingVerdict[]) => order.indexOf(first?.is ?? "");
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

function showSettings(group: readonly SettingVerdict[]): string {
  const [first] = group;
  if (!first) return "";
  const { is, key, reason, exempt } = first;
  const { mark, colour } = exempt === undefined ? LOOK[is] : EXEMPT;
  const exemption = exempt === undefined ? "" : `, exempt by ${safe(exempt, 100)}`;
  const title = fold(`${mark} ${is}${exemption}${reason ? `: ${safe(say(reason), 300)}` : ""}`, 2, 6);
  const paths = group.map(({ path, protects }) => fold(`${safe(path, 300)} (${protects})`, 6, 8));
  const named = key === undefined ? [] : [fold(`key ${safe(key, 300)}`, 6, 8)];
  if (is === "not-applicable") return paint("dim", [title, ...paths].join("\n"));
  return [paint(colour, title), ...paths, ...named.map((line) => paint("dim", line))].join("\n");
}

/** One action and its outcome. */
export function outcomeInWords({ do: name, outcome, reason }: Outcome): string {
  return `${name} ${outcome}${reason ? ` (${safe(say(reason), 300)})` : ""}`;
}

/** The planned actions, and the skipped ones with their reasons. */
export const planInWords = (actions: readonly Outcome[]): string =>
  actions.map((action) => (action.outcome === "planned" ? action.do : outcomeInWords(action))).join(", ") || "nothing";
