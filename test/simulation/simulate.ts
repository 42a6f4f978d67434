import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import type { Entry } from "../../lib/enforce/store/entry.ts";
import type { Store } from "../../lib/ports/store.ts";
import { type Random, randomOf } from "../long/random.ts";
import { KEY, policyOf } from "../support/build.ts";
import { type FunctionOptions, portsOf, type Trouble } from "./function.ts";
import { EXEMPT, makeHappenings } from "./happenings.ts";
import { broken, entriesOf } from "./invariants.ts";
import type { Mode } from "./modes.ts";
import { createOutside } from "./outside.ts";
import { createQueue, type Queue } from "./queue.ts";
import { createSchedule, type Process, type Schedule, someMs } from "./schedule.ts";

export interface SimulateOptions {
  readonly trace?: (line: string) => void;
  /** Changes the store as the function sees it: a deliberate bug. */
  readonly spoil?: (store: Store) => Store;
}

export interface Simulated {
  readonly broken: readonly string[];
  readonly stops: number;
  readonly notices: number;
  readonly dead: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Shortly before the end of an hour, where most can go wrong with an hourly limit. */
const START = Date.parse("2026-11-02T09:35:00Z");
/** After so long nothing goes wrong any more. */
const TROUBLE_FOR = 6 * HOUR;
/** Users start nothing any more after so long; operators redrive messages for longer. */
const USERS_WORK_FOR = 3 * HOUR;
const REDRIVES_FOR = 30 * HOUR;
/** Long after a message is given up. */
const END_AFTER = 80 * HOUR;
const CONTAINERS = 4;

/** Plays one schedule: users' calls, the queue, and the real handler in processes that fail as the mode says. */
export async function simulate(mode: Mode, seed: number, { trace, spoil }: SimulateOptions = {}): Promise<Simulated> {
  const random = randomOf(seed);
  const schedule = createSchedule(START);
  const at = (line: () => string) => trace?.(`${new Date(schedule.now()).toISOString().slice(11, 23)} ${line()}`);
  const outside = createOutside(schedule);
  const queue = createQueue(schedule);
  const dead = new Set<string>();
  const deadBodies: string[] = [];
  const faults: unknown[] = [];
  const leaving: { eventID: string; entry: Entry["state"] | "none"; isDead: boolean }[] = [];
  const stopsPerHour = 1 + random.below(4);
  const options: FunctionOptions = {
    mode,
    random,
    schedule,
    outside,
    queue,
    policy: policyFor(stopsPerHour, random),
    trouble: troubleOf(mode, random, schedule),
    trace: at,
    recordFault: (error) => faults.push(error),
    deadLetters: (body) => {
      dead.add(idOf(body));
      deadBodies.push(body);
    },
    ...(spoil && { spoil }),
  };
  const emit = (eventID: string, event: object) => {
    at(() => `event ${eventID}`);
    const copies = 1 + random.below(mode.copies);
    for (let i = 0; i < copies; i++)
      schedule.after(random.below(i === 0 ? 1000 : 20_000), () => queue.send(eventID, JSON.stringify(event)));
  };
  for (const { inMs, happen } of makeHappenings(random, outside, schedule)) schedule.after(inMs, () => happen(emit));
  for (let i = 0; i < mode.redrives; i++) {
    schedule.after(random.below(REDRIVES_FOR), () => {
      for (const body of deadBodies.splice(0)) queue.send(idOf(body), body, true);
    });
  }
  const stateOf = (eventID: string) => entriesOf(outside).find((entry) => entry.eventID === eventID)?.state ?? "none";
  startContainers(options, (receipt) => {
    const message = queue.delete(receipt);
    if (message)
      leaving.push({ eventID: message.eventID, entry: stateOf(message.eventID), isDead: dead.has(message.eventID) });
  });
  const lastEvent = START + (mode.redrives > 0 ? REDRIVES_FOR : USERS_WORK_FOR);
  const isOver = () => schedule.now() > START + END_AFTER || (schedule.now() > lastEvent && queue.messages.size === 0);
  while (!isOver() && (await schedule.step()));
  const waiting = [...queue.messages.values()].map(({ eventID }) => eventID);
  return {
    broken: broken({ outside, stopsPerHour, leaving, waiting, dead, faults, noLedger: mode.denials > 0 }),
    stops: outside.stops.length,
    notices: outside.published.length,
    dead: dead.size,
  };
}

const idOf = (body: string): string => {
  const event = JSON.parse(body) as { eventID?: string; id?: string };
  return event.eventID ?? event.id ?? "";
};

const policyFor = (stopsPerHour: number, random: Random) =>
  policyOf({
    keys: { accept: "customer-managed", allow: [KEY] },
    limits: { "stops-per-hour": stopsPerHour, "stops-per-hour-per-principal": 1 + random.below(stopsPerHour) },
    exemptions: [{ reason: "r", owner: "o", expires: "2027-01-01", match: { name: `${EXEMPT}*` } }],
  });

function troubleOf(mode: Mode, random: Random, schedule: Schedule): Trouble {
  const windows = (count: number) =>
    Array.from({ length: count }, () => {
      const from = START + random.below(2 * HOUR);
      return { service: random.pick(["s3", "sagemaker", "sns"] as const), from, to: from + random.below(4 * HOUR) };
    });
  const within = ({ from, to }: { from: number; to: number }) => from <= schedule.now() && schedule.now() < to;
  const outages = windows(mode.outages);
  const denials = windows(mode.denials);
  return {
    comes: () => schedule.now() < START + TROUBLE_FOR,
    isOut: (service) => outages.some((window) => window.service === service && within(window)),
    isDenied: () => denials.some(within),
  };
}

/** Lambda: containers that take batches from the queue, one at a time each; a killed one is replaced. */
function startContainers(options: FunctionOptions, remove: (receipt: string) => void): void {
  let count = 0;
  const { schedule, random, queue, mode, trouble } = options;
  const start = () => {
    const process: Process = { name: `p${++count}`, alive: true, onKilled: () => {} };
    const ports = portsOf(process, options);
    const poll = () => {
      if (!process.alive) return;
      const received = queue.receive(1 + random.below(3));
      if (received.length === 0) return schedule.after(nextPoll(queue, schedule) + someMs(random, 500), poll);
      const records = received.map(({ record }) => record);
      void handleBatch({ Records: records }, ports, ports.queue).then(
        ({ batchItemFailures }) => {
          const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
          // The process may end before Lambda has deleted the messages.
          const isForgotten = trouble.comes() && random.below(1000) < mode.kill;
          for (const { messageId, receiptHandle } of records) {
            if (!isForgotten && !failed.has(messageId)) remove(receiptHandle);
          }
          schedule.after(someMs(random, 50), poll);
        },
        (error) => options.recordFault(error),
      );
    };
    process.onKilled = () => schedule.after(someMs(random, MINUTE), start);
    poll();
  };
  for (let i = 0; i < CONTAINERS; i++) start();
}

/** Until a message is visible again; then no time is spent on empty polls. */
function nextPoll({ messages }: Queue, schedule: Schedule): number {
  const next = Math.min(...[...messages.values()].map(({ visibleAt }) => visibleAt - schedule.now()));
  return Math.min(Math.max(next, 0), 10 * MINUTE);
}
