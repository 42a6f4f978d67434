import { describe, expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import type { Mode } from "../../lib/policy/mode.ts";
import { policyOf } from "../support/build.ts";
import {
  arnOf,
  type EmbeddedState,
  embeddedState,
  entriesOf,
  firstDelivery,
  happen,
  mailsOf,
} from "../support/world.ts";

const job = [
  { TrainingJobName: "t", ResourceConfig: { InstanceType: "ml.m5.large" } },
  { TrainingJobArn: arnOf("training-job", "t") },
] as const;
const THROTTLED: Fault = { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 };
const statusOf = ({ aws }: EmbeddedState) => aws.sagemaker.resources[0]?.status;
const under = ({ ports }: EmbeddedState, mode: Mode, cancelledBefore?: Date) => ({
  ...ports,
  policy: { ...ports.policy, mode },
  cancelledBefore,
});

describe("observe", () => {
  it("changes nothing, and the ledger says with one write what would have been done", async () => {
    const state = await embeddedState(policyOf({ mode: "observe" }));
    const event = happen(state.aws, "CreateTrainingJob", ...job);
    const { decision, next } = await respond(event, state.ports, firstDelivery(state));
    expect(next).toBe("done");
    expect(statusOf(state)).toBe("InProgress");
    expect(mailsOf(state.aws)).toEqual([]);
    expect(state.calls()).toEqual([]);
    const skipped = ["tag", "stop", "notify"].map((action) => ({
      do: action,
      outcome: "skipped",
      code: "observe-mode",
    }));
    expect(entriesOf(state.aws)).toMatchObject([
      { state: "closed", verdict: "non-compliant", actions: skipped, policy: decision.policy },
    ]);
    expect(state.aws.calls.filter(({ service }) => service === "s3").map(({ operation }) => operation)).toHaveLength(1);
    // A second delivery finds the entry.
    await respond(event, state.ports, { ...firstDelivery(state), receives: 2 });
    expect(entriesOf(state.aws)).toHaveLength(1);
  });

  it("writes nothing about what is compliant", async () => {
    const state = await embeddedState(policyOf({ mode: "observe", require: { volume: false, output: false } }));
    await respond(happen(state.aws, "CreateTrainingJob", ...job), state.ports, firstDelivery(state));
    expect(entriesOf(state.aws)).toEqual([]);
  });
});

describe("off", () => {
  it("judges, and calls nothing", async () => {
    const state = await embeddedState(policyOf({ mode: "off", keys: { accept: "customer-managed" } }));
    const event = happen(state.aws, "CreateTrainingJob", ...job);
    const { decision, next } = await respond(event, state.ports, firstDelivery(state));
    expect(next).toBe("done");
    expect(decision.actions).toMatchObject(
      ["tag", "stop", "notify"].map((action) => ({ do: action, reason: { code: "off-mode" } })),
    );
    expect(state.aws.calls).toEqual([]);
  });

  it("looks up no key, so what only a look-up can tell stays undetermined", async () => {
    const state = await embeddedState(policyOf({ mode: "off", keys: { accept: "customer-managed" } }));
    const [request, response] = job;
    const keyed = {
      ...request,
      OutputDataConfig: { KmsKeyId: "alias/ml" },
      ResourceConfig: { ...request.ResourceConfig, VolumeKmsKeyId: "alias/ml" },
    };
    const event = happen(state.aws, "CreateTrainingJob", keyed, response);
    const { decision, next } = await respond(event, state.ports, firstDelivery(state));
    expect({ verdict: decision.verdict, next }).toEqual({ verdict: "undetermined", next: "done" });
    expect(state.aws.calls).toEqual([]);
  });
});

describe("a switch to a weaker mode", () => {
  it.each(["observe", "off"] as const)(
    "to %s cancels a stop that waits, and nothing resumes by itself",
    async (weaker) => {
      let fault: Fault | undefined = THROTTLED;
      const state = await embeddedState(policyOf(), {
        fault: ({ operation }) => (operation === "StopTrainingJob" ? fault : undefined),
      });
      const { aws, ports } = state;
      const event = happen(aws, "CreateTrainingJob", ...job);
      const first = firstDelivery(state);
      expect(await respond(event, ports, first)).toMatchObject({ next: "retry" });
      fault = undefined;
      aws.clock.advance(120_000);
      const switched = aws.clock.now();
      expect(await respond(event, under(state, weaker, switched), { ...first, receives: 2 })).toMatchObject({
        next: "done",
      });
      expect(statusOf(state)).toBe("InProgress");
      expect(entriesOf(aws)).toMatchObject([{ state: "closed" }]);
      aws.clock.advance(120_000);
      await respond(event, under(state, "enforce", switched), { ...first, receives: 3 });
      expect(statusOf(state)).toBe("InProgress");
    },
  );

  it("counts for a message that waited through the whole of it", async () => {
    const state = await embeddedState(policyOf());
    const event = happen(state.aws, "CreateTrainingJob", ...job);
    const first = firstDelivery(state);
    state.aws.clock.advance(300_000);
    await respond(event, under(state, "enforce", state.aws.clock.now()), first);
    expect(statusOf(state)).toBe("InProgress");
    expect(entriesOf(state.aws)).toMatchObject([{ actions: [{ code: "observe-mode" }, {}, {}] }]);
  });

  it("does not count for a later message", async () => {
    const state = await embeddedState(policyOf());
    const before = state.aws.clock.now();
    state.aws.clock.advance(300_000);
    const event = happen(state.aws, "CreateTrainingJob", ...job);
    await respond(event, under(state, "enforce", before), firstDelivery(state));
    expect(statusOf(state)).toMatch(/^Stop/);
  });
});
