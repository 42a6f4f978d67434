import type { PublicReport } from "../../wording/public-report.ts";
import { encodeFindings } from "../encode-findings.ts";
import { html } from "../page/html.js";
import { rowAt, rowOf } from "../page/row.js";
import type { Columns, Html } from "../page/types.ts";
import type { Section } from "../section.ts";
import { number } from "../words.ts";

const FIRST = 100;

/** Every finding with its settings and reasons. The page has the first hundred; the script shows the others. */
export const findings = ({ findings: all }: PublicReport): Section | undefined =>
  all.length === 0 ? undefined : { id: "findings", title: "Findings", body: list(encodeFindings(all)) };

function list(data: Columns): Html {
  const count = data.rows.id.length;
  const shown = Math.min(count, FIRST);
  const rows = Array.from({ length: shown }, (_, i) => rowOf(rowAt(data, i)));
  const more = count - shown;
  return html`${filter}
<div class="bar-of-pages"><p id="count" role="status" tabindex="-1">Findings: ${more > 0 ? `the first ${shown} of ` : ""}${number(count)}.</p>${pages("Pages")}</div>
<p id="printed" class="printed">${more > 0 ? `Not printed: ${number(more)} more findings, which the file contains.` : ""}</p>
<table class="findings" role="table" aria-label="Findings">
<thead role="rowgroup"><tr role="row">${HEADERS.map(([title, sort]) => html`<th role="columnheader" scope="col"${sort ? html` data-sort="${sort}"` : undefined}>${title}</th>`)}</tr></thead>
<tbody role="rowgroup" id="rows">
${rows}</tbody>
</table>
${pages("Pages, below the findings")}
<script type="application/json" id="finding-data">${{ html: inScript(data) }}</script>`;
}

const HEADERS = [
  ["Time", "time"],
  ["Resource", "name"],
  ["Account and call", "account"],
  ["Verdict and reason", "verdict"],
  ["Actions", undefined],
] as const;

/** JSON in which no text can end its element or be read as markup. */
const inScript = (data: Columns): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const choice = (name: string, label: string, all: string): Html =>
  html`<label>${label}<select name="${name}" autocomplete="off"><option value="">${all}</option></select></label>`;

const SORTS = [
  ["time up", "Oldest first"],
  ["time down", "Newest first"],
  ["verdict up", "Verdict"],
  ["verdict down", "Verdict, reversed"],
  ["kind up", "Kind"],
  ["name up", "Name"],
  ["name down", "Name, reversed"],
  ["account up", "Account"],
  ["account down", "Account, reversed"],
  ["principal up", "Principal"],
] as const;

const filter = html`<form id="filter" role="search" aria-label="Findings" hidden>
<label class="wide">Search<input name="text" type="search" autocomplete="off" spellcheck="false" placeholder="name, key, reason…"></label>
${choice("verdict", "Verdict", "All verdicts")}
${choice("kind", "Kind", "All kinds")}
${choice("account", "Account", "All accounts")}
${choice("week", "Week", "All weeks")}
<label>Order<select name="sort" autocomplete="off">${SORTS.map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select></label>
<button type="reset">Clear</button>
</form>`;

const pages = (label: string): Html => html`<nav class="pages" aria-label="${label}" hidden>
<button type="button" data-turn="previous">Previous</button><span></span><button type="button" data-turn="next">Next</button>
</nav>`;
