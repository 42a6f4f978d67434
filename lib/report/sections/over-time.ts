import type { Report } from "../../core/report/report.ts";
import { cellShareBar, SHOWN, swatch } from "../bars.ts";
import { html } from "../page/html.js";
import type { Section } from "../section.ts";
import { table } from "../table.ts";
import { SIZES, weekChart } from "../week-chart.ts";
import { type Week, weeksOf } from "../weeks.ts";
import { capital, judged, number, percent, unitOf } from "../words.ts";

/** Compliance by week: a chart, and its numbers below it with the latest week first. */
export function overTime(report: Report): Section | undefined {
  const weeks = weeksOf(report.by.week);
  const unit = capital(unitOf(report));
  const words = { title: "Compliance by week", description: describe(weeks), unit };
  const held = weeks.filter(({ verdicts }) => judged(verdicts) > 0);
  if (held.length === 0) return undefined;
  return {
    id: "over-time",
    title: report.of === "backtest" ? "Compliance over time" : "By week",
    body: html`<figure>${SIZES.map((size) => weekChart(weeks, size, words))}
<p class="key">${SHOWN.map((verdict) => html`<span>${swatch(verdict)} ${verdict}</span> `)}</p>
<figcaption>${words.description} Weeks are ISO weeks, from Monday, UTC; the table below begins with the latest.</figcaption></figure>
${weekTable(held, unit)}`,
  };
}

const weekTable = (weeks: readonly Week[], unit: string) =>
  table<Week>({
    caption: "By week, the latest first",
    many: "earlier weeks",
    open: 8,
    rows: weeks.toReversed(),
    columns: [
      { title: "Week", as: "head", cell: ({ name }) => name },
      { title: "From", cell: ({ starts }) => starts ?? "–" },
      { title: "Shares", as: "bar", cell: ({ verdicts }) => cellShareBar(verdicts) },
      { title: "Not under an accepted key", as: "number", cell: ({ verdicts }) => number(verdicts["non-compliant"]) },
      { title: `${unit} judged`, as: "number", cell: ({ verdicts }) => number(judged(verdicts)) },
      { title: "Share", as: "number", cell: ({ verdicts }) => percent(verdicts["non-compliant"], judged(verdicts)) },
    ],
  });

/** The chart in words. */
function describe(weeks: readonly Week[]): string {
  const held = weeks.filter(({ verdicts }) => judged(verdicts) > 0);
  const [first] = held;
  const last = held.at(-1);
  if (!first || !last) return "";
  const say = ({ name, verdicts }: Week) => `${percent(verdicts["non-compliant"], judged(verdicts))} in ${name}`;
  if (held.length === 1) return `Not under an accepted key: ${say(first)}, the only week.`;
  const share = ({ verdicts }: Week) => verdicts["non-compliant"] / judged(verdicts);
  const worst = held.reduce((most, one) => (share(one) > share(most) ? one : most));
  return `Not under an accepted key: ${say(first)}, the first week, ${say(last)}, the last, and ${say(worst)}, the maximum.`;
}
