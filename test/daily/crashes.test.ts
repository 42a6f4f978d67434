import { describe, expect, it } from "vitest";
import type { Day } from "../../lib/daily/day.ts";
import type { DailyPorts } from "../../lib/daily/ports.ts";
import { runDaily } from "../../lib/daily/run.ts";
import { createClock } from "../../lib/local/clock.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import { BUCKET } from "../support/world.ts";
import { afterDay, DAY_MS, dailyPorts, MORNING } from "./daily-world.ts";

/** What happens to one call. `before` and `after`: the process dies. `lost`: the call is done, and its answer is lost. */
const FAULTS = ["before", "after", "lost", "refused"] as const;
type Fault = (typeof FAULTS)[number];

class Killed extends Error {}

const LOST = {
  is: "unavailable",
  reason: { code: "aws-unanswered", error: "TimeoutError", message: "" },
  retryable: true,
} as const;
const UNANSWERED = { is: "failed", reason: LOST.reason, retryable: true, unanswered: true } as const;
const REFUSED = { is: "refused" } as const;
const THROTTLED = {
  is: "failed",
  reason: { code: "aws-throttled", error: "Throttling", message: "" },
  retryable: true,
} as const;

/** The ports of a process whose calls are counted; `faultAt` says what happens to each. */
function faulty(ports: DailyPorts, faultAt: (step: number) => Fault | undefined) {
  const state = { steps: 0, isDead: false };
  const step = async <T>(call: () => Promise<T>, lost: T, refused: T): Promise<T> => {
    if (state.isDead) throw new Killed();
    const fault = faultAt(state.steps++);
    if (fault === "before") state.isDead = true;
    if (fault === "before") throw new Killed();
    if (fault === "refused") return refused;
    const answer = await call();
    if (fault === "after") state.isDead = true;
    if (state.isDead) throw new Killed();
    return fault === "lost" ? lost : answer;
  };
  const { store, list, publish, alarm } = ports;
  const made: DailyPorts = {
    ...ports,
    store: {
      read: (key) => step(() => store.read(key), LOST, LOST),
      create: (key, value) => step(() => store.create(key, value), LOST, REFUSED),
      replace: (key, value, etag) => step(() => store.replace(key, value, etag), LOST, REFUSED),
    },
    list: (prefix) => step(() => list(prefix), LOST, LOST),
    publish: (mail, to) => step(() => publish(mail, to), UNANSWERED, THROTTLED),
    alarm: (one) => step(() => alarm(one), undefined, undefined),
  };
  return { ports: made, state };
}

/** The entries of one day in the ledger, as enforcement writes them; made once. */
let objects: [string, object][] = [];

async function makeObjects(): Promise<void> {
  const { aws } = await afterDay(["churn-1", "churn-2", "other"]);
  const stored = aws.buckets.get(BUCKET)?.objects ?? new Map();
  objects = [...stored].filter(([key]) => key.startsWith("ledger/")).map(([key, { body }]) => [key, JSON.parse(body)]);
}

/** The ledger of a day in memory, with the mails and the alarms that were sent. */
async function inMemory() {
  if (objects.length === 0) await makeObjects();
  const clock = createClock(MORNING);
  const store = memoryStore(clock.now);
  for (const [key, value] of objects) await store.create(key, value);
  const mails: string[] = [];
  const alarms: string[] = [];
  const ports: DailyPorts = {
    store,
    list: async (prefix) => ({
      is: "listed",
      keys: objects.map(([key]) => key).filter((key) => key.startsWith(prefix)),
    }),
    account: "111122223333",
    region: "us-east-1",
    bucket: BUCKET,
    now: clock.now,
    elapsed: () => clock.now().getTime(),
    wait: async (ms) => clock.advance(ms),
    alarm: async ({ kind }) => void alarms.push(kind),
    publish: async ({ subject }, { to }) => {
      mails.push(`${to} ${subject.match(/\d{4}-\d\d-\d\d/)?.[0]}`);
      return { is: "done" };
    },
  };
  const records = async () => {
    const dates = ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"];
    const found = await Promise.all(dates.map((date) => store.read(`digest/${date}.json`)));
    return found.flatMap((one) => (one.is === "found" ? [one.value as Day] : []));
  };
  return { clock, ports, mails, alarms, records };
}

type Memory = Awaited<ReturnType<typeof inMemory>>;

/** One invocation, which a fault may end. */
async function invoke(ports: DailyPorts, faultAt: (step: number) => Fault | undefined = () => undefined) {
  const { ports: made, state } = faulty(ports, faultAt);
  const end = await runDaily(made).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
    return { is: "killed" } as const;
  });
  return { end: end.is, steps: state.steps };
}

/** Lambda repeats a failed run twice; and the function runs on the next days. */
async function untilOver({ clock, ports }: Memory): Promise<void> {
  for (let day = 0; day < 3; day++) {
    for (let attempt = 0; attempt < 3; attempt++) {
      if ((await invoke(ports)).end === "done") break;
      clock.advance(60_000);
    }
    clock.advance(DAY_MS);
  }
}

/** The promises: two attempts at most, none lost in silence, no entry in the mails of two days. */
async function brokenIn({ mails, alarms, records }: Memory): Promise<string[]> {
  const broken: string[] = [];
  const days = await records();
  const known = days.flatMap((day) => day.mails.flatMap(({ entries }) => entries));
  if (new Set(known).size !== known.length) broken.push("an entry is in two mails");
  if (known.length !== objects.length) broken.push(`${known.length} of ${objects.length} entries are in a mail`);
  for (const day of days) {
    if (day.state !== "closed") broken.push(`${day.date} is ${day.state}`);
    for (const { to, state } of day.mails) {
      const count = mails.filter((one) => one === `${to} ${day.date}`).length;
      if (count > 2) broken.push(`${to} was published ${count} times`);
      if (state === "sent" && count === 0) broken.push(`${to} counts as sent, and was not`);
      if (state === "given-up" && !alarms.includes("notice")) broken.push(`${to} was given up in silence`);
      if (state === "due") broken.push(`${to} is still due`);
    }
  }
  return broken;
}

describe("a run that ends at any step", () => {
  it("and the runs after it keep the promises, for each step and each fault", async () => {
    const { steps } = await invoke((await inMemory()).ports);
    expect(steps).toBeGreaterThan(15);
    const published = new Set<number>();
    for (const fault of FAULTS) {
      for (let k = 0; k < steps; k++) {
        const memory = await inMemory();
        await invoke(memory.ports, (step) => (step === k ? fault : undefined));
        memory.clock.advance(60_000);
        await untilOver(memory);
        expect({ fault, k, broken: await brokenIn(memory) }).toEqual({ fault, k, broken: [] });
        published.add(memory.mails.length);
      }
    }
    // Two mails, and one of them twice at most where only one run ends early.
    expect([...published].sort()).toEqual([2, 3]);
  });

  it("and a second one that ends at any step, too", async () => {
    const { steps } = await invoke((await inMemory()).ports);
    let givenUp = 0;
    for (const [one, other] of FAULTS.flatMap((a) => FAULTS.map((b) => [a, b] as const))) {
      for (let k = 0; k < steps; k++) {
        for (let j = k % 3; j < steps; j += 3) {
          const memory = await inMemory();
          await invoke(memory.ports, (step) => (step === k ? one : undefined));
          memory.clock.advance(60_000);
          await invoke(memory.ports, (step) => (step === j ? other : undefined));
          memory.clock.advance(60_000);
          await untilOver(memory);
          expect({ one, k, other, j, broken: await brokenIn(memory) }).toEqual({ one, k, other, j, broken: [] });
          givenUp += memory.alarms.length;
        }
      }
    }
    expect(givenUp).toBeGreaterThan(0);
  });
});

describe("on the embedded AWS", () => {
  it("a run that dies at any step is taken up by the next one", async () => {
    const { steps } = await invoke(await dailyPorts(await afterDay(["churn-1"])));
    for (let k = 0; k < steps; k++) {
      const given = await afterDay(["churn-1"]);
      const { aws } = given;
      await invoke(await dailyPorts(given), (step) => (step === k ? "after" : undefined));
      aws.clock.advance(60_000);
      await invoke(await dailyPorts(given));
      const count = aws.sns.publications.length;
      expect({ k, count: count === 1 || count === 2 }).toEqual({ k, count: true });
    }
  });
});

describe("SNS", () => {
  it("that takes each mail and never answers gets it twice, and the operators know", async () => {
    const memory = await inMemory();
    const { publish } = memory.ports;
    const silent = {
      ...memory.ports,
      publish: async (...args: Parameters<typeof publish>) => {
        await publish(...args);
        return UNANSWERED;
      },
    };
    await untilOver({ ...memory, ports: silent });
    expect(memory.mails.sort()).toEqual(["null", "null", "team-churn", "team-churn"].map((to) => `${to} 2026-11-02`));
    expect(memory.alarms).toContain("notice");
    expect(await brokenIn(memory)).toEqual([]);
  });

  it("that refuses for days never uses up the attempts; on the last day the operators know", async () => {
    const memory = await inMemory();
    let publishes = 0;
    const count = () => {
      publishes++;
      return THROTTLED;
    };
    const refusing = { ...memory.ports, publish: async () => count() };
    await untilOver({ ...memory, ports: refusing });
    expect(publishes).toBeGreaterThan(4);
    expect((await memory.records())[0]?.mails).toMatchObject([{ state: "given-up" }, { state: "given-up" }]);
    expect(memory.alarms).toContain("notice");
  });
});

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

it("of three runs at once one sends the mails; the others wait for it", async () => {
  const memory = await inMemory();
  const { ports, clock, mails } = memory;
  const turns = async (count: number) => {
    for (let i = 0; i < count; i++) await Promise.resolve();
  };
  const others: Promise<unknown>[] = [];
  const publish: DailyPorts["publish"] = async (mail, to) => {
    if (others.length === 0) others.push(...[1, 2].map(() => invoke(slowly)));
    await turns(100);
    return ports.publish(mail, to);
  };
  const wait = async () => {
    clock.advance(1_000);
    await turns(100);
  };
  const slowly = { ...ports, publish, wait };
  await invoke(slowly);
  await Promise.all(others);
  expect(mails.sort()).toEqual(["null 2026-11-02", "team-churn 2026-11-02"]);
});

it("three runs at once, with faults, keep the promises in every order of their calls", async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const memory = await inMemory();
    const random = randomFrom(seed);
    const turns = async () => {
      for (let i = random() * 6; i > 1; i--) await Promise.resolve();
    };
    const slow =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        await turns();
        const answer = await call(...args);
        await turns();
        return answer;
      };
    const { store, publish, list } = memory.ports;
    const ports = {
      ...memory.ports,
      list: slow(list),
      publish: slow(publish),
      store: { read: slow(store.read), create: slow(store.create), replace: slow(store.replace) },
    };
    const faultAt = () => (random() < 0.05 ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined);
    await Promise.all([1, 2, 3].map(() => invoke(ports, faultAt)));
    memory.clock.advance(60_000);
    await untilOver(memory);
    expect({ seed, broken: await brokenIn(memory) }).toEqual({ seed, broken: [] });
  }
});
