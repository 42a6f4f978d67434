import { describe, expect, it } from "vitest";
import { createSageMaker } from "../../lib/aws/sagemaker.ts";
import { kinds } from "../../lib/catalogue/kinds.ts";
import type { Kind } from "../../lib/catalogue/vocabulary.ts";
import type { StopOrder } from "../../lib/core/plan/orders.ts";
import { arnOf, type EmbeddedState, embeddedState } from "../support/world.ts";

const stoppable = (kinds as readonly Kind[]).flatMap((kind) => (kind.stop ? [{ ...kind, stop: kind.stop }] : []));

function adapterOf({ aws }: EmbeddedState) {
  const { endpoint, credentials } = aws;
  return createSageMaker({ region: "us-east-1", endpoint, credentials });
}

function make({ aws }: EmbeddedState, kind: Kind, status?: string, body = {}) {
  const arn = arnOf(kind.kind, "one");
  const id = Object.fromEntries(
    Object.keys(kind.describe.input).map((member) => [member, member.endsWith("Arn") ? arn : "one"]),
  );
  return aws.sagemaker.add({ kind: kind.kind, arn, id, body, ...(status ? { status } : {}) });
}

const orderOf = (kind: (typeof stoppable)[number], more: Partial<StopOrder> = {}): StopOrder => {
  const arn = arnOf(kind.kind, "one");
  const value = kind.stop.input.endsWith("Arn") ? arn : "one";
  return {
    resource: { kind: kind.kind, name: "one", arn },
    describe: { operation: kind.describe.operation, input: { [Object.keys(kind.describe.input)[0] ?? ""]: value } },
    operation: kind.stop.operation,
    input: { [kind.stop.input]: value },
    variants: [],
    endWarmPool: false,
    token: "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
    account: "111122223333",
    region: "us-east-1",
    ...more,
  };
};

describe.each(stoppable)("stopping: $kind", (kind) => {
  it("stops a running resource", async () => {
    const world = await embeddedState();
    const resource = make(world, kind, kind.stop.from[0], {
      ModelVariants: [{ VariantName: "a" }, { VariantName: "b" }],
    });
    expect(await adapterOf(world).stop(orderOf(kind))).toEqual({ is: "done" });
    expect(resource.status).toMatch(/^stop/i);
  });

  it("reports already-done for a resource that has stopped or is stopping", async () => {
    const world = await embeddedState();
    make(world, kind, kind.stop.from[0], {});
    const adapter = adapterOf(world);
    await adapter.stop(orderOf(kind));
    expect(await adapter.stop(orderOf(kind))).toMatchObject({
      is: "already-done",
      reason: { code: "not-running", status: expect.stringMatching(/^Stop/i) },
    });
    world.aws.clock.advance(120_000);
    expect(await adapter.stop(orderOf(kind))).toMatchObject({ is: "already-done" });
  });

  it("reports already-done for a resource that no longer exists", async () => {
    expect(await adapterOf(await embeddedState()).stop(orderOf(kind))).toEqual({
      is: "already-done",
      reason: { code: "gone" },
    });
  });

  it("fails, to be tried again, where a running resource refuses the Stop", async () => {
    const world = await embeddedState(undefined, {
      fault: ({ operation }) =>
        operation === kind.stop.operation
          ? { is: "error", name: "ValidationException", message: "refused", status: 400 }
          : undefined,
    });
    const resource = make(world, kind, kind.stop.from[0], { ModelVariants: [{ VariantName: "a" }] });
    // A kind without a status that Describe names cannot be asked whether it runs: a failure for good is no stop either.
    expect(await adapterOf(world).stop(orderOf(kind))).toMatchObject({
      is: "failed",
      retryable: kind.describe.status !== undefined,
    });
    expect(resource.status).toBe(kind.stop.from[0]);
  });

  it.each(kind.stop.later)("is deferred while the resource is %s", async (status) => {
    const world = await embeddedState();
    make(world, kind, status);
    expect(await adapterOf(world).stop(orderOf(kind))).toEqual({
      is: "deferred",
      reason: { code: "not-yet", status },
    });
  });
});

describe("the additional input of a Stop call", () => {
  const kindNamed = (name: string) => stoppable.find(({ kind }) => kind === name) as (typeof stoppable)[number];

  it("retains every variant of an inference experiment, from the event or from Describe", async () => {
    const kind = kindNamed("inference-experiment");
    for (const variants of [["a", "b"], []]) {
      const world = await embeddedState();
      make(world, kind, "Running", { ModelVariants: [{ VariantName: "a" }, { VariantName: "b" }] });
      expect(await adapterOf(world).stop(orderOf(kind, { variants }))).toEqual({ is: "done" });
      expect(world.aws.calls.at(-1)?.input).toMatchObject({
        ModelVariantActions: { a: "Retain", b: "Retain" },
        DesiredState: "Cancelled",
      });
    }
  });

  it("has the event's ID as the token of a pipeline execution", async () => {
    const world = await embeddedState();
    make(world, kindNamed("pipeline-execution"), "Executing");
    await adapterOf(world).stop(orderOf(kindNamed("pipeline-execution")));
    expect(world.aws.calls.at(-1)?.input).toMatchObject({ ClientRequestToken: "e3b0c442-98fc-4c14-9afb-f4c8996fb924" });
  });

  it("ends a training job's warm pool, and is deferred while that is not possible yet", async () => {
    const kind = kindNamed("training-job");
    const world = await embeddedState(undefined, {
      fault: ({ operation }) =>
        operation === "UpdateTrainingJob"
          ? { is: "error", name: "ValidationException", message: "no", status: 400 }
          : undefined,
    });
    make(world, kind, "InProgress", { ResourceConfig: { KeepAlivePeriodInSeconds: 60 } });
    const adapter = adapterOf(world);
    const order = orderOf(kind, { endWarmPool: true });
    expect(await adapter.stop(order)).toEqual({
      is: "deferred",
      reason: { code: "warm-pool-not-yet" },
      hadEffect: true,
    });
  });
});

it("a Stop whose first answer was lost may have stopped the resource", async () => {
  const kind = stoppable.find((one) => one.kind === "training-job") as (typeof stoppable)[number];
  let resets = 1;
  const world = await embeddedState(undefined, {
    fault: ({ operation }) =>
      operation === "StopTrainingJob" && resets-- > 0 ? { is: "reset", after: true } : undefined,
  });
  make(world, kind, "InProgress", {});
  expect(await adapterOf(world).stop(orderOf(kind))).toMatchObject({ is: "already-done", hadEffect: true });
});
