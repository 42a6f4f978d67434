import { describe, expect, it } from "vitest";
import { CONTROL_KEY, changeKey, policyKey } from "../../lib/control/control-object.ts";
import { createInForce, type InForceOptions } from "../../lib/control/in-force.ts";
import type { Reason } from "../../lib/core/model/reason.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Mode } from "../../lib/policy/mode.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { versionOf } from "../../lib/policy/version.ts";
import type { ConditionalReads, Store, Unavailable } from "../../lib/ports/store.ts";
import { policyOf } from "../support/build.ts";

const BUILT_IN = policyOf();
const PUSHED = policyOf({ keys: { accept: "listed", allow: ["alias/own"] } });
const VERSION = versionOf(PUSHED);
const DENIED: Unavailable = {
  is: "unavailable",
  reason: { code: "aws-denied", error: "AccessDenied", message: "no" },
  retryable: false,
};
const LOST: Unavailable = { is: "unavailable", reason: { code: "other-delivery" }, retryable: true };

interface Scene {
  readonly store: Store;
  /** Puts an object, as a person may do it by hand. */
  put(key: string, value: object): Promise<void>;
  /** What a container is given, a number of seconds later. */
  later(seconds: number): ReturnType<ReturnType<typeof createInForce>>;
  /** A container that starts now. */
  cold(): ReturnType<typeof createInForce>;
  readonly reads: string[];
  readonly alarms: Reason[];
  broken: Unavailable | undefined;
}

function sceneOf(parameter: Mode = "enforce", more: Partial<InForceOptions> = {}): Scene {
  const store = memoryStore(() => new Date("2026-11-02T09:00:00Z"));
  let elapsed = 0;
  const scene = { reads: [] as string[], alarms: [] as Reason[], broken: undefined as Unavailable | undefined };
  const reads: ConditionalReads = {
    readUnless: async (etag, key) => {
      scene.reads.push(`${key} ${etag === undefined ? "whole" : "unless"}`);
      return scene.broken ?? store.readUnless(etag, key);
    },
  };
  const cold = () =>
    createInForce({
      reads,
      builtIn: BUILT_IN,
      parameter,
      elapsed: () => elapsed,
      alarm: async (reason) => void scene.alarms.push(reason),
      ...more,
    });
  const inForce = cold();
  return Object.assign(scene, {
    store,
    cold,
    async put(key: string, value: object) {
      const found = await store.read(key);
      if (found.is === "found") await store.replace(key, value, found.etag);
      else await store.create(key, value);
    },
    later(seconds: number) {
      elapsed += seconds * 1_000;
      return inForce();
    },
  });
}

const pushed = (policy: Policy) => [policyKey(versionOf(policy)), { policy, text: "" }] as const;

describe("what is in force", () => {
  it("is the built-in policy and the stack's parameter until somebody changes it", async () => {
    for (const mode of ["enforce", "observe", "off"] as const) {
      const { later, alarms } = sceneOf(mode);
      expect(await later(0)).toMatchObject({ is: "in-force", policy: { mode }, version: versionOf(BUILT_IN) });
      expect(alarms).toEqual([]);
    }
  });

  it("is read once a minute at most, conditionally, however many events come", async () => {
    const { later, put, reads } = sceneOf();
    await put(CONTROL_KEY, { mode: "observe" });
    await Promise.all([later(0), later(0), later(0)]);
    for (let i = 0; i < 40; i++) await later(1);
    expect(reads).toEqual([`${CONTROL_KEY} whole`]);
    await later(20);
    expect(reads.slice(1)).toEqual([`${CONTROL_KEY} unless`]);
  });

  it.each([
    ["enforce", "observe", "enforce", "enforce"],
    ["observe", "enforce", "enforce", "observe"],
    ["off", "enforce", "enforce", "off"],
    ["enforce", "off", "observe", "observe"],
    [undefined, "enforce", "observe", "observe"],
    [undefined, "off", "enforce", "off"],
  ] as const)(
    "the switch %s over the parameter %s, and the policy's own %s, is %s",
    async (mode, parameter, own, expected) => {
      const { later, put } = sceneOf(parameter, { builtIn: policyOf({ mode: own }) });
      await put(CONTROL_KEY, { ...(mode ? { mode } : {}), because: "a test" });
      expect(await later(0)).toMatchObject({ policy: { mode: expected } });
    },
  );

  it("changes within a minute in a warm container: the mode, and the policy with its version", async () => {
    const { later, put, reads } = sceneOf();
    expect(await later(0)).toMatchObject({ policy: { mode: "enforce" } });
    await put(CONTROL_KEY, { mode: "off" });
    expect(await later(59)).toMatchObject({ policy: { mode: "off" } });
    await put(...pushed(PUSHED));
    await put(CONTROL_KEY, { mode: "enforce", policyVersion: VERSION });
    const before = reads.length;
    expect(await later(59)).toMatchObject({ policy: { ...PUSHED, mode: "enforce" }, version: VERSION });
    expect(await later(59)).toMatchObject({ version: VERSION });
    // The policy itself is read once.
    expect(reads.slice(before)).toEqual([
      `${CONTROL_KEY} unless`,
      `${policyKey(VERSION)} whole`,
      `${CONTROL_KEY} unless`,
    ]);
  });

  it("stays as it was where the object cannot be read, is not valid, or was deleted", async () => {
    const scene = sceneOf();
    const { later, put, alarms } = scene;
    await put(CONTROL_KEY, { mode: "observe" });
    await later(0);
    for (const broken of [DENIED, LOST]) {
      scene.broken = broken;
      expect(await later(60)).toMatchObject({ policy: { mode: "observe" } });
    }
    scene.broken = undefined;
    for (const value of [{ mode: "on" }, { policyVersion: "../../x" }, { revision: -1 }, []]) {
      await put(CONTROL_KEY, value);
      expect(await later(60)).toMatchObject({ policy: { mode: "observe" } });
    }
    expect(alarms.map(({ code }) => code)).toEqual([
      "control-unreadable",
      "control-unreadable",
      ...new Array(4).fill("control-invalid"),
    ]);
    await put(CONTROL_KEY, { mode: "off" });
    expect(await later(60)).toMatchObject({ policy: { mode: "off" } });
  });

  it("a deleted object changes nothing and raises an alarm", async () => {
    let deleted = false;
    const objects = memoryStore(() => new Date());
    await objects.create(CONTROL_KEY, { mode: "off" });
    const { later, alarms } = sceneOf("enforce", {
      reads: { readUnless: async (...read) => (deleted ? { is: "absent" } : objects.readUnless(...read)) },
    });
    await later(0);
    deleted = true;
    expect(await later(60)).toMatchObject({ policy: { mode: "off" } });
    expect(alarms).toEqual([{ code: "control-deleted" }]);
  });

  it("is not known yet to a container that starts while S3 fails for a moment", async () => {
    const scene = sceneOf();
    scene.broken = LOST;
    expect(await scene.later(0)).toEqual(LOST);
    scene.broken = undefined;
    await scene.put(CONTROL_KEY, { mode: "off" });
    // It is not remembered: the next batch reads again.
    expect(await scene.later(1)).toMatchObject({ policy: { mode: "off" } });
  });

  it.each([
    ["denied", async (scene: Scene) => void Object.assign(scene, { broken: DENIED })],
    ["no control object", (scene: Scene) => scene.put(CONTROL_KEY, { mode: 1 })],
  ])("a container that starts with an object that is %s stops nothing", async (_, spoil) => {
    const scene = sceneOf("enforce");
    await spoil(scene);
    expect(await scene.cold()()).toMatchObject({ policy: { mode: "observe" }, version: versionOf(BUILT_IN) });
    expect(scene.alarms).toHaveLength(1);
  });
});

describe("a pushed policy that cannot be used", () => {
  it.each([
    ["was never pushed", undefined],
    ["is no policy", { policy: { version: 2 }, text: "" }],
    ["is of another form", []],
  ])("%s: the last good one stays, the switch counts, and it is tried again", async (_, value) => {
    const { later, put, alarms } = sceneOf();
    await put(...pushed(PUSHED));
    await put(CONTROL_KEY, { policyVersion: VERSION });
    await later(0);
    const bad = "0123456789ab";
    if (value) await put(policyKey(bad), value);
    await put(CONTROL_KEY, { mode: "observe", policyVersion: bad });
    expect(await later(60)).toMatchObject({
      version: VERSION,
      policy: { mode: "observe", keys: { accept: "listed" } },
    });
    expect(alarms).toMatchObject([{ code: "pushed-policy-unusable", version: bad }]);
    const better = policyOf({ limits: { "stops-per-hour": 1 } });
    await put(policyKey(bad), { policy: better, text: "" });
    expect(await later(60)).toMatchObject({ version: bad, policy: { limits: { "stops-per-hour": 1 } } });
  });

  it("a container that starts takes the last one before it that can be used, else the built-in one", async () => {
    const { cold, put } = sceneOf();
    await put(CONTROL_KEY, { policyVersion: "0123456789ab", revision: 3 });
    expect(await cold()()).toMatchObject({ version: versionOf(BUILT_IN) });
    await put(...pushed(PUSHED));
    await put(changeKey(2), { policyVersion: "ba9876543210", revision: 2 });
    await put(changeKey(1), { policyVersion: VERSION, revision: 1 });
    expect(await cold()()).toMatchObject({ version: VERSION, policy: { mode: "enforce" } });
  });
});
