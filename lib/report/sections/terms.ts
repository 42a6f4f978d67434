import type { Report } from "../../core/report/report.ts";
import { html } from "../page/html.js";
import { badge } from "../page/row.js";
import type { Section } from "../section.ts";

const TERMS = [
  ["compliant", "Every setting that the policy requires names a key that it accepts, or does not apply."],
  ["non-compliant", "At least one required setting names no key, or one that the policy does not accept."],
  [
    "undetermined",
    "It could not be told, mostly because a fact could not be looked up. Nothing is stopped on a doubt.",
  ],
  ["exempt", "Not under an accepted key, and covered by an exemption of the policy."],
] as const;

/** What the words of this report mean. */
export function terms({ of }: Report): Section {
  return {
    id: "terms",
    title: "Terms",
    body: html`<dl class="terms">${TERMS.map(([term, means]) => html`<div><dt>${badge(term)}</dt><dd>${means}</dd></div>`)}</dl>
<p>SageMaker encrypts what it stores, with a key of its own choosing unless the caller names one. This report says under whose key ${of === "backtest" ? "data was put" : "data lies"}. All times are UTC.</p>`,
  };
}
