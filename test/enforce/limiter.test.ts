import { describe, expect, it } from "vitest";
import { createLimiter } from "../../lib/enforce/store/limiter.ts";
import { createClock } from "../../lib/local/clock.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Taken } from "../../lib/ports/limiter.ts";
import type { Store, Written } from "../../lib/ports/store.ts";

const ACCOUNT = "111122223333";
const HOUR = 3_600_000;

interface Limits {
  readonly stopsPerHour: number;
  readonly stopsPerHourPerPrincipal: number;
}

/** A store that counts its calls, and any number of containers that take slots in it. */
function placeAt(time: string, limits: Partial<Limits> = {}) {
  const clock = createClock(new Date(time));
  const memory = memoryStore(clock.now);
  const calls: string[] = [];
  /** Changes the answers to writes. */
  const answers: { write: (written: Written) => Written } = { write: (written) => written };
  const store: Store = {
    async create(key, value) {
      calls.push("create");
      return answers.write(await memory.create(key, value));
    },
    async replace(key, value, etag) {
      calls.push("replace");
      return answers.write(await memory.replace(key, value, etag));
    },
    async read(key) {
      calls.push("read");
      return memory.read(key);
    },
  };
  const container = () =>
    createLimiter({ store, stopsPerHour: 5, stopsPerHourPerPrincipal: 5, ...limits, wait: async () => {} });
  const slotsIn = async (hour: string): Promise<string[]> => {
    const read = await memory.read(`limiter/account=${ACCOUNT}/${hour}.json`);
    return read.is === "found" ? (read.value as { slots: { id: string }[] }).slots.map(({ id }) => id) : [];
  };
  return { clock, calls, answers, container, slotsIn };
}

const request = (id: string, near: Date, principal = "arn:aws:iam::111122223333:role/ml") => ({
  account: ACCOUNT,
  id,
  principal,
  near,
});

const FULL: Taken = { is: "full", reason: { code: "limit-reached", stopsPerHour: 5 } };
const LOST: Written = { is: "unavailable", reason: { code: "other-delivery" }, retryable: true };

describe("the limiter", () => {
  it("gives so many slots an hour and no more, to sixteen containers at once that try until it is decided", async () => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:15:00Z");
    const limiters = Array.from({ length: 16 }, container);
    const taken: Taken["is"][] = await Promise.all(
      limiters.map(async (limiter, i) => {
        for (;;) {
          const { is } = await limiter.take(request(`e${i}`, clock.now()));
          if (is !== "busy") return is;
        }
      }),
    );
    expect(taken.filter((is) => is === "taken")).toHaveLength(5);
    expect(taken.filter((is) => is === "full")).toHaveLength(11);
    expect(await slotsIn("2026-11-02T09")).toHaveLength(5);
    clock.advance(HOUR);
    expect(await container().take(request("later", clock.now()))).toMatchObject({ is: "taken" });
  });

  it("gives one container all its slots with one write each, and no read", async () => {
    const { clock, calls, container, slotsIn } = placeAt("2026-11-02T09:15:00Z");
    const limiter = container();
    const taken = await Promise.all(["a", "b", "c", "d", "e"].map((id) => limiter.take(request(id, clock.now()))));
    expect(taken.map(({ is }) => is)).toEqual(Array(5).fill("taken"));
    expect(calls).toEqual(["create", "replace", "replace", "replace", "replace"]);
    expect(await slotsIn("2026-11-02T09")).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("a full hour costs one read, in a container that knows it, and a refused write in one that does not", async () => {
    const { clock, calls, container } = placeAt("2026-11-02T09:15:00Z");
    const limiter = container();
    for (const id of ["a", "b", "c", "d", "e"]) await limiter.take(request(id, clock.now()));
    calls.length = 0;
    expect(await limiter.take(request("f", clock.now()))).toEqual(FULL);
    expect(calls).toEqual(["read"]);
    calls.length = 0;
    const other = container();
    expect(await other.take(request("g", clock.now()))).toEqual(FULL);
    expect(calls).toEqual(["create", "read"]);
    calls.length = 0;
    expect(await other.take(request("h", clock.now()))).toEqual(FULL);
    expect(calls).toEqual(["read"]);
  });

  it("with a limit of none takes none, and asks nobody", async () => {
    const { clock, calls, container } = placeAt("2026-11-02T09:15:00Z", { stopsPerHour: 0 });
    const reason = { code: "limit-reached", stopsPerHour: 0 };
    expect(await container().take(request("a", clock.now()))).toEqual({ is: "full", reason });
    expect(calls).toEqual([]);
  });

  it("a principal has its share, and leaves the rest to others", async () => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:15:00Z", { stopsPerHourPerPrincipal: 3 });
    const take = async (id: string, principal: string) => container().take(request(id, clock.now(), principal));
    for (const id of ["a", "b", "c"]) expect(await take(id, "greedy")).toMatchObject({ is: "taken" });
    const share = { is: "full", reason: { code: "principal-limit-reached", stopsPerHour: 3 } };
    expect(await take("d", "greedy")).toEqual(share);
    expect(await take("e", "other")).toMatchObject({ is: "taken" });
    expect(await take("f", "third")).toMatchObject({ is: "taken" });
    expect(await take("g", "third")).toEqual(FULL);
    expect(await slotsIn("2026-11-02T09")).toEqual(["a", "b", "c", "e", "f"]);
  });

  it("a slot that is given back is free for others, also in a container that thinks the hour is full", async () => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:15:00Z", { stopsPerHour: 1 });
    const [one, other] = [container(), container()];
    const taken = await one.take(request("a", clock.now()));
    if (taken.is !== "taken") throw new Error(taken.is);
    expect(await other.take(request("b", clock.now()))).toMatchObject({ is: "full" });
    await one.giveBack(taken.slot);
    expect(await slotsIn("2026-11-02T09")).toEqual([]);
    expect(await other.take(request("c", clock.now()))).toMatchObject({ is: "taken" });
    // Given back twice, it takes nobody else's slot.
    await one.giveBack(taken.slot);
    expect(await slotsIn("2026-11-02T09")).toEqual(["c"]);
  });

  it("at the end of an hour a slot is taken in both, and given back in both", async () => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:59:00Z");
    const limiter = container();
    const taken = await limiter.take(request("a", clock.now()));
    expect(await slotsIn("2026-11-02T09")).toEqual(["a"]);
    expect(await slotsIn("2026-11-02T10")).toEqual(["a"]);
    if (taken.is !== "taken") throw new Error(taken.is);
    await limiter.giveBack(taken.slot);
    expect(await slotsIn("2026-11-02T09")).toEqual([]);
    expect(await slotsIn("2026-11-02T10")).toEqual([]);
  });

  it("a slot of the last minute fills the next hour too, and an earlier one does not", async () => {
    for (const [time, next] of [
      ["2026-11-02T09:58:59Z", "taken"],
      ["2026-11-02T09:59:30Z", "full"],
    ] as const) {
      const { clock, container, slotsIn } = placeAt(time, { stopsPerHour: 1 });
      expect(await container().take(request("first", clock.now()))).toMatchObject({ is: "taken" });
      expect(await slotsIn("2026-11-02T10")).toEqual(next === "full" ? ["first"] : []);
      clock.advance(2 * 60_000);
      expect(await container().take(request("second", clock.now()))).toMatchObject({ is: next });
    }
  });

  it.each([-2 * HOUR, 2 * HOUR])("a guess at the hour that is off by %i ms is corrected by the store", async (off) => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:15:00Z");
    const near = new Date(clock.now().getTime() + off);
    const taken = await container().take(request("a", near));
    expect(taken).toMatchObject({
      is: "taken",
      slot: { keys: [`limiter/account=${ACCOUNT}/2026-11-02T09.json`] },
    });
    expect(await slotsIn("2026-11-02T09")).toEqual(["a"]);
    expect(await slotsIn(near.toISOString().slice(0, 13))).toEqual([]);
  });

  it("a slot whose write was lost is found again by its id, and taken once", async () => {
    const { clock, answers, container, slotsIn } = placeAt("2026-11-02T09:15:00Z");
    const limiter = container();
    await limiter.take(request("first", clock.now()));
    answers.write = () => LOST;
    expect(await limiter.take(request("a", clock.now()))).toEqual(LOST);
    expect(await slotsIn("2026-11-02T09")).toEqual(["first", "a"]);
    answers.write = (written) => written;
    expect(await limiter.take(request("a", clock.now()))).toMatchObject({ is: "taken" });
    expect(await container().take(request("a", clock.now()))).toMatchObject({ is: "taken" });
    expect(await slotsIn("2026-11-02T09")).toEqual(["first", "a"]);
  });

  it("lost answers never lead to more slots than the limit", async () => {
    const { clock, answers, container, slotsIn } = placeAt("2026-11-02T09:15:00Z");
    let writes = 0;
    answers.write = (written) => (++writes % 2 === 0 ? LOST : written);
    for (let i = 0; i < 20; i++) await container().take(request(`e${i}`, clock.now()));
    expect((await slotsIn("2026-11-02T09")).length).toBeLessThanOrEqual(5);
  });

  it("where only the next hour is full already, the slot of this one is given back", async () => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:59:30Z", { stopsPerHour: 2 });
    const limiter = container();
    // The next hour's slots are taken in that hour itself; then the clock goes back.
    clock.advance(30_000);
    for (const id of ["a", "b"]) await container().take(request(id, clock.now()));
    clock.advance(-30_000);
    expect(await slotsIn("2026-11-02T09")).toEqual([]);
    expect(await limiter.take(request("c", clock.now()))).toMatchObject({ is: "full" });
    expect(await slotsIn("2026-11-02T09")).toEqual([]);
  });

  it("a slot is given back though another container has written the hour since", async () => {
    const { clock, container, slotsIn } = placeAt("2026-11-02T09:15:00Z");
    const one = container();
    const taken = await one.take(request("a", clock.now()));
    await container().take(request("b", clock.now()));
    if (taken.is !== "taken") throw new Error(taken.is);
    await one.giveBack(taken.slot);
    expect(await slotsIn("2026-11-02T09")).toEqual(["b"]);
  });
});
