import { describe, expect, it } from "vitest";
import type { ApiCall } from "../../lib/core/model/types.ts";
import type { WantedAction } from "../../lib/core/plan/orders.ts";
import { withSlot } from "../../lib/enforce/with-slot.ts";
import { createClock } from "../../lib/local/clock.ts";
import type { Claim } from "../../lib/ports/ledger.ts";
import type { Slot, SlotRequest, Taken } from "../../lib/ports/limiter.ts";
import type { Alarm, Ports, Result } from "../../lib/ports/ports.ts";
import { callOf } from "../support/build.ts";

const START = new Date("2026-11-02T09:15:00Z");
const GONE: Result = { is: "already-done", reason: { code: "gone" } };
const NO_ANSWER = { code: "aws-unanswered", error: "TimeoutError", message: "no answer" } as const;
const UNANSWERED: Result = { is: "failed", reason: NO_ANSWER, retryable: true, unanswered: true };
const FULL: Taken = { is: "full", reason: { code: "limit-reached", stopsPerHour: 3 } };

/** A limiter that gives one answer, and a stop that can be counted. */
function scene(answer: Exclude<Taken, { is: "taken" }> | "taken" = "taken") {
  const clock = createClock(START);
  const asked: SlotRequest[] = [];
  const given: Slot[] = [];
  const alarms: Alarm[] = [];
  const state = { held: true, stops: 0, result: { is: "done" } as Result, takeMs: [] as number[] };
  const ports = {
    now: clock.now,
    elapsed: () => clock.now().getTime(),
    alarm: async (alarm: Alarm) => void alarms.push(alarm),
    limiter: {
      async take(request: SlotRequest): Promise<Taken> {
        asked.push(request);
        clock.advance(state.takeMs.shift() ?? 0);
        return answer === "taken" ? { is: "taken", slot: { id: request.id, keys: ["hour"] } } : answer;
      },
      giveBack: async (slot: Slot) => void given.push(slot),
    },
  } as unknown as Ports;
  const claim = { attempt: 2, at: START, isHeld: () => state.held } as Claim;
  const event = { ...callOf("CreateTrainingJob", {}), issuer: "arn:aws:iam::111122223333:role/ml" } as ApiCall;
  const run = () =>
    withSlot({ do: "stop" } as WantedAction, { event, claim }, ports, async () => {
      state.stops++;
      return state.result;
    });
  return { asked, given, alarms, state, run, event };
}

describe("a stop under a slot", () => {
  it.each<[string, Result, number]>([
    ["was done", { is: "done" }, 0],
    ["was not answered", UNANSWERED, 0],
    ["may have been done by an earlier attempt", { ...GONE, hadEffect: true }, 0],
    ["found nothing to stop", GONE, 1],
    ["is not possible yet", { is: "deferred", reason: { code: "not-yet", status: "Pending" } }, 1],
    ["was denied", { is: "denied", reason: { ...NO_ANSWER, code: "aws-denied" } }, 1],
    ["failed with an answer", { is: "failed", reason: { ...NO_ANSWER, code: "aws-throttled" }, retryable: true }, 1],
  ])("that %s: %j gives back %i slots", async (_, result, back) => {
    const { state, given, run } = scene();
    state.result = result;
    expect(await run()).toEqual(result);
    expect(given).toHaveLength(back);
  });

  it("is not sent later than thirty seconds after the slot was asked for: it takes another slot", async () => {
    const { state, asked, given, run } = scene();
    state.takeMs = [31_000];
    expect(await run()).toEqual({ is: "done" });
    expect(asked).toHaveLength(2);
    expect(given.map(({ id }) => id)).toEqual([asked[0]?.id]);
    expect(asked[1]?.id).not.toBe(asked[0]?.id);
    expect(state.stops).toBe(1);
  });

  it("is left to the next delivery where every slot expires", async () => {
    const { state, asked, given, run } = scene();
    state.takeMs = Array(20).fill(31_000);
    expect(await run()).toMatchObject({ is: "deferred" });
    expect(state.stops).toBe(0);
    expect(given).toHaveLength(asked.length);
  });

  it("is not sent where the claim is lost while the slot is taken", async () => {
    const { state, given, run } = scene();
    const held = [true, false];
    Object.defineProperty(state, "held", { get: () => held.shift() ?? false });
    expect(await run()).toMatchObject({ is: "deferred" });
    expect(state.stops).toBe(0);
    expect(given).toHaveLength(1);
  });

  it("asks with its event, its attempt and the issuer of the session", async () => {
    const { asked, run, event } = scene();
    await run();
    expect(asked).toEqual([
      { account: event.account, id: `${event.eventID} 2.1`, principal: event.issuer, near: START },
    ]);
  });
});

describe("without a slot nothing is stopped", () => {
  it("as the hour is full: the operators get an alarm, and the event comes back", async () => {
    const { state, alarms, run } = scene(FULL);
    expect(await run()).toEqual({ is: "deferred", reason: FULL.is === "full" && FULL.reason });
    expect(alarms).toEqual([{ kind: "limit", reason: FULL.is === "full" && FULL.reason }]);
    expect(state.stops).toBe(0);
  });

  it("as others were faster: no alarm", async () => {
    const { state, alarms, run } = scene({ is: "busy", reason: { code: "slots-busy" } });
    expect(await run()).toMatchObject({ is: "deferred", reason: { code: "slots-busy" } });
    expect({ alarms, stops: state.stops }).toEqual({ alarms: [], stops: 0 });
  });

  it.each([true, false])("as the store does not answer (retryable: %s): it is tried again", async (retryable) => {
    const { state, run } = scene({ is: "unavailable", reason: NO_ANSWER, retryable });
    expect(await run()).toMatchObject({ is: "failed", reason: { code: "slot-unavailable" }, retryable: true });
    expect(state.stops).toBe(0);
  });
});
