import type { Report, Resolution } from "../../core/report/report.ts";
import { resolutionSentence } from "../../wording/resolution-words.ts";
import { code, html } from "../page/html.js";
import type { Section } from "../section.ts";
import { table } from "../table.ts";
import { capital, number, unitOf } from "../words.ts";

/** The steps that would resolve the undetermined calls. */
export function resolutions(report: Report): Section | undefined {
  const { resolutions: all } = report;
  if (all.steps.length === 0) return undefined;
  return {
    id: "resolutions",
    title: `What would resolve the undetermined ${unitOf(report)}`,
    body: html`<p>All of these together resolve ${number(all.together)} of ${number(all.of)}. Add an account only if its keys are your organisation's. ${code("keyward policy suggest")} prints the lines for the policy.</p>
${table<Resolution>({
  caption: "Steps by what they resolve",
  many: "more steps",
  rows: all.steps,
  columns: [
    { title: "Step", as: "head", cell: (step) => capital(resolutionSentence(all, step)) },
    { title: "Resolves", as: "number", cell: ({ resolves }) => number(resolves) },
    { title: "Needed by", as: "number", cell: ({ neededBy }) => number(neededBy) },
  ],
})}`,
  };
}
