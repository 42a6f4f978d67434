/** @import { Coded, Columns } from "./types.ts" */

/**
 * The reader's search; an empty text selects everything.
 *
 * @typedef {{
 *   readonly text: string;
 *   readonly kind: string;
 *   readonly account: string;
 *   readonly verdict: string;
 *   readonly week: string;
 *   readonly sort: string;
 *   readonly descending: boolean;
 * }} Wanted
 */

const FILTERS = /** @type {const} */ (["kind", "account", "verdict", "week"]);
const SEARCHED = /** @type {const} */ ([
  "call",
  "account",
  "region",
  "principal",
  "kind",
  "week",
  "verdict",
  "because",
]);

/**
 * The indexes of the selected findings, in the selected order. A free text is searched word by word, in any case of
 * letters, and each word may be in another member. Each word is first searched in the distinct texts, because a hundred
 * thousand findings have few of them.
 *
 * @type {(data: Columns, wanted: Wanted) => number[]}
 */
export function selectRows(data, wanted) {
  const tests = [
    ...FILTERS.flatMap((column) => (wanted[column] === "" ? [] : [isIn(data, column, wanted[column])])),
    ...wanted.text
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => has(data, word)),
  ];
  const found = [];
  for (let i = 0; i < data.rows.id.length; i++) if (tests.every((test) => test(i))) found.push(i);
  return sorted(data, found, wanted);
}

/** @type {(data: Columns, column: Coded, value: string) => (index: number) => boolean} */
function isIn({ texts, rows }, column, value) {
  const code = texts.indexOf(value);
  const codes = rows[column];
  return (index) => codes[index] === code;
}

/** @type {(data: Columns, word: string) => (index: number) => boolean} */
function has({ texts, settings, actions, rows }, word) {
  const inText = texts.map((text) => text.toLowerCase().includes(word));
  const inSettings = settings.map((set) => set.some((codes) => codes.some((code) => inText[code])));
  const inActions = actions.map((set) => set.some((code) => inText[code]));
  const coded = SEARCHED.map((column) => rows[column]);
  /** @type {(text: string | undefined) => boolean} */
  const inOwn = (text) => text?.toLowerCase().includes(word) === true;
  return (index) =>
    coded.some((codes) => inText[codes[index] ?? -1]) ||
    inSettings[rows.settings[index] ?? -1] === true ||
    inActions[rows.actions[index] ?? -1] === true ||
    inText[rows.arn[index] ?? -1] === true ||
    inOwn(rows.id[index]) ||
    inOwn(rows.time[index]) ||
    inOwn(rows.name[index]) ||
    (rows.named[index] === 1 && inOwn(`${texts[rows.arn[index] ?? -1]}${rows.name[index]}`));
}

/** @type {(data: Columns, found: number[], wanted: Wanted) => number[]} */
function sorted({ texts, rows }, found, { sort, descending }) {
  const sign = descending ? -1 : 1;
  if (sort === "name" || sort === "time") {
    const values = rows[sort];
    return found.sort((a, b) => sign * compare(values[a] ?? "", values[b] ?? "") || a - b);
  }
  const ranks = ranksOf(texts);
  const codes = rows[/** @type {Coded} */ (sort)];
  return found.sort((a, b) => sign * ((ranks[codes[a] ?? -1] ?? -1) - (ranks[codes[b] ?? -1] ?? -1)) || a - b);
}

/** @type {(a: string, b: string) => number} */
const compare = (a, b) => (a < b ? -1 : Number(a > b));

/** The position of each text among all of them in order. @type {(texts: readonly string[]) => number[]} */
function ranksOf(texts) {
  /** @type {number[]} */
  const ranks = [];
  const order = texts.map((_, i) => i).sort((a, b) => compare(texts[a] ?? "", texts[b] ?? ""));
  for (const [rank, code] of order.entries()) ranks[code] = rank;
  return ranks;
}
