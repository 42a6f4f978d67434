import { expect, it } from "vitest";
import { createAlarms } from "../../lib/enforce/store/alarms.ts";
import { createClock } from "../../lib/local/clock.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Result } from "../../lib/ports/ports.ts";
import type { Store } from "../../lib/ports/store.ts";

const reason = { code: "mail-unanswered" } as const;
const ALARM = { kind: "notice", reason } as const;

function scene(change: (store: Store) => Store = (store) => store) {
  const clock = createClock(new Date("2026-11-02T09:15:00Z"));
  const store = change(memoryStore(clock.now));
  const faults: unknown[] = [];
  const state = { sent: 0, result: { is: "done" } as Result };
  const container = () =>
    createAlarms({
      store,
      publish: async () => {
        state.sent++;
        return state.result;
      },
      waiting: async () => undefined,
      where: { account: "111122223333", region: "us-east-1" },
      now: clock.now,
      recordFault: (_, error) => faults.push(error),
    });
  return { clock, container, faults, state };
}

it("an alarm is sent once an hour, by one of all containers", async () => {
  const { clock, container, state } = scene();
  const [one, other] = [container(), container()];
  for (const alarm of [one, one, other]) await alarm(ALARM);
  expect(state.sent).toBe(1);
  clock.advance(3_600_000);
  await other(ALARM);
  expect(state.sent).toBe(2);
});

it("where the store cannot be written, each container sends it once an hour", async () => {
  const create: Store["create"] = async () => ({ is: "unavailable", reason, retryable: false });
  const { container, state } = scene((store) => ({ ...store, create }));
  const [one, other] = [container(), container()];
  for (const alarm of [one, one, other]) await alarm(ALARM);
  expect(state.sent).toBe(2);
});

it("where SNS did not take it, the container tries again where it can", async () => {
  const create: Store["create"] = async () => ({ is: "unavailable", reason, retryable: false });
  const { container, state } = scene((store) => ({ ...store, create }));
  const alarm = container();
  state.result = { is: "failed", reason, retryable: true };
  await alarm(ALARM);
  state.result = { is: "done" };
  for (let i = 0; i < 2; i++) await alarm(ALARM);
  expect(state.sent).toBe(2);
});

it("a bug in an alarm is reported, and does not reach the event", async () => {
  const create: Store["create"] = () => Promise.reject(new TypeError("a bug"));
  const { container, faults } = scene((store) => ({ ...store, create }));
  await container()(ALARM);
  expect(faults).toHaveLength(1);
});
