import type { Report } from "../../core/report/report.ts";
import { code, html } from "../page/html.js";
import type { Section } from "../section.ts";
import { table } from "../table.ts";
import { number } from "../words.ts";

/** Create calls that are not in the catalogue. */
export function unknownOperations({ unknownOperations: rows }: Report): Section | undefined {
  if (rows.length === 0) return undefined;
  return {
    id: "unknown-operations",
    title: "Operations that the catalogue does not know",
    body: html`<p>These calls create resources, but the catalogue has no row for them. Keyward cannot judge whether they can hold a key.</p>
${table<Report["unknownOperations"][number]>({
  caption: "Unknown operations",
  many: "more operations",
  rows,
  columns: [
    { title: "Operation", as: "head", cell: ({ operation }) => code(operation) },
    { title: "Calls", as: "number", cell: ({ count }) => number(count) },
  ],
})}`,
  };
}
