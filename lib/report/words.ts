import { kinds } from "../catalogue/kinds.ts";
import type { Counts, Report } from "../core/report/report.ts";

const nouns = new Map<string, string>(kinds.map(({ kind, noun }) => [kind, noun]));

export const number = (value: number): string => value.toLocaleString("en-US");

/** "1 call", "2,000 calls". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** The unit of a report: calls of a backtest, resources of a sweep. */
export const unitOf = ({ of }: Pick<Report, "of">, count = 2): string =>
  `${of === "backtest" ? "call" : "resource"}${count === 1 ? "" : "s"}`;

/** The number of judged calls or resources. */
export const judged = (counts: Counts): number =>
  counts.compliant + counts["non-compliant"] + counts.undetermined + counts.exempt;

/** A share to a tenth of a percent. Only nothing reads 0%, and only everything reads 100%. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (part / whole) * 100;
  if (share > 0 && share < 0.1) return "<0.1%";
  if (share < 100 && share > 99.9) return ">99.9%";
  return `${share.toFixed(share === 0 || share === 100 ? 0 : 1)}%`;
}

const FRACTIONS: readonly (readonly [share: number, words: string])[] = [
  [0.9, "nine in ten"],
  [0.8, "four in five"],
  [0.75, "three in four"],
  [2 / 3, "two in three"],
  [0.6, "three in five"],
  [0.5, "half"],
  [0.4, "two in five"],
  ...["three", "four", "five", "six", "seven", "eight", "nine", "ten"].map(
    (words, i) => [1 / (i + 3), `one in ${words}`] as const,
  ),
  [1 / 15, "one in fifteen"],
  [0.05, "one in twenty"],
  [1 / 30, "one in thirty"],
  [0.02, "one in fifty"],
  [0.01, "one in a hundred"],
];

/** A share in words, "about one in eight"; for small totals the numbers. */
export function inWords(part: number, whole: number): string {
  if (part === whole) return whole === 1 ? "the one" : `all ${number(whole)}`;
  if (whole < 10) return `${part} of ${whole}`;
  const share = part / whole;
  if (share > 0.95) return "nearly all";
  if (share < 0.0075) return "fewer than one in a hundred";
  const far = (fraction: number) => Math.abs(Math.log(share / fraction));
  const [near, words] = FRACTIONS.reduce((best, one) => (far(one[0]) < far(best[0]) ? one : best));
  return near === share ? words : `about ${words}`;
}

/** "2026-11-02 10:07 UTC", or the text itself if it is no time. */
export function moment(iso: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso) ?? [];
  return day === undefined || clock === undefined ? iso : `${day} ${clock} UTC`;
}

export const kindWords = (kind: string): string => nouns.get(kind) ?? kind;

/** A kind in words, for the beginning of a cell. An unknown kind stays as it is. */
export const kindTitle = (kind: string): string => (nouns.has(kind) ? capital(kindWords(kind)) : kind);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
