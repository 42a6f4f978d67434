import { describe, expect, it } from "vitest";
import {
  type Author,
  type ControlStore,
  pushPolicy,
  putInForce,
  readControl,
  readHistory,
  readPushed,
  switchMode,
} from "../../lib/control/change-control.ts";
import { CONTROL_KEY, policyKey } from "../../lib/control/control-object.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import { versionOf } from "../../lib/policy/version.ts";
import { policyOf } from "../support/build.ts";

const at = (minute: number, because = "a test"): Author => ({
  by: "arn:aws:sts::111122223333:assumed-role/operator/me",
  at: new Date(Date.UTC(2026, 10, 2, 9, minute)),
  because,
});
const storeOf = () => memoryStore(() => new Date("2026-11-02T09:00:00Z"));
const POLICY = policyOf({ keys: { accept: "listed", allow: ["alias/own"] } });
const VERSION = versionOf(POLICY);

describe("a change of what is in force", () => {
  it("records who, when and why, and keeps what it does not change", async () => {
    const store = storeOf();
    await pushPolicy(store, POLICY, "the text", at(1, "a new key"));
    const { by } = at(1);
    expect(await switchMode(store, "off", at(2, "wrong jobs"))).toMatchObject({
      is: "changed",
      from: { policyVersion: VERSION, because: "a new key", revision: 1 },
      to: {
        mode: "off",
        policyVersion: VERSION,
        by,
        at: "2026-11-02T09:02:00.000Z",
        because: "wrong jobs",
        revision: 2,
        cancelledBefore: "2026-11-02T09:02:00.000Z",
      },
    });
    expect(await readPushed(store, VERSION)).toEqual({ is: "pushed", policy: POLICY, text: "the text" });
  });

  it("back to enforce keeps the time of the switch, so that nothing resumes", async () => {
    const store = storeOf();
    await switchMode(store, "observe", at(1));
    await switchMode(store, "enforce", at(3));
    const cancelledBefore = "2026-11-02T09:01:00.000Z";
    expect(await readControl(store)).toMatchObject({ control: { mode: "enforce", cancelledBefore } });
  });

  it("has a history without a gap, the latest first", async () => {
    const store = storeOf();
    await switchMode(store, "observe", at(1, "one"));
    await pushPolicy(store, POLICY, "", at(2, "two"));
    await putInForce(store, undefined, at(3, "three"));
    const history = await readHistory(store, 10);
    expect(history).toMatchObject([
      { because: "three", revision: 3, mode: "observe" },
      { because: "two", revision: 2, policyVersion: VERSION },
      { because: "one", revision: 1 },
    ]);
    expect(history).not.toHaveProperty("0.policyVersion");
    expect(await readHistory(store, 2)).toHaveLength(2);
  });

  it("comes after what somebody wrote by hand, which the history keeps", async () => {
    const store = storeOf();
    await switchMode(store, "enforce", at(1, "one"));
    await switchMode(store, "observe", at(2, "two"));
    const found = await store.read(CONTROL_KEY);
    await store.replace(CONTROL_KEY, { mode: "off", because: "by hand" }, found.is === "found" ? found.etag : "");
    await switchMode(store, "observe", at(3, "three"));
    expect(await readHistory(store, 10)).toMatchObject([
      { because: "three", revision: 3 },
      { because: "by hand", mode: "off", revision: 2 },
      { because: "one", revision: 1 },
    ]);
  });

  it("twice at the same time: one is made, the other says so", async () => {
    const store = storeOf();
    await switchMode(store, "enforce", at(1));
    const changes = await Promise.all([switchMode(store, "off", at(2)), switchMode(store, "observe", at(2))]);
    expect(changes.map(({ is }) => is).sort()).toEqual(["changed", "conflict"]);
    expect(await readHistory(store, 10)).toHaveLength(2);
  });

  it.each([
    ["was never pushed", undefined, "policy-absent"],
    ["is not valid", { policy: {}, text: "" }, "policy-invalid"],
    ["has no text", { policy: POLICY }, "policy-invalid"],
  ])("a policy that %s is not put in force", async (_, value, code) => {
    const store = storeOf();
    if (value) await store.create(policyKey(VERSION), value);
    expect(await putInForce(store, VERSION, at(1))).toEqual({ is: "fault", reason: { code } });
    expect(await readControl(store)).toMatchObject({ control: undefined });
  });

  it.each([["readUnless"], ["create"]] as const)("a store that fails at %s changes nothing", async (call) => {
    const store = storeOf();
    const reason = { code: "other-delivery" } as const;
    const failing = { ...store, [call]: async () => ({ is: "unavailable", reason, retryable: true }) } as ControlStore;
    expect(await switchMode(failing, "off", at(1))).toEqual({ is: "fault", reason });
    expect(await readControl(store)).toMatchObject({ control: undefined });
  });

  it("an object that is not one is not replaced", async () => {
    const store = storeOf();
    await store.create(CONTROL_KEY, { mode: "loud" });
    expect(await switchMode(store, "off", at(1))).toEqual({ is: "fault", reason: { code: "control-invalid" } });
  });
});
