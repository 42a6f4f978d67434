import type { Report } from "../../core/report/report.ts";
import { html } from "../page/html.js";
import type { Section } from "../section.ts";
import { type Column, table } from "../table.ts";
import { number } from "../words.ts";

type Exemption = Report["exemptions"][number];

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** The policy's exemptions: their owners, their expiry and their use. */
export function exemptions({ exemptions: rows, madeAt }: Report): Section {
  const columns: readonly Column<Exemption>[] = [
    { title: "Name", as: "head", cell: ({ name }) => name },
    { title: "Reason", cell: ({ reason }) => html`<bdi>${reason}</bdi>` },
    { title: "Owner", cell: ({ owner }) => html`<bdi>${owner}</bdi>` },
    { title: "Expires", cell: ({ expires }) => html`<span class="number">${expires}</span>${remark(expires, madeAt)}` },
    { title: "Used", as: "number", cell: ({ used }) => (used === 0 ? "never" : number(used)) },
  ];
  return {
    id: "exemptions",
    title: "Exemptions",
    body:
      rows.length === 0
        ? html`<p>The policy has no exemption.</p>`
        : table({ caption: "The policy's exemptions", columns, rows, many: "more exemptions" }),
  };
}

function remark(expires: string, madeAt: string) {
  const left = Date.parse(expires) - Date.parse(madeAt);
  if (left < 0) return html` <small class="remark">expired</small>`;
  return left < SOON_DAYS * DAY_MS ? html` <small class="remark">within ${SOON_DAYS} days</small>` : undefined;
}
