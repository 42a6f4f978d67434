import { describe, expect, it } from "vitest";
import { createS3Store } from "../../lib/aws/s3.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Decision, Outcome } from "../../lib/core/model/types.ts";
import { decide } from "../../lib/core/plan/decide.ts";
import { createLedger, type Entry } from "../../lib/enforce/ledger.ts";
import { createLimiter } from "../../lib/enforce/limiter.ts";
import { storeOutcome } from "../../lib/enforce/stored-outcome.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Store } from "../../lib/ports/store.ts";
import { say } from "../../lib/wording/reasons/say.ts";
import { callOf, policyOf } from "../support/build.ts";
import { BUCKET, embeddedState } from "../support/world.ts";

const call = callOf("CreateTrainingJob", { TrainingJobName: "t" });
const decision: Decision = decide(judge(call, policyOf(), new Map()), []);
const stopped: Outcome[] = [{ do: "stop", outcome: "done" }];

const KEY_OF_ENTRY =
  "ledger/account=111122223333/region=us-east-1/date=2026-11-02/e3b0c442-98fc-4c14-9afb-f4c8996fb924.json";

/** One case suite for every store: in memory, and in S3 with real conditional writes. */
describe.each([
  ["memory", async () => memoryStore()],
  [
    "S3",
    async () => {
      const { aws } = await embeddedState();
      const { endpoint, credentials } = aws;
      return createS3Store({ region: "us-east-1", endpoint, credentials }, BUCKET, "111122223333");
    },
  ],
] as [string, () => Promise<Store>][])("a ledger in %s", (_where, storeOf) => {
  const clock = { at: Date.parse("2026-11-02T09:15:00Z") };
  const now = () => new Date(clock.at);
  const ledgerOn = (store: Store) => createLedger({ store, policyVersion: "v1", now });
  const claimOf = async (store: Store) => {
    const opened = await ledgerOn(store).open(decision);
    if (opened.is !== "claimed") throw new Error(opened.is);
    return opened.claim;
  };
  const progress = { outcomes: stopped, slot: "s", unanswered: 0 };

  it("is claimed by one of sixteen at once", async () => {
    const store = await storeOf();
    const opened = await Promise.all(Array.from({ length: 16 }, () => ledgerOn(store).open(decision)));
    expect(opened.filter(({ is }) => is === "claimed")).toHaveLength(1);
    expect(opened.filter(({ is }) => is === "busy")).toHaveLength(15);
  });

  it("is closed for good, with its outcomes", async () => {
    const store = await storeOf();
    const claim = await claimOf(store);
    expect(await claim.save({ ...progress, state: "closed" })).toBe(true);
    expect(await ledgerOn(store).open(decision)).toEqual({ is: "closed", outcomes: stopped });
  });

  it("is taken up where it was left waiting", async () => {
    const store = await storeOf();
    const claim = await claimOf(store);
    await claim.save({ ...progress, state: "waiting" });
    const next = await claimOf(store);
    expect(next).toMatchObject({ earlier: stopped, slot: "s", unanswered: 0 });
  });

  it("is taken over when its lease has expired, and the first then holds nothing any more", async () => {
    const store = await storeOf();
    const first = await claimOf(store);
    await first.save({ ...progress, state: "working" });
    expect(await ledgerOn(store).open(decision)).toEqual({ is: "busy" });
    clock.at += 91_000;
    const second = await claimOf(store);
    expect(second.earlier).toEqual(stopped);
    expect(await first.save({ ...progress, state: "closed" })).toBe(false);
    expect(await second.save({ ...progress, state: "closed" })).toBe(true);
  });

  it("is taken over by one of sixteen", async () => {
    const store = await storeOf();
    await claimOf(store);
    clock.at += 91_000;
    const opened = await Promise.all(Array.from({ length: 16 }, () => ledgerOn(store).open(decision)));
    expect(opened.filter(({ is }) => is === "claimed")).toHaveLength(1);
  });

  it("holds who, what, when and by which policy", async () => {
    const store = await storeOf();
    const claim = await claimOf(store);
    await claim.save({ ...progress, state: "closed" });
    expect(await store.read(KEY_OF_ENTRY)).toMatchObject({
      is: "found",
      value: {
        principal: call.principal,
        verdict: "non-compliant",
        policy: "v1",
        attempts: 1,
        state: "closed",
        actions: stopped,
        history: [{ do: "stop", outcome: "done", at: now().toISOString() }],
      },
    });
  });

  it("keeps the public form of each outcome, and gives back its reason with all facts", async () => {
    const store = await storeOf();
    const claim = await claimOf(store);
    const denied = { code: "aws-denied", error: "AccessDenied", message: "no" } as const;
    const outcomes: Outcome[] = [
      { do: "tag", outcome: "failed", reason: { code: "slot-unavailable", answer: denied } },
      { do: "stop", outcome: "already-done", reason: { code: "gone" } },
      { do: "notify", outcome: "done" },
    ];
    await claim.save({ outcomes, slot: undefined, unanswered: 0, state: "waiting" });
    const [, , written] = [...outcomes.map(storeOutcome)];
    expect(written).toEqual({ do: "notify", outcome: "done" });
    const because = say({ code: "slot-unavailable", answer: denied });
    const stored = { do: "tag", outcome: "failed", code: "slot-unavailable", because };
    expect(await store.read(KEY_OF_ENTRY)).toMatchObject({
      value: {
        actions: [
          { ...stored, facts: { answer: denied } },
          { do: "stop", outcome: "already-done", code: "gone", because: say({ code: "gone" }) },
          { do: "notify", outcome: "done" },
        ],
        history: [stored, { do: "stop" }, { do: "notify" }],
      },
    });
    expect(storeOutcome(outcomes[1] as Outcome)).not.toHaveProperty("facts");
    expect((await claimOf(store)).earlier).toEqual(outcomes);
  });

  it("notes a change of an outcome's reason, and nothing that stays", async () => {
    const store = await storeOf();
    const claim = await claimOf(store);
    const save = (status: string) => {
      const outcomes: Outcome[] = [{ do: "stop", outcome: "deferred", reason: { code: "not-yet", status } }];
      return claim.save({ outcomes, slot: "s", unanswered: 0, state: "working" });
    };
    for (const status of ["Pending", "Pending", "Updating"]) await save(status);
    const read = await store.read(KEY_OF_ENTRY);
    expect(read).toMatchObject({ value: { history: [{ code: "not-yet" }, { code: "not-yet" }] } });
    expect(read.is === "found" && (read.value as Entry).history).toHaveLength(2);
  });

  it("gives so many slots an hour and no more, however many ask at once", async () => {
    const store = await storeOf();
    const take = () => createLimiter({ store, stopsPerHour: 5, now }).take("e", "111122223333");
    const taken = await Promise.all(Array.from({ length: 16 }, take));
    expect(taken.filter(({ is }) => is === "taken")).toHaveLength(5);
    expect(new Set(taken.flatMap((one) => (one.is === "taken" ? [one.slot] : []))).size).toBe(5);
    expect(await take()).toEqual({ is: "full", reason: { code: "limit-reached", stopsPerHour: 5 } });
    clock.at += 3_600_000;
    expect(await take()).toMatchObject({ is: "taken" });
  });
});
