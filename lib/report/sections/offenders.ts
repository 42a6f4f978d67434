import type { Group, Report } from "../../core/report/report.ts";
import { cellBar } from "../bars.ts";
import { code, html } from "../page/html.js";
import type { Html } from "../page/types.ts";
import type { Section } from "../section.ts";
import { table } from "../table.ts";
import { counted, number, percent } from "../words.ts";

const MOST = 10;

/** The principals and accounts with the most findings. */
export function offenders(report: Report): Section | undefined {
  if (report.verdicts["non-compliant"] === 0) return undefined;
  const { principal, account } = report.by;
  return {
    id: "offenders",
    title: "Principals and accounts with the most findings",
    body: html`<div class="columns"><div>${ranking(report, principal, "principal")}</div><div>${ranking(report, account, "account")}</div></div>`,
  };
}

function ranking(report: Report, groups: readonly Group[], what: string): Html {
  const all = report.verdicts["non-compliant"];
  const count = ({ verdicts }: Group) => verdicts["non-compliant"];
  const guilty = groups.filter((group) => count(group) > 0).toSorted((a, b) => count(b) - count(a));
  const rows = guilty.slice(0, MOST);
  const together = rows.reduce((sum, group) => sum + count(group), 0);
  const most = rows[0] ? count(rows[0]) : 0;
  const who =
    rows.length === guilty.length
      ? `All findings come from ${counted(rows.length, what)}.`
      : `${counted(rows.length, what)} of ${number(guilty.length)} cause ${percent(together, all)} of the findings.`;
  return html`<h3>${what === "account" ? "Accounts" : "Principals"}</h3><p>${who}</p>${table<Group>({
    caption: `Most findings by ${what}`,
    many: `more ${what}s`,
    rows,
    columns: [
      { title: "Rank", as: "number", cell: (_, index) => index + 1 },
      {
        title: what === "account" ? "Account" : "Principal",
        as: "head",
        cell: ({ name }) => (what === "principal" ? code(name) : name),
      },
      { title: "Compared", as: "bar", cell: (group) => cellBar(count(group), most) },
      { title: "Findings", as: "number", cell: (group) => number(count(group)) },
      { title: "Of all", as: "number", cell: (group) => percent(count(group), all) },
    ],
  })}`;
}
