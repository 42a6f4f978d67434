import { html } from "./page/html.js";
import type { Html, Part } from "./page/types.ts";
import { number } from "./words.ts";

export interface Column<T> {
  readonly title: string;
  /** `number` is right-aligned. `bar` is hidden on a narrow screen, because its numbers are in the next columns. */
  readonly as?: "number" | "bar" | "head";
  cell(row: T, index: number): Part;
}

export interface Table<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** The number of visible rows; the others can be unfolded. */
  readonly open?: number;
  /** The name of the folded rows, such as "more accounts". */
  readonly many: string;
}

const OPEN = 15;
const MAX = 500;

/** A table whose first rows are visible. After 500 rows it only gives the number of further rows. */
export function table<T>({ caption, columns, rows, open = OPEN, many }: Table<T>): Html {
  const body = (from: number, to: number) =>
    html`<tbody>${rows.slice(from, to).map((row, i) => tableRow(columns, row, from + i))}</tbody>`;
  const whole = (
    title: Html,
    from: number,
    to: number,
  ) => html`<div class="scroll" role="group" tabindex="0" aria-label="${caption}"><table>
${title}
<thead><tr>${columns.map(({ title, as }) => html`<th scope="col" class="${as ?? "text"}">${title}</th>`)}</tr></thead>
${body(from, to)}
</table></div>`;
  const first = whole(html`<caption class="unseen">${caption}</caption>`, 0, open);
  if (rows.length <= open) return first;
  const rest = rows.length - MAX;
  return html`${first}
<details><summary>${number(rows.length - open)} ${many}</summary>
${whole(html`<caption class="unseen">${caption}, continued</caption>`, open, MAX)}
${rest > 0 ? html`<p class="note">${number(rest)} ${many} are in the output of <code>--json</code>.</p>` : undefined}
</details>`;
}

const tableRow = <T>(columns: readonly Column<T>[], row: T, index: number): Html =>
  html`<tr>${columns.map(({ as = "text", cell }) =>
    as === "head"
      ? html`<th scope="row">${isolated(cell(row, index))}</th>`
      : html`<td class="${as}">${cell(row, index)}</td>`,
  )}</tr>\n`;

const isolated = (part: Part): Part => (typeof part === "string" ? html`<bdi>${part}</bdi>` : part);
