import { code, html } from "./html.js";

/** @import { Columns, Html, Row } from "./types.ts" */

/** @type {Record<string, string>} */
const MARKS = { compliant: "✓", "non-compliant": "×", undetermined: "?", exempt: "○" };

/** @type {(data: Columns, index: number) => Row} */
export function rowAt({ texts, settings, actions, rows }, index) {
  /** @type {(codes: readonly number[]) => string} */
  const text = (codes) => texts[codes[index] ?? -1] ?? "";
  const arn = texts[rows.arn[index] ?? -1];
  const name = rows.name[index] ?? "";
  return {
    id: rows.id[index] ?? "",
    time: rows.time[index] ?? "",
    name,
    call: text(rows.call),
    account: text(rows.account),
    region: text(rows.region),
    principal: text(rows.principal),
    kind: text(rows.kind),
    verdict: text(rows.verdict),
    because: text(rows.because) || undefined,
    arn: arn !== undefined && rows.named[index] === 1 ? arn + name : arn,
    settings: (settings[rows.settings[index] ?? -1] ?? []).map(([path, protects, is, because, key]) => ({
      path: texts[path] ?? "",
      protects: texts[protects] ?? "",
      is: texts[is] ?? "",
      because: texts[because],
      key: texts[key],
    })),
    actions: (actions[rows.actions[index] ?? -1] ?? []).map((action) => texts[action] ?? ""),
  };
}

/**
 * A finding as a row of the table. The elements have these roles already. A narrow screen shows the rows as cards, and
 * elements that are not displayed as a table lose their roles without the attributes.
 *
 * @type {(row: Row) => Html}
 */
export function rowOf(row) {
  return html`<tr role="row">
<td role="cell" class="when">${when(row.time)}</td>
<th role="rowheader" scope="row">${what(row)}</th>
<td role="cell">${call(row)}</td>
<td role="cell">${why(row)}</td>
<td role="cell">${done(row.actions)}</td>
</tr>
`;
}

/** @type {(verdict: string) => Html} */
export function badge(verdict) {
  const [style, mark] = Object.hasOwn(MARKS, verdict) ? [verdict, MARKS[verdict]] : ["other", "·"];
  return html`<span class="badge ${style}"><span aria-hidden="true">${mark}</span> ${verdict}</span>`;
}

/** @type {(time: string) => Html} */
function when(time) {
  const [, date, clock] = /^(\d{4}-\d\d-\d\d)T([\d:]+)/.exec(time) ?? [];
  return date === undefined || clock === undefined
    ? html`${time}`
    : html`<time datetime="${time}"><span>${date}</span> <small>${clock} UTC</small></time>`;
}

/** @type {(row: Row) => Html} */
const what = ({ kind, name, arn }) => html`<small>${kind}</small>
<bdi class="name">${name || "(no name)"}</bdi>
<small>${arn === undefined ? undefined : code(arn)}</small>`;

/** @type {(row: Row) => Html} */
const call = (row) => html`<span class="number">${row.account}</span> ${row.region}
<small>${row.call}<br>by ${code(row.principal)}<br>event ${code(row.id)}</small>`;

/** @type {(row: Row) => Html} */
function why({ verdict, because, settings }) {
  const items = settings.map(
    (one) => html`<li><b>${one.is}</b> ${code(one.path)}
<small>${one.protects}${one.because === undefined ? undefined : html`: <bdi>${one.because}</bdi>`}${one.key === undefined ? undefined : html`. Key: ${code(one.key)}`}</small></li>`,
  );
  return html`<p>${badge(verdict)}</p>${because === undefined ? undefined : html`<p><bdi>${because}</bdi></p>`}${items.length > 0 ? html`<ul>${items}</ul>` : undefined}`;
}

/** @type {(actions: readonly string[]) => Html} */
const done = (actions) =>
  actions.length > 0 ? html`<ul>${actions.map((one) => html`<li>${one}</li>`)}</ul>` : html`none`;
