import { utcFormat, utcParse } from "d3-time-format";
import type { Group } from "../core/report/report.ts";

export interface Week extends Group {
  /** The week's Monday, such as 2026-11-02; absent if the name is not an ISO week. */
  readonly starts?: string;
}

const NONE = { compliant: 0, "non-compliant": 0, undetermined: 0, exempt: 0, ignored: 0, malformed: 0 };
const WEEK_MS = 7 * 86_400_000;
const MOST = 1000;

const monday = utcParse("%G-W%V");
const named = utcFormat("%G-W%V");
const day = utcFormat("%Y-%m-%d");

/** The weeks of a report without gaps, so that a chart's time axis is linear. */
export function weeksOf(groups: readonly Group[]): Week[] {
  const starts = groups.map(({ name }) => monday(name)?.getTime());
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined || starts.includes(undefined)) return [...groups];
  const count = Math.round((last - first) / WEEK_MS) + 1;
  if (count < 1 || count > MOST) return [...groups];
  const known = new Map(groups.map((group) => [group.name, group]));
  return Array.from({ length: count }, (_, i) => {
    const start = new Date(first + i * WEEK_MS);
    const name = named(start);
    return { name, starts: day(start), verdicts: known.get(name)?.verdicts ?? NONE };
  });
}
