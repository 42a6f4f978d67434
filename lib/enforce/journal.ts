import type { Outcome } from "../core/types.ts";
import type { Journal } from "./ports.ts";

const KEPT = 1_000;

/** Remembers the latest events' outcomes for as long as the process lives. */
export function memoryJournal(): Journal {
  const outcomes = new Map<string, readonly Outcome[]>();
  return {
    earlier: (eventID) => outcomes.get(eventID) ?? [],
    remember(eventID, what) {
      outcomes.delete(eventID);
      outcomes.set(eventID, what);
      const [oldest] = outcomes.keys();
      if (outcomes.size > KEPT && oldest !== undefined) outcomes.delete(oldest);
    },
  };
}
