import type { Report } from "../../core/report/report.ts";
import { html } from "../page/html.js";
import { badge } from "../page/row.js";
import type { Section } from "../section.ts";

const TERMS = [
  ["compliant", "Every setting that the policy requires names a key that it accepts, or does not apply."],
  ["non-compliant", "At least one required setting names no key, or one that the policy does not accept."],
  [
    "undetermined",
    "A fact is not known, mostly because it could not be looked up. Keyward never stops a resource with this verdict.",
  ],
  ["exempt", "Not under an accepted key, and covered by an exemption of the policy."],
] as const;

/** The terms of this report. */
export function terms({ of }: Report): Section {
  return {
    id: "terms",
    title: "Terms",
    body: html`<dl class="terms">${TERMS.map(([term, means]) => html`<div><dt>${badge(term)}</dt><dd>${means}</dd></div>`)}</dl>
<p>SageMaker encrypts all data that it stores. If the caller names no key, SageMaker chooses one. This report shows whether the data ${of === "backtest" ? "was" : "is"} under an accepted key. All times are UTC.</p>`,
  };
}
