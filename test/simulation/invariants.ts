import type { Entry } from "../../lib/enforce/store/entry.ts";
import type { Outside } from "./outside.ts";

/** What a schedule left behind. */
export interface Left {
  readonly outside: Outside;
  readonly stopsPerHour: number;
  /** Messages that left the queue, with the state that their event's entry had then; `none` without an entry. */
  readonly leaving: readonly {
    readonly eventID: string;
    readonly entry: Entry["state"] | "none";
    readonly isDead: boolean;
  }[];
  /** The events that are in the queue at the end. */
  readonly waiting: readonly string[];
  /** The events that were ever sent to the dead-letter queue. */
  readonly dead: ReadonlySet<string>;
  readonly faults: readonly unknown[];
  /** In such a mode an entry may be missing, as the ledger could not be written. */
  readonly noLedger: boolean;
}

const HOUR = 3_600_000;

/** The promises of docs/protocol.md that a schedule broke. */
export function broken(left: Left): string[] {
  return [...stopsOnce(left), ...limitHolds(left), ...noticesTwice(left), ...nothingLeaves(left), ...entriesTrue(left)];
}

function* stopsOnce({ outside: { stops } }: Left): Generator<string> {
  const runs = new Set<string>();
  for (const { name, run, mayStop } of stops) {
    if (!mayStop) yield `P1: ${name} was stopped, and is not known to be non-compliant`;
    if (runs.has(`${name} ${run}`)) yield `P1: run ${run} of ${name} was stopped twice`;
    runs.add(`${name} ${run}`);
  }
}

function* limitHolds({ outside: { stops }, stopsPerHour }: Left): Generator<string> {
  const perHour = new Map<number, number>();
  for (const { at } of stops) {
    const hour = Math.floor(at / HOUR);
    perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
  }
  for (const [hour, count] of perHour) {
    const name = new Date(hour * HOUR).toISOString().slice(0, 13);
    if (count > stopsPerHour) yield `P3: ${count} stops in ${name}, the limit is ${stopsPerHour}`;
  }
}

function* noticesTwice({ outside: { published } }: Left): Generator<string> {
  const counts = new Map<string, number>();
  for (const { eventID, notice } of published) {
    const key = `${notice} notice of ${eventID}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, count] of counts) if (count > 2) yield `P2: the ${key} was published ${count} times`;
}

function* nothingLeaves({ leaving, waiting, dead, outside, noLedger, faults }: Left): Generator<string> {
  for (const { eventID, entry, isDead } of leaving) {
    if (!isDead && entry !== "closed" && entry !== "none")
      yield `P4: a message of ${eventID} left; its entry is ${entry}`;
  }
  for (const eventID of new Set(waiting)) yield `P4: ${eventID} is still in the queue at the end`;
  for (const entry of entriesOf(outside)) {
    const id = entry.eventID ?? "";
    if (entry.state !== "closed" && !dead.has(id)) yield `P4: the entry of ${id} stays ${entry.state}`;
    const told = outside.published.some(({ eventID }) => eventID === id);
    const reported = dead.has(id) || outside.alarms.includes("notice");
    const wanted = entry.actions.some((action) => action.do === "notify" && action.outcome !== "skipped");
    if (wanted && !told && !reported && !noLedger) yield `P2: nobody was told of ${id}`;
  }
  for (const fault of faults) yield `a fault: ${fault instanceof Error ? fault.stack : String(fault)}`;
}

/** The ledger says only what is so. */
function* entriesTrue({ outside, dead, noLedger }: Left): Generator<string> {
  for (const { eventID, resource, actions, notices, state } of entriesOf(outside)) {
    const said = (name: string) => actions.find((action) => action.do === name)?.outcome;
    const found = outside.resources.get(resource?.name ?? "");
    if (said("stop") === "done" && !outside.stops.some(({ name }) => name === resource?.name)) {
      yield `P5: the entry of ${eventID} says stopped, and nothing was`;
    }
    const sent = outside.published.filter((one) => one.eventID === eventID);
    if (said("notify") === "done" && !sent.some(({ notice }) => notice === "first")) {
      yield `P5: the entry of ${eventID} says notified, and nothing was published`;
    }
    if (!noLedger && notices.first < sent.filter(({ notice }) => notice === "first").length) {
      yield `P5: the entry of ${eventID} counts fewer notices than were published`;
    }
    // A job that ran all the time is stopped in the end, or its event is with the operators.
    if (
      state === "closed" &&
      found?.kind === "training-job" &&
      found.mayStop &&
      found.status === "InProgress" &&
      !dead.has(eventID ?? "")
    ) {
      yield `P6: ${eventID} is closed, and ${found.name} still runs`;
    }
    if (state === "closed" && notices.owesFollowUp) yield `P2: the entry of ${eventID} is closed and owes a follow-up`;
  }
}

export function entriesOf({ objects }: Outside): Entry[] {
  return [...objects].flatMap(([key, { text }]) => (key.startsWith("ledger/") ? [JSON.parse(text) as Entry] : []));
}
