import type { Report } from "../core/report/report.ts";
import { SHOWN, shareBar, swatch } from "./bars.ts";
import { headlineOf } from "./headline.ts";
import { code, html } from "./page/html.js";
import type { Html } from "./page/types.ts";
import { capital, counted, judged, moment, number, percent, unitOf } from "./words.ts";

const NAMED = 50;

/** The head of the page: the result in words, the verdicts, and the data behind them. */
export function summary(report: Report): Html {
  const { title, lead } = headlineOf(report);
  return html`<p class="kind-of-report">Keyward ${report.of} <span>${datesOf(report)}</span></p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<div class="summary">${judged(report.verdicts) > 0 ? verdicts(report) : undefined}${basis(report)}</div>
${damaged(report)}`;
}

/** A backtest covers a period, a sweep a moment. */
function datesOf({ of, from, to, madeAt }: Report): string {
  const times = of === "backtest" ? [from, to] : [madeAt];
  return times.flatMap((time) => (time === null ? [] : [time.slice(0, 10)])).join(" to ");
}

function verdicts(report: Report): Html {
  const all = judged(report.verdicts);
  const said = SHOWN.map((verdict) => `${verdict} ${percent(report.verdicts[verdict], all)}`).join(", ");
  return html`<svg class="whole" role="img" aria-labelledby="verdicts-title verdicts-desc">
<title id="verdicts-title">Verdicts</title><desc id="verdicts-desc">Shares of ${number(all)} ${unitOf(report, all)}: ${said}.</desc>
${shareBar(report.verdicts)}</svg>
<table class="legend"><caption class="unseen">Verdicts</caption><thead><tr><th scope="col">Verdict</th><th scope="col" class="number">${capital(unitOf(report))}</th><th scope="col" class="number">Share</th></tr></thead>
<tbody>${SHOWN.map((verdict) => html`<tr><th scope="row">${swatch(verdict)} ${verdict}</th><td class="number">${number(report.verdicts[verdict])}</td><td class="number">${percent(report.verdicts[verdict], all)}</td></tr>`)}</tbody></table>`;
}

function basis({ from, to, madeAt, policyVersion, read, verdicts: counts, of }: Report): Html {
  const calls = of === "backtest";
  const period =
    from === null || to === null
      ? "none"
      : html`<time datetime="${from}">${moment(from)}</time> to <time datetime="${to}">${moment(to)}</time>`;
  const files = read.files > 0 ? ` in ${counted(read.files, "file")}` : "";
  const apart = [
    ...(counts.ignored > 0
      ? [`${number(counts.ignored)} not judged, because they ${calls ? "failed or " : ""}can hold no key`]
      : []),
    ...(counts.malformed > 0 ? [`${number(counts.malformed)} malformed`] : []),
  ];
  return html`<dl class="basis">
<div><dt>${calls ? "Period" : "Earliest to latest"}</dt><dd>${period}</dd></div>
<div><dt>Policy version</dt><dd>${code(policyVersion)}</dd></div>
<div><dt>Read</dt><dd>${counted(read.records, `SageMaker ${calls ? "record" : "resource"}`)}${files}${apart.length > 0 ? html`<br><small>${apart.join("; ")}</small>` : undefined}</dd></div>
<div><dt>Made</dt><dd><time datetime="${madeAt}">${moment(madeAt)}</time></dd></div>
</dl>`;
}

function damaged({ read: { damaged: names } }: Report): Html | undefined {
  if (names.length === 0) return undefined;
  return html`<aside class="warning" aria-label="Damaged files"><p><b>Incomplete:</b> ${counted(names.length, "file was", "files were")} damaged and could not be read completely. This report does not cover their lost data.</p>
<ul>${names.slice(0, NAMED).map((name) => html`<li>${code(name)}</li>`)}</ul>
${names.length > NAMED ? html`<p>And ${number(names.length - NAMED)} more.</p>` : undefined}</aside>`;
}
