import { describe, expect, it } from "vitest";
import { createS3Store } from "../../lib/aws/s3.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Decision, Outcome } from "../../lib/core/model/types.ts";
import { decide } from "../../lib/core/plan/decide.ts";
import type { Entry } from "../../lib/enforce/store/entry.ts";
import { createLedger } from "../../lib/enforce/store/ledger.ts";
import { storeOutcome } from "../../lib/enforce/store/stored-outcome.ts";
import { createClock } from "../../lib/local/clock.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Known, Notices } from "../../lib/ports/ledger.ts";
import type { Store } from "../../lib/ports/store.ts";
import { say } from "../../lib/wording/reasons/say.ts";
import { callOf, policyOf } from "../support/build.ts";
import { BUCKET, embeddedState } from "../support/world.ts";

const call = callOf("CreateTrainingJob", { TrainingJobName: "t" });
const decision: Decision = decide(judge(call, policyOf(), new Map()), []);
const stopped: Outcome[] = [{ do: "stop", outcome: "done" }];

const KEY_OF_ENTRY =
  "ledger/account=111122223333/region=us-east-1/date=2026-11-02/e3b0c442-98fc-4c14-9afb-f4c8996fb924.json";

/** A store, and the clock that it and its containers go by. */
interface Place {
  readonly store: Store;
  now(): Date;
  advance(ms: number): void;
}

const NONE: Notices = { first: 0, followUp: 0, owesFollowUp: false };
const ONE: Notices = { ...NONE, first: 1 };
const reserveOne = (): Notices => ONE;

const ledgerOn = ({ store, now }: Place, own: () => Date = now, elapsed = () => now().getTime()) =>
  createLedger({ store, policyVersion: "v1", now: own, elapsed });

const openOn = (place: Place, reserve: (known: Known) => Notices = reserveOne) =>
  ledgerOn(place).open(decision, (entry) => entry ?? NONE, reserve);

async function claimOn(place: Place, reserve?: (known: Known) => Notices) {
  const opened = await openOn(place, reserve);
  if (opened.is !== "claimed") throw new Error(opened.is);
  return opened.claim;
}

async function entryIn({ store }: Place): Promise<Entry> {
  const read = await store.read(KEY_OF_ENTRY);
  if (read.is !== "found") throw new Error(read.is);
  return read.value as Entry;
}

const START = new Date("2026-11-02T09:15:00Z");

/** One case suite for every store: in memory, and in S3 with real conditional writes. */
describe.each([
  [
    "memory",
    async () => {
      const clock = createClock(START);
      return { store: memoryStore(clock.now), now: clock.now, advance: clock.advance };
    },
  ],
  [
    "S3",
    async () => {
      const { aws } = await embeddedState();
      const { endpoint, credentials, clock } = aws;
      const store = createS3Store({ region: "us-east-1", endpoint, credentials }, BUCKET, "111122223333");
      return { store, now: clock.now, advance: clock.advance };
    },
  ],
] as [string, () => Promise<Place>][])("a ledger in %s", (_where, placeOf) => {
  const closed = { outcomes: stopped, notices: ONE, state: "closed" } as const;
  const waiting = { ...closed, state: "waiting" } as const;

  it("is claimed by one of sixteen at once", async () => {
    const place = await placeOf();
    const opened = await Promise.all(Array.from({ length: 16 }, () => openOn(place)));
    expect(opened.filter(({ is }) => is === "claimed")).toHaveLength(1);
    expect(opened.filter(({ is }) => is === "busy")).toHaveLength(15);
  });

  it("is closed for good, with its outcomes", async () => {
    const place = await placeOf();
    const claim = await claimOn(place);
    expect(await claim.save(closed)).toBe(true);
    expect(await openOn(place)).toEqual({ is: "closed", outcomes: stopped });
  });

  it("counts the notice with the claim itself, before anything is done", async () => {
    const place = await placeOf();
    const claim = await claimOn(place);
    expect(claim).toMatchObject({ before: NONE, notices: ONE, attempt: 1 });
    expect(await entryIn(place)).toMatchObject({ state: "working", notices: ONE });
  });

  it("is taken up where it was left waiting, with what was counted", async () => {
    const place = await placeOf();
    await (await claimOn(place)).save({ ...waiting, notices: { ...ONE, owesFollowUp: true } });
    const known: Known[] = [];
    const next = await claimOn(place, (one) => {
      known.push(one);
      return { ...one.notices, followUp: 1 };
    });
    expect(known.at(-1)).toEqual({ earlier: stopped, notices: { first: 1, followUp: 0, owesFollowUp: true } });
    expect(next).toMatchObject({
      earlier: stopped,
      before: { first: 1, followUp: 0, owesFollowUp: true },
      notices: { first: 1, followUp: 1, owesFollowUp: true },
      attempt: 2,
    });
    expect(await entryIn(place)).toMatchObject({ notices: { followUp: 1 }, attempts: 2 });
  });

  it("is taken over when its lease has expired, and the first then holds nothing any more", async () => {
    const place = await placeOf();
    await (await claimOn(place)).save(waiting);
    const first = await claimOn(place);
    expect(await openOn(place)).toEqual({ is: "busy" });
    place.advance(89_000);
    expect(await openOn(place)).toEqual({ is: "busy" });
    expect(first.isHeld()).toBe(true);
    place.advance(1_000);
    expect(first.isHeld()).toBe(false);
    const second = await claimOn(place);
    expect(second.earlier).toEqual(stopped);
    expect(await first.save(closed)).toBe(false);
    expect(await second.save(closed)).toBe(true);
  });

  it.each([-3_600_000, 3_600_000])(
    "a lease goes by the store's clock, with a container's off by %i ms",
    async (off) => {
      const place = await placeOf();
      const wrong = () => new Date(place.now().getTime() + off);
      const open = () => ledgerOn(place, wrong).open(decision, (entry) => entry ?? NONE, reserveOne);
      expect(await open()).toMatchObject({ is: "claimed" });
      place.advance(60_000);
      expect(await open()).toEqual({ is: "busy" });
      place.advance(31_000);
      expect(await open()).toMatchObject({ is: "claimed" });
    },
  );

  it("a claim is not held any more as soon as one of the container's clocks says so", async () => {
    const place = await placeOf();
    const own = { now: START.getTime(), elapsed: 0 };
    const ledger = ledgerOn(
      place,
      () => new Date(own.now),
      () => own.elapsed,
    );
    const opened = await ledger.open(decision, (entry) => entry ?? NONE, reserveOne);
    const isHeld = () => opened.is === "claimed" && opened.claim.isHeld();
    const after: boolean[] = [];
    for (const [now, elapsed] of [
      [89_000, 89_000],
      [90_000, 0],
      [0, 90_000],
      [-1, 0],
    ] as const) {
      Object.assign(own, { now: START.getTime() + now, elapsed });
      after.push(isHeld());
    }
    expect(after).toEqual([true, false, false, false]);
  });

  it("is taken over by one of sixteen", async () => {
    const place = await placeOf();
    await claimOn(place);
    place.advance(91_000);
    const opened = await Promise.all(Array.from({ length: 16 }, () => openOn(place)));
    expect(opened.filter(({ is }) => is === "claimed")).toHaveLength(1);
  });

  it("holds who, what, when and by which policy", async () => {
    const place = await placeOf();
    await (await claimOn(place)).save(closed);
    expect(await entryIn(place)).toMatchObject({
      principal: call.principal,
      verdict: "non-compliant",
      policy: "v1",
      attempts: 1,
      state: "closed",
      actions: stopped,
      history: [{ do: "stop", outcome: "done", at: place.now().toISOString() }],
    });
  });

  it("keeps the public form of each outcome, and gives back its reason with all facts", async () => {
    const place = await placeOf();
    const claim = await claimOn(place);
    const denied = { code: "aws-denied", error: "AccessDenied", message: "no" } as const;
    const outcomes: Outcome[] = [
      { do: "tag", outcome: "failed", reason: { code: "slot-unavailable", answer: denied } },
      { do: "stop", outcome: "already-done", reason: { code: "gone" } },
      { do: "notify", outcome: "done" },
    ];
    await claim.save({ outcomes, notices: ONE, state: "waiting" });
    const [, , written] = [...outcomes.map(storeOutcome)];
    expect(written).toEqual({ do: "notify", outcome: "done" });
    const because = say({ code: "slot-unavailable", answer: denied });
    const stored = { do: "tag", outcome: "failed", code: "slot-unavailable", because };
    expect(await entryIn(place)).toMatchObject({
      actions: [
        { ...stored, facts: { answer: denied } },
        { do: "stop", outcome: "already-done", code: "gone", because: say({ code: "gone" }) },
        { do: "notify", outcome: "done" },
      ],
      history: [stored, { do: "stop" }, { do: "notify" }],
    });
    expect(storeOutcome(outcomes[1] as Outcome)).not.toHaveProperty("facts");
    expect((await claimOn(place)).earlier).toEqual(outcomes);
  });

  it("notes a change of an outcome's reason, and nothing that stays", async () => {
    const place = await placeOf();
    for (const status of ["Pending", "Pending", "Updating"]) {
      const outcomes: Outcome[] = [{ do: "stop", outcome: "deferred", reason: { code: "not-yet", status } }];
      expect(await (await claimOn(place)).save({ outcomes, notices: ONE, state: "waiting" })).toBe(true);
    }
    const { history } = await entryIn(place);
    expect(history).toMatchObject([{ code: "not-yet" }, { code: "not-yet" }]);
  });

  describe("of an event that nothing is done about any more", () => {
    const compliant: Decision = { ...decision, verdict: "compliant", settings: [] };

    it("gets no entry where there is none", async () => {
      const place = await placeOf();
      expect(await ledgerOn(place).settle(compliant, reserveOne)).toMatchObject({ is: "settled" });
      expect(await place.store.read(KEY_OF_ENTRY)).toEqual({ is: "absent" });
    });

    it("is closed with the new verdict, and keeps what was done", async () => {
      const place = await placeOf();
      await (await claimOn(place)).save(waiting);
      expect(await ledgerOn(place).settle(compliant, reserveOne)).toMatchObject({ is: "settled" });
      expect(await entryIn(place)).toMatchObject({
        state: "closed",
        verdict: "compliant",
        actions: stopped,
        notices: ONE,
        attempts: 1,
      });
    });

    it("waits while another delivery works on it, and then closes it", async () => {
      const place = await placeOf();
      const claim = await claimOn(place);
      expect(await ledgerOn(place).settle(compliant, reserveOne)).toBe("busy");
      place.advance(90_000);
      expect(await ledgerOn(place).settle(compliant, reserveOne)).toMatchObject({ is: "settled" });
      expect(await claim.save(waiting)).toBe(false);
      expect(await entryIn(place)).toMatchObject({ state: "closed", verdict: "compliant" });
    });

    it("does not touch a closed entry", async () => {
      const place = await placeOf();
      await (await claimOn(place)).save(closed);
      expect(await ledgerOn(place).settle(compliant, reserveOne)).toMatchObject({ is: "settled" });
      expect(await entryIn(place)).toMatchObject({ verdict: "non-compliant" });
    });
  });
});

describe("a write that the store refuses", () => {
  const closed = { outcomes: stopped, notices: ONE, state: "closed" } as const;

  /** A store whose next `count` replacements are refused; `arrives`: they are made all the same. */
  function refusing(arrives: boolean) {
    const clock = createClock(START);
    const memory = memoryStore(clock.now);
    const refusals = { left: 0 };
    const store: Store = {
      ...memory,
      async replace(key, value, etag) {
        if (refusals.left === 0) return memory.replace(key, value, etag);
        refusals.left--;
        if (arrives) await memory.replace(key, value, etag);
        return { is: "refused" };
      },
    };
    return { place: { store, now: clock.now, advance: clock.advance }, refusals };
  }

  it.each([
    ["by a 409", false],
    ["because the SDK's first attempt has made it", true],
  ])("%s is looked at, and the entry is closed", async (_, arrives) => {
    const { place, refusals } = refusing(arrives);
    const claim = await claimOn(place);
    refusals.left = 1;
    expect(await claim.save(closed)).toBe(true);
    expect(await entryIn(place)).toMatchObject({ state: "closed", actions: stopped });
  });

  it("again and again is not taken for a success", async () => {
    const { place, refusals } = refusing(false);
    const claim = await claimOn(place);
    refusals.left = 9;
    expect(await claim.save(closed)).toBe(false);
    expect(await entryIn(place)).toMatchObject({ state: "working" });
  });

  it("leaves an entry that is to be closed busy", async () => {
    const { place, refusals } = refusing(false);
    await (await claimOn(place)).save({ ...closed, state: "waiting" });
    refusals.left = 9;
    expect(await ledgerOn(place).settle(decision, reserveOne)).toBe("busy");
  });

  it("an entry that cannot be read any more is not finished", async () => {
    const { place } = refusing(false);
    await claimOn(place);
    const read: Store["read"] = async () => ({ is: "absent" });
    expect(await openOn({ ...place, store: { ...place.store, read } })).toEqual({ is: "busy" });
  });
});

it("a failure for good is known as one by the next delivery", async () => {
  const clock = createClock(START);
  const place = { store: memoryStore(clock.now), now: clock.now, advance: clock.advance };
  const failed: Outcome[] = [{ do: "stop", outcome: "failed", reason: { code: "arn-name-not-found" }, isFinal: true }];
  await (await claimOn(place)).save({ outcomes: failed, notices: ONE, state: "waiting" });
  expect((await claimOn(place)).earlier).toEqual(failed);
});

it.each([-3_600_000, 3_600_000])("a lease holds for a container whose own clock is off by %i ms", async (off) => {
  const clock = createClock(START);
  const place = { store: memoryStore(clock.now), now: clock.now, advance: clock.advance };
  await claimOn(place);
  const wrong = () => new Date(clock.now().getTime() + off);
  const open = () => ledgerOn(place, wrong).open(decision, (entry) => entry ?? NONE, reserveOne);
  clock.advance(60_000);
  expect(await open()).toEqual({ is: "busy" });
  clock.advance(31_000);
  expect(await open()).toMatchObject({ is: "claimed" });
});
