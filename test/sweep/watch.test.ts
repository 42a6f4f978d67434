import * as sdk from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { createLister } from "../../lib/aws/lister.ts";
import { listings } from "../../lib/catalogue/listings.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Store } from "../../lib/ports/store.ts";
import { createPace } from "../../lib/sweep/pace.ts";
import { sweep } from "../../lib/sweep/sweep.ts";
import { findWatch, isDue, type Watch } from "../../lib/sweep/watch.ts";
import { ACCOUNT, policyOf, REGION } from "../support/build.ts";
import { arnOf, embeddedState, portsOn } from "../support/world.ts";

const STACK = "arn:aws:cloudformation:us-east-1:111122223333:stack/keyward/1f0e";
const HOUR = 3_600_000;

function storeAt(start: string) {
  let now = new Date(start);
  const memory = memoryStore(() => now);
  return { store: memory, advance: (hours: number) => (now = new Date(now.getTime() + hours * HOUR)) };
}
const since = (time: string): Watch => ({ is: "since", since: new Date(time) });

describe("since when a stack has acted", () => {
  it("is its first sweep, by the store's clock", async () => {
    const { store, advance } = storeAt("2026-11-02T09:00:00Z");
    expect(await findWatch(store, STACK, "enforce")).toEqual(since("2026-11-02T09:00:00Z"));
    advance(6);
    expect(await findWatch(store, STACK, "enforce")).toEqual(since("2026-11-02T09:00:00Z"));
  });

  it("is the first sweep of the stack itself, not of an earlier one with the same bucket", async () => {
    const { store, advance } = storeAt("2026-11-02T09:00:00Z");
    await findWatch(store, STACK, "enforce");
    advance(48);
    expect(await findWatch(store, STACK.replace("1f0e", "2b3c"), "enforce")).toEqual(since("2026-11-04T09:00:00Z"));
  });

  it.each(["observe", "off"])("is never in mode %s, and begins anew after it", async (mode) => {
    const { store, advance } = storeAt("2026-11-02T09:00:00Z");
    expect(await findWatch(store, STACK, "enforce")).toMatchObject({ is: "since" });
    advance(6);
    expect(await findWatch(store, STACK, mode)).toEqual({ is: "off" });
    advance(6);
    expect(await findWatch(store, STACK, mode)).toEqual({ is: "off" });
    advance(6);
    expect(await findWatch(store, STACK, "enforce")).toEqual(since("2026-11-03T03:00:00Z"));
  });

  it("is not known where the note cannot be written or read: a role that may not list sees 403 for what is not there", async () => {
    const denied = {
      is: "unavailable",
      reason: { code: "aws-denied", error: "AccessDenied", message: "no" },
      retryable: false,
    } as const;
    const { store } = storeAt("2026-11-02T09:00:00Z");
    const unreadable: Store = { ...store, read: async () => denied };
    expect(await findWatch(unreadable, STACK, "enforce")).toMatchObject({ is: "since" });
    expect(await findWatch(unreadable, STACK, "enforce")).toEqual({ is: "off" });
    const nothing: Store = { create: async () => denied, replace: async () => denied, read: async () => denied };
    expect(await findWatch(nothing, STACK, "enforce")).toEqual({ is: "off" });
  });
});

describe("a resource counts as missed", () => {
  const watch = since("2026-11-02T09:00:00Z");
  const now = new Date("2026-11-02T15:00:00Z");
  it.each([
    ["one second older than the installation", "2026-11-02T08:59:59Z", false],
    ["as old as the installation", "2026-11-02T09:00:00Z", true],
    ["two hours old", "2026-11-02T13:00:00Z", true],
    ["59 minutes old", "2026-11-02T14:01:00Z", false],
    ["of unknown age", undefined, false],
  ])("%s", (_, createdAt, due) => {
    expect(isDue(watch, createdAt === undefined ? undefined : new Date(createdAt), now)).toBe(due);
    expect(isDue({ is: "off" }, createdAt === undefined ? undefined : new Date(createdAt), now)).toBe(false);
  });
});

/** Sweeps a notebook without a key that is two hours old, and that no event reported. */
async function missedWith(policy: ReturnType<typeof policyOf>, watch?: (created: Date) => Watch): Promise<number> {
  const { aws } = await embeddedState(policy);
  const created = aws.clock.now();
  const id = { NotebookInstanceName: "nb" };
  const arn = arnOf("notebook-instance", "nb");
  aws.sagemaker.add({ kind: "notebook-instance", arn, id, body: {}, status: "InService" });
  aws.clock.advance(2 * HOUR);
  const ports = portsOn(aws, policy, { wait: async (ms) => aws.clock.advance(ms) });
  const { endpoint, credentials } = aws;
  const { missed, looked } = await sweep({
    ports,
    account: ACCOUNT,
    region: REGION,
    pace: createPace(ports),
    ...createLister({ endpoint, credentials, region: REGION }),
    ...(watch ? { watch: watch(created) } : {}),
    found: () => {},
    save: async () => {},
    goOn: () => true,
  });
  expect(looked).toBe(1);
  return missed;
}

describe("a swept notebook that no event reported", () => {
  const from = (hours: number) => (created: Date) =>
    ({ is: "since", since: new Date(created.getTime() + hours * HOUR) }) as const;

  it("is missed where it is younger than the installation, and only there", async () => {
    expect(await missedWith(policyOf(), from(-1))).toBe(1);
    expect(await missedWith(policyOf(), from(1))).toBe(0);
    expect(await missedWith(policyOf(), () => ({ is: "off" }))).toBe(0);
  });

  it("is missed for the command, which knows no installation", async () => {
    expect(await missedWith(policyOf())).toBe(1);
  });

  it.each([
    ["in observe mode", { mode: "observe" }],
    ["whose kind the policy does not tag", { respond: { default: ["notify"] } }],
    ["outside the policy's accounts", { accounts: ["444455556666"] }],
  ] as const)("is not missed %s: no event would have tagged it", async (_, more) => {
    expect(await missedWith(policyOf(more as never), from(-1))).toBe(0);
  });
});

it("every list says when a resource was created", () => {
  expect(listings.length).toBeGreaterThan(20);
  const schemas = sdk as unknown as Readonly<Record<string, unknown>>;
  const without = listings.filter(
    ({ list }) => !mentions(schemas[`${list}Response$`] ?? schemas[`${list}Output$`], "CreationTime"),
  );
  expect(without.map(({ list }) => list)).toEqual([]);
  expect(mentions(schemas.ListTrainingJobsResponse$, "CreationHour")).toBe(false);
});

/** Whether a member of that name is in one of the SDK's schemas, which are nested arrays and functions. */
function mentions(schema: unknown, name: string, seen = new Set<unknown>()): boolean {
  if (schema === name) return true;
  if (seen.has(schema)) return false;
  seen.add(schema);
  if (typeof schema === "function") return mentions(schema(), name, seen);
  return Array.isArray(schema) && schema.some((one) => mentions(one, name, seen));
}
