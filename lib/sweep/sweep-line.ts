import { embedded, type Metric } from "../enforce/record.ts";
import { say } from "../wording/reasons/say.ts";
import type { Swept } from "./sweep.ts";

/**
 * The log line of a sweep: the number of resources that it judged, and the number of those that no event reported.
 * `stack`: the stack's name.
 */
export function sweepLine(swept: Swept, now: Date, stack?: string): string {
  const metrics: Metric[] = [
    ["Swept", swept.looked, "Count"],
    ["Missed", swept.missed, "Count"],
    ["ListsUnread", swept.unread.length, "Count"],
  ];
  const unread = swept.unread.map(({ list, reason }) => ({ list, code: reason.code, because: say(reason) }));
  return embedded(metrics, { sweep: { ...swept, unread } }, now, stack);
}
