import type { Report } from "../core/report/report.ts";
import { publicReport } from "../wording/public-report.ts";
import { pageScript, pageStyle } from "./assets.ts";
import { patterns } from "./bars.ts";
import { clean } from "./clean.ts";
import { html } from "./page/html.js";
import type { Html } from "./page/types.ts";
import type { Section } from "./section.ts";
import { actions } from "./sections/actions.ts";
import { breakdown } from "./sections/breakdown.ts";
import { exemptions } from "./sections/exemptions.ts";
import { failingSettings } from "./sections/failing-settings.ts";
import { findings } from "./sections/findings.ts";
import { offenders } from "./sections/offenders.ts";
import { overTime } from "./sections/over-time.ts";
import { resolutions } from "./sections/resolutions.ts";
import { terms } from "./sections/terms.ts";
import { unknownOperations } from "./sections/unknown-operations.ts";
import { summary } from "./summary.ts";

/**
 * The report as one self-contained HTML file that can be opened, searched and printed. Names and principals are
 * untrusted and are shown as text. Loads only the style and the script of `page/`. Never throws on a `Report`.
 */
export function writeReport(report: Report): string {
  const data = clean(publicReport(report));
  const sections = [
    overTime,
    offenders,
    breakdown,
    failingSettings,
    resolutions,
    actions,
    exemptions,
    unknownOperations,
    terms,
    findings,
  ].flatMap((section) => section(data) ?? []);
  return page(data, sections).html;
}

function page(report: Report, sections: readonly Section[]): Html {
  const style = pageStyle();
  const script = pageScript();
  const policy = `default-src 'none'; style-src '${style.hash}'; script-src '${script.hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Keyward ${report.of}, ${report.madeAt.slice(0, 10)}</title>
<style>${{ html: style.text }}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${patterns}
<header>${summary(report)}</header>
<nav class="contents" aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="content" tabindex="-1">${sections.map(sectionOf)}</main>
<footer><p>Written by Keyward. Nothing in this file is loaded from, or sent to, anywhere else.</p></footer>
<script>${{ html: script.text }}</script>
</body>
</html>
`;
}

const sectionOf = ({ id, title, body }: Section): Html => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
