import { scaleLinear } from "d3-scale";
import { stack, stackOffsetExpand } from "d3-shape";
import type { Counts } from "../core/report/report.ts";
import { html } from "./page/html.js";
import type { Html } from "./page/types.ts";

/** The most important verdict comes first, so that it is at the common edge. */
export const SHOWN = ["non-compliant", "undetermined", "exempt", "compliant"] as const;

const percentOf = (value: number): string => `${Math.round(value * 10_000) / 100}%`;

/** The parts of a bar of full width: each verdict's share. */
export function shareBar(counts: Counts): Html {
  const layers = stack<Counts>().keys(SHOWN).offset(stackOffsetExpand)([counts]);
  return html`${layers.flatMap((layer) =>
    layer.flatMap(([from, to]) =>
      to > from
        ? [html`<rect class="${layer.key}" x="${percentOf(from)}" width="${percentOf(to - from)}" height="100%"/>`]
        : [],
    ),
  )}`;
}

/** A bar next to its numbers. It is hidden from screen readers, which read the numbers. */
export const cellShareBar = (counts: Counts): Html =>
  html`<svg class="bar" aria-hidden="true" focusable="false">${shareBar(counts)}</svg>`;

/** A bar whose length is `value` relative to the largest value of its table. */
export function cellBar(value: number, max: number): Html {
  const length = scaleLinear([0, Math.max(max, 1)], [0, 1]);
  return html`<svg class="bar plain" aria-hidden="true" focusable="false"><rect class="non-compliant" width="${percentOf(length(value))}" height="100%"/></svg>`;
}

/** Fills that differ in more than colour; every chart refers to them. */
export const patterns = html`<svg class="patterns" aria-hidden="true" focusable="false"><defs>
<pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="undetermined-ground" width="5" height="5"/><rect class="undetermined-ink" width="2" height="5"/></pattern>
<pattern id="dotted" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="exempt-ground" width="5" height="5"/><circle class="exempt-ink" cx="2.5" cy="2.5" r="1.3"/></pattern>
</defs></svg>`;

export const swatch = (verdict: string): Html =>
  html`<svg class="swatch" aria-hidden="true" focusable="false"><rect class="${verdict}" width="100%" height="100%"/></svg>`;
