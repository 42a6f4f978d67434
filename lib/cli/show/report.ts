import type { Counts, Finding, Group, Report } from "../../core/report/report.ts";
import { resolutionSentence } from "../../wording/resolution-words.ts";
import { fold, heading, table } from "../terminal/layout.ts";
import { paint, safe } from "../terminal/terminal.ts";

const JUDGED = ["non-compliant", "undetermined", "exempt", "compliant"] as const;
const WORST = ["missing", "rejected", "undetermined"] as const;
const ROWS = 10;
const FINDINGS = 20;

/** A report for people. `--json` has all data. */
export function showReport(report: Report): string {
  const { by, findings, unknownOperations } = report;
  return [
    showHead(report),
    ...section("By kind", groups("KIND", by.kind)),
    ...(by.account.length > 1 ? section("By account", groups("ACCOUNT", by.account)) : []),
    ...(by.region.length > 1 ? section("By Region", groups("REGION", by.region)) : []),
    ...section("By principal", groups("PRINCIPAL", by.principal)),
    ...section("By week", groups("WEEK", by.week, Number.POSITIVE_INFINITY)),
    ...section("Settings", showSettings(report)),
    ...section("What would resolve the undetermined calls", showResolutions(report)),
    ...section("What would be done", showActions(report)),
    ...section("Exemptions", showExemptions(report)),
    ...section(
      "Calls that the catalogue does not know",
      unknownOperations.map(({ operation, count }) => `  ${safe(operation)} ${number(count)}`),
    ),
    ...section("First non-compliant calls", showFindings(findings, report.verdicts["non-compliant"])),
  ].join("\n");
}

export const number = (count: number): string => count.toLocaleString("en");

export const judgedOf = (verdicts: Counts): number => JUDGED.reduce((sum, verdict) => sum + verdicts[verdict], 0);

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", heading(title), "", ...lines];
}

/** The period, the policy, the files, the records and the verdicts. */
export function showHead({ from, to, policyVersion, read, verdicts }: Report): string {
  const span = from === null ? "no call was judged" : `calls from ${safe(from, 40)} to ${safe(to, 40)}`;
  const { files, damaged, records, passedOver = 0, doubles = 0 } = read;
  const other = [[passedOver, "without records"] as const, [damaged.length, "damaged"] as const];
  const rows = [
    ["policy", `${policyVersion}; without look-ups, so a verdict that needs a look-up is undetermined`],
    ["files", [`${number(files)} read`, ...other.filter(([many]) => many > 0).map(inWords)].join(", ")],
    [
      "records",
      `${number(records)} of SageMaker: ${number(judgedOf(verdicts))} calls judged, ${number(doubles)} duplicates, ${number(verdicts.ignored)} ignored, ${number(verdicts.malformed)} malformed`,
    ],
    ["verdicts", JUDGED.map((verdict) => `${number(verdicts[verdict])} ${verdict}`).join(", ")],
  ] as const;
  const early = read.stoppedEarly
    ? [paint("yellow", "  interrupted: the report covers the calls that were judged before")]
    : [];
  return [
    heading("Backtest"),
    "",
    `  ${span}`,
    ...early,
    ...rows.map(([name, text]) => fold(`${name.padEnd(9)} ${text}`, 2, 12)),
  ].join("\n");
}

const inWords = ([many, what]: readonly [number, string]): string => `${number(many)} ${what}`;

function groups(title: string, all: readonly Group[], most = ROWS): string[] {
  if (all.length === 0) return [];
  const rows = all
    .slice(0, most)
    .map(({ name, verdicts }) => [
      number(judgedOf(verdicts)),
      ...JUDGED.map((verdict) => number(verdicts[verdict])),
      safe(name, 100),
    ]);
  const header = ["CALLS", ...JUDGED.map((verdict) => verdict.toUpperCase()), title];
  return [numbers(header, rows), ...more(all.length - rows.length)];
}

/** A table with right-aligned numbers. */
function numbers(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const last = header.length - 1;
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const right = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === last ? cell : cell.padStart(widths[i] ?? 0)));
  return indented(table(right(header), rows.map(right)));
}

const indented = (text: string): string => text.replace(/^/gm, "  ");

const more = (many: number): string[] => (many > 0 ? [paint("dim", `  and ${number(many)} more: see --json`)] : []);

function showSettings({ settings }: Report): string[] {
  if (settings.length === 0) return [];
  const worstFirst = WORST.flatMap((is) => settings.filter((one) => one.is === is));
  const rows = worstFirst
    .slice(0, 2 * ROWS)
    .map(({ kind, path, protects, is, count }) => [
      number(count),
      is.padEnd("undetermined".length),
      `${safe(kind, 60)} ${safe(path, 200)} (${safe(protects, 40)})`,
    ]);
  return [
    numbers(["COUNT", "IS".padEnd("undetermined".length), "SETTING"], rows),
    ...more(settings.length - rows.length),
  ];
}

function showResolutions({ resolutions }: Report): string[] {
  const { steps, of, together } = resolutions;
  if (steps.length === 0) return [];
  const lines = steps.slice(0, ROWS).map((step) => fold(safe(resolutionSentence(resolutions, step), 400), 2, 6));
  const all = steps.length > 1 ? [`  all of it: ${number(together)} of ${number(of)}`] : [];
  const added = steps.some(({ add }) => add !== null);
  return [
    ...lines,
    ...more(steps.length - lines.length),
    ...all,
    ...(added ? [paint("dim", "  the policy's lines: keyward policy suggest --from FILE, the output of --json")] : []),
  ];
}

function showActions({ actions, limit, verdicts }: Report): string[] {
  if (judgedOf(verdicts) === 0) return [];
  const rows = actions.map((one) => `  ${one.do.padEnd(7)} ${one.outcome.padEnd(9)} ${number(one.count)}`);
  const { stopsPerHour, hoursOver, waiting } = limit;
  const held =
    waiting === 0
      ? `never more than ${number(stopsPerHour)} stops an hour in an account and Region: no stop has to wait`
      : `${number(waiting)} stops have to wait: in ${number(hoursOver)} hours an account and Region has more than ${number(stopsPerHour)}`;
  return [...(rows.length > 0 ? rows : ["  nothing"]), fold(held, 2)];
}

const showExemptions = ({ exemptions }: Report): string[] =>
  exemptions.map(({ name, used, expires, owner }) =>
    fold(`${safe(name, 80)}: used ${number(used)} times, until ${safe(expires, 40)}, owner ${safe(owner, 80)}`, 2, 6),
  );

function showFindings(findings: readonly Finding[], all: number): string[] {
  const first = findings.filter(({ verdict }) => verdict === "non-compliant").slice(0, FINDINGS);
  const lines = first.map(({ eventTime, kind, name, principal, settings }) => {
    const head = `${safe(eventTime, 30)} ${safe(kind, 60)} ${safe(name, 80)} by ${safe(principal, 120)}`;
    const open = settings.map(({ path, is }) => `${safe(path, 200)} ${is}`).join(", ");
    return `${fold(head, 2, 6)}\n${paint("dim", fold(open, 6, 8))}`;
  });
  return [...lines, ...more(all - lines.length)];
}
