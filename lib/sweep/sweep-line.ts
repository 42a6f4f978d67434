import { embedded, type Metric } from "../enforce/record.ts";
import type { Swept } from "./sweep.ts";

/** The log line of a sweep: how many resources it looked at, and how many no event had reported. */
export function sweepLine(swept: Swept, now: Date): string {
  const metrics: Metric[] = [
    ["Swept", swept.looked, "Count"],
    ["Missed", swept.missed, "Count"],
    ["ListsUnread", swept.unread.length, "Count"],
  ];
  return embedded(metrics, { sweep: swept }, now);
}
