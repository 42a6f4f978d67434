import type { Group, Report } from "../../core/report/report.ts";
import { cellShareBar } from "../bars.ts";
import { code, html } from "../page/html.js";
import type { Html } from "../page/types.ts";
import type { Section } from "../section.ts";
import { type Column, table } from "../table.ts";
import { capital, judged, kindTitle, number, percent, unitOf } from "../words.ts";

/** The same numbers by kind of resource, account, Region and principal, the worst first. */
export function breakdown(report: Report): Section | undefined {
  if (judged(report.verdicts) === 0) return undefined;
  const { kind, account, region, principal } = report.by;
  const named = kind.map((group) => ({ ...group, name: kindTitle(group.name) }));
  return {
    id: "breakdown",
    title: "By kind, account, Region and principal",
    body: html`${groupTable(report, named, "Kind", "more kinds")}
${groupTable(report, account, "Account", "more accounts")}
${groupTable(report, region, "Region", "more Regions")}
${groupTable(report, principal, "Principal", "more principals")}`,
  };
}

function groupTable(report: Report, groups: readonly Group[], one: string, many: string): Html {
  const rows = groups.filter(({ verdicts }) => judged(verdicts) > 0).toSorted(worstFirst);
  const columns: readonly Column<Group>[] = [
    { title: one, as: "head", cell: ({ name }) => (one === "Principal" ? code(name) : name) },
    { title: "Shares", as: "bar", cell: ({ verdicts }) => cellShareBar(verdicts) },
    { title: "Not under an accepted key", as: "number", cell: ({ verdicts }) => number(verdicts["non-compliant"]) },
    { title: `${capital(unitOf(report))} judged`, as: "number", cell: ({ verdicts }) => number(judged(verdicts)) },
    { title: "Share", as: "number", cell: ({ verdicts }) => percent(verdicts["non-compliant"], judged(verdicts)) },
    { title: "Undetermined", as: "number", cell: ({ verdicts }) => number(verdicts.undetermined) },
    { title: "Exempt", as: "number", cell: ({ verdicts }) => number(verdicts.exempt) },
  ];
  return html`<h3>By ${inner(one)}</h3>${table({ caption: `By ${inner(one)}, the most findings first`, columns, rows, many })}`;
}

const worstFirst = (a: Group, b: Group): number =>
  b.verdicts["non-compliant"] - a.verdicts["non-compliant"] || judged(b.verdicts) - judged(a.verdicts);

/** The title within a sentence. */
const inner = (title: string): string => (title === "Region" ? title : title.toLowerCase());
