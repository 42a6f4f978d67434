import { html, markup } from "./html.js";
import { rowAt, rowOf } from "./row.js";
import { selectRows } from "./select-rows.js";

/** @import { Wanted } from "./select-rows.js" */
/** @import { Columns } from "./types.ts" */

const PAGE = 100;
const TYPING_MS = 120;

/** Without this script the page shows the first findings as a plain table. @type {(data: Columns) => void} */
function start(data) {
  const form = /** @type {HTMLFormElement} */ (byId("filter"));
  fillChoices(data, form);
  let page = 0;
  /** @type {number[]} */
  let found = [];
  const search = () => {
    const wanted = wantedIn(form);
    found = selectRows(data, wanted);
    markSorted(wanted);
    show(0);
  };
  /** @type {(to: number) => void} */
  const show = (to) => {
    page = to;
    const from = page * PAGE;
    const shown = found.slice(from, from + PAGE);
    byId("rows").innerHTML = markup(shown.map((index) => rowOf(rowAt(data, index))));
    sayCount(data.rows.id.length, found.length, from, shown.length);
    turnable(page, Math.ceil(found.length / PAGE));
  };
  /** @type {(step: number) => void} */
  const turn = (step) => {
    if (page + step < 0 || (page + step) * PAGE >= found.length) return;
    show(page + step);
    byId("count").focus();
  };
  listen(form, search, turn);
  form.hidden = false;
  search();
}

/** @type {(id: string) => HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

/** @type {(form: HTMLFormElement, search: () => void, turn: (step: number) => void) => void} */
function listen(form, search, turn) {
  let waiting = 0;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    waiting = setTimeout(search, target instanceof HTMLInputElement ? TYPING_MS : 0);
  });
  form.addEventListener("reset", () => setTimeout(search));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const header of sortHeaders()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const up = `${header.dataset.sort} up`;
      const sort = /** @type {HTMLSelectElement} */ (form.elements.namedItem("sort"));
      sort.value = sort.value === up ? `${header.dataset.sort} down` : up;
      search();
    });
  }
  for (const button of document.querySelectorAll("button[data-turn]")) {
    button.addEventListener("click", () => turn(button.getAttribute("data-turn") === "next" ? 1 : -1));
  }
}

/** @type {() => NodeListOf<HTMLElement>} */
const sortHeaders = () => document.querySelectorAll("th[data-sort]");

/** @type {(data: Columns, form: HTMLFormElement) => void} */
function fillChoices({ texts, rows }, form) {
  for (const column of /** @type {const} */ (["verdict", "kind", "account", "week"])) {
    const values = [...new Set(rows[column])].map((code) => texts[code] ?? "").sort();
    const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(column));
    select.insertAdjacentHTML("beforeend", markup(values.map((one) => html`<option value="${one}">${one}</option>`)));
  }
}

/** @type {(form: HTMLFormElement) => Wanted} */
function wantedIn(form) {
  const values = new FormData(form);
  /** @type {(name: string) => string} */
  const value = (name) => String(values.get(name) ?? "");
  const [sort = "time", way] = value("sort").split(" ");
  const wanted = { text: value("text"), kind: value("kind"), account: value("account"), week: value("week") };
  return { ...wanted, verdict: value("verdict"), sort, descending: way === "down" };
}

/** @type {(wanted: Wanted) => void} */
function markSorted({ sort, descending }) {
  for (const header of sortHeaders()) {
    if (header.dataset.sort !== sort) header.removeAttribute("aria-sort");
    else header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }
}

/** @type {(all: number, found: number, from: number, shown: number) => void} */
function sayCount(all, found, from, shown) {
  /** @type {(value: number) => string} */
  const number = (value) => value.toLocaleString("en-US");
  const range = shown === found ? "" : `${number(from + 1)} to ${number(from + shown)} of `;
  const text =
    found === all
      ? `Findings: ${range}${number(all)}.`
      : `Findings that match: ${range}${number(found)}, among ${number(all)} in all.`;
  byId("count").textContent = found === 0 ? `No finding matches, among ${number(all)} in all.` : text;
  const more = all - shown;
  byId("printed").textContent =
    more > 0 ? `Not printed: ${number(more)} more findings, which the file itself holds.` : "";
}

/** @type {(page: number, pages: number) => void} */
function turnable(page, pages) {
  for (const bar of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".pages"))) {
    bar.hidden = pages < 2;
    for (const button of bar.querySelectorAll("button")) {
      // Not `disabled`, which would drop the focus.
      const off = button.dataset.turn === "next" ? page >= pages - 1 : page === 0;
      button.setAttribute("aria-disabled", String(off));
    }
    for (const place of bar.querySelectorAll("span")) place.textContent = `Page ${page + 1} of ${pages}`;
  }
}

const holder = document.getElementById("finding-data");
if (holder) start(JSON.parse(holder.textContent ?? ""));
