import { scaleBand, scaleLinear } from "d3-scale";
import { line, stack } from "d3-shape";
import { SHOWN } from "./bars.ts";
import { html } from "./page/html.js";
import type { Html } from "./page/types.ts";
import type { Week } from "./weeks.ts";
import { judged, number } from "./words.ts";

interface Size {
  readonly name: string;
  readonly width: number;
  /** The heights of the upper panel (share) and the lower panel (numbers). */
  readonly heights: readonly [number, number];
  /** The maximum number of labelled weeks. */
  readonly labels: number;
}

/**
 * One chart for a wide page and one for a narrow page. The style shows one of them, so that letters keep their size.
 */
export const SIZES: readonly Size[] = [
  { name: "wide", width: 1000, heights: [170, 90], labels: 14 },
  { name: "narrow", width: 340, heights: [140, 80], labels: 5 },
];

const LEFT = 44;
const TOP = 26;
const GAP = 44;
const BOTTOM = 26;

/** The upper panel shows the share not under an accepted key, the lower one the numbers by verdict; both by week. */
export function weekChart(
  weeks: readonly Week[],
  size: Size,
  words: { title: string; description: string; unit: string },
): Html {
  const { name, width, heights } = size;
  const height = TOP + heights[0] + GAP + heights[1] + BOTTOM;
  const x = scaleBand(
    weeks.map((week) => week.name),
    [LEFT, width],
  )
    .paddingInner(0.25)
    .paddingOuter(0.1);
  const ids = { title: `weeks-${name}-title`, desc: `weeks-${name}-desc` };
  return html`<svg class="chart ${name}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${ids.title} ${ids.desc}">
<title id="${ids.title}">${words.title}</title>
<desc id="${ids.desc}">${words.description}</desc>
<text class="panel" x="0" y="12">Share not under an accepted key</text>
<g transform="translate(0 ${TOP})">${sharePanel(weeks, x, size)}</g>
<text class="panel" x="0" y="${TOP + heights[0] + GAP - 14}">${words.unit} judged</text>
<g transform="translate(0 ${TOP + heights[0] + GAP})">${countPanel(weeks, x, size)}</g>
<g transform="translate(0 ${height - 6})">${weekLabels(weeks, x, size)}</g>
</svg>`;
}

type X = ReturnType<typeof scaleBand<string>>;

function sharePanel(weeks: readonly Week[], x: X, { width, heights }: Size): Html {
  const most = Math.max(...weeks.map(({ verdicts }) => share(verdicts) ?? 0));
  const y = scaleLinear([0, Math.min(1, Math.max(most, 0.01))], [heights[0], 0]).nice(3);
  const middle = (week: Week) => (x(week.name) ?? 0) + x.bandwidth() / 2;
  const dots = weeks.flatMap((week) => {
    const value = share(week.verdicts);
    return value === undefined
      ? []
      : [html`<circle class="dot" cx="${round(middle(week))}" cy="${round(y(value))}" r="3"/>`];
  });
  const path = line<Week>()
    .defined(({ verdicts }) => share(verdicts) !== undefined)
    .x(middle)
    .y(({ verdicts }) => y(share(verdicts) ?? 0))
    .digits(1)(weeks);
  return html`${gridLines(y, y.ticks(3), y.tickFormat(3, "~%"), width)}<path class="line" d="${path ?? ""}"/>${dots}`;
}

function countPanel(weeks: readonly Week[], x: X, { width, heights }: Size): Html {
  const y = scaleLinear([0, Math.max(1, ...weeks.map(({ verdicts }) => judged(verdicts)))], [heights[1], 0]).nice(3);
  const thin = Math.min(x.bandwidth(), 40);
  const layers = stack<Week, (typeof SHOWN)[number]>()
    .keys(SHOWN)
    .value(({ verdicts }, key) => verdicts[key])([...weeks]);
  const columns = layers.flatMap((layer) =>
    layer.flatMap((part) => {
      const left = (x(part.data.name) ?? 0) + (x.bandwidth() - thin) / 2;
      return part[1] > part[0]
        ? [
            html`<rect class="${layer.key}" x="${round(left)}" y="${round(y(part[1]))}" width="${round(thin)}" height="${round(y(part[0]) - y(part[1]))}"/>`,
          ]
        : [];
    }),
  );
  return html`${gridLines(y, y.ticks(3).filter(Number.isInteger), number, width)}${columns}`;
}

const gridLines = (
  y: (value: number) => number,
  ticks: readonly number[],
  format: (value: number) => string,
  width: number,
): Html =>
  html`${ticks.map(
    (tick) =>
      html`<line class="grid" x1="${LEFT}" x2="${width}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text class="tick" x="${LEFT - 8}" y="${round(y(tick))}" dy="0.32em">${format(tick)}</text>`,
  )}`;

function weekLabels(weeks: readonly Week[], x: X, { labels }: Size): Html {
  const every = Math.ceil(weeks.length / labels);
  return html`${weeks.map((week, i) =>
    i % every === 0
      ? html`<text class="week" x="${round((x(week.name) ?? 0) + x.bandwidth() / 2)}">${week.name.replace(/^\d{4}-/, "").slice(0, 8)}</text>`
      : undefined,
  )}`;
}

function share(verdicts: Week["verdicts"]): number | undefined {
  const all = judged(verdicts);
  return all === 0 ? undefined : verdicts["non-compliant"] / all;
}

const round = (value: number): number => Math.round(value * 10) / 10;
