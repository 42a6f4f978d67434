import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import { callOf, policyOf } from "../support/build.ts";
import { arnOf, embeddedState, happen, mailsOf, recordOf } from "../support/world.ts";

/** Attacks on the stop itself: by its time, and by what a job leaves behind. */

const MINUTE = 60_000;
const jobArn = { TrainingJobArn: arnOf("training-job", "t") };
const requestOf = (keepAlive?: number): JsonObject => ({
  TrainingJobName: "t",
  OutputDataConfig: {},
  ResourceConfig: {
    InstanceType: "ml.m5.large",
    ...(keepAlive === undefined ? {} : { KeepAlivePeriodInSeconds: keepAlive }),
  },
});

async function stateOf(options?: EmbeddedOptions) {
  const state = await embeddedState(policyOf(), options);
  const { aws, ports } = state;
  const sentAt = aws.clock.now();
  const deliver = async (event: JsonObject) => {
    const { decision, next } = await respond(event, ports, { receives: 1, sentAt, isRedriven: false, isLast: false });
    const actions = Object.fromEntries(
      decision.actions.map(({ do: name, outcome, reason }) => [name, reason ? `${outcome} ${reason.code}` : outcome]),
    );
    return { ...actions, next };
  };
  return { ...state, deliver };
}

describe("a job that SageMaker does not find yet", () => {
  const call = callOf("CreateTrainingJob", requestOf(), jobArn);

  it("is not taken for gone: it is tagged and stopped when it appears", async () => {
    const { aws, deliver } = await stateOf();
    const event = recordOf(call);
    aws.clock.advance(5000);
    expect(await deliver(event)).toEqual({
      tag: "deferred not-found-yet",
      stop: "deferred not-found-yet",
      notify: "done",
      next: "retry",
    });
    aws.clock.advance(MINUTE);
    aws.sagemaker.apply(call);
    expect(await deliver(event)).toEqual({ tag: "done", stop: "done", notify: "done", next: "done" });
    expect(aws.sagemaker.resources[0]?.status).toBe("Stopping");
    // The first said that the stop is tried again; the follow-up says how it ended.
    expect(mailsOf(aws)).toHaveLength(2);
  });

  it("is gone where it is not found ten minutes after the call", async () => {
    const { aws, deliver } = await stateOf();
    const event = recordOf(call);
    await deliver(event);
    aws.clock.advance(9 * MINUTE);
    expect(await deliver(event)).toMatchObject({ stop: "deferred not-found-yet" });
    aws.clock.advance(MINUTE);
    expect(await deliver(event)).toMatchObject({ stop: "already-done gone" });
  });

  it("also where only Describe does not find it, after a refused Stop", async () => {
    const refused = { is: "error", name: "ValidationException", message: "1 validation error", status: 400 } as const;
    const { deliver } = await stateOf({
      fault: ({ operation }) => (operation === "StopTrainingJob" ? refused : undefined),
    });
    expect(await deliver(recordOf(call))).toMatchObject({ stop: "deferred not-found-yet", next: "retry" });
  });
});

describe("the warm pool of a stopped job", () => {
  const KEEP_ALIVE = 600;
  const updates = (calls: readonly string[]) => calls.filter((name) => name === "UpdateTrainingJob").length;

  async function stopping() {
    const state = await stateOf();
    const event = happen(state.aws, "CreateTrainingJob", requestOf(KEEP_ALIVE), jobArn);
    const [job] = state.aws.sagemaker.resources;
    if (!job) throw new Error("there is no job");
    expect(await state.deliver(event)).toMatchObject({ stop: "deferred warm-pool-not-yet", next: "retry" });
    expect(updates(state.calls())).toBe(0);
    return { ...state, event, job };
  }

  it("is ended when it is Available, and no earlier: the job still uses it while it stops", async () => {
    const { aws, deliver, calls, event, job } = await stopping();
    aws.clock.advance(30_000);
    expect(await deliver(event)).toMatchObject({ stop: "deferred warm-pool-not-yet" });
    expect([job.status, updates(calls())]).toEqual(["Stopping", 0]);
    aws.clock.advance(MINUTE);
    expect(await deliver(event)).toMatchObject({ stop: "already-done not-running", next: "done" });
    expect([job.status, job.warmPool, updates(calls())]).toEqual(["Stopped", false, 1]);
    expect(mailsOf(aws)).toHaveLength(2);
  });

  it("needs no call where its time is over: the retries end", async () => {
    const { aws, deliver, calls, event } = await stopping();
    aws.clock.advance(2 * MINUTE + KEEP_ALIVE * 1000);
    expect(await deliver(event)).toMatchObject({ stop: "already-done not-running", next: "done" });
    expect(updates(calls())).toBe(0);
  });

  it.each([
    ["that another job has taken over", "Reused"],
    ["of which nothing is known", undefined],
  ] as const)("%s needs no call either", async (_what, poolEnd) => {
    const { aws, deliver, calls, event, job } = await stopping();
    aws.clock.advance(2 * MINUTE);
    job.warmPool = false;
    if (poolEnd) job.poolEnd = poolEnd;
    expect(await deliver(event)).toMatchObject({ stop: "already-done not-running", next: "done" });
    expect(updates(calls())).toBe(0);
  });

  it("that changes between Describe and the call is read again with the next delivery", async () => {
    let refuse = true;
    const { aws, deliver } = await stateOf({
      fault: ({ operation }) =>
        refuse && operation === "UpdateTrainingJob"
          ? { is: "error", name: "ValidationException", message: "not Available", status: 400 }
          : undefined,
    });
    const event = happen(aws, "CreateTrainingJob", requestOf(KEEP_ALIVE), jobArn);
    await deliver(event);
    aws.clock.advance(2 * MINUTE);
    expect(await deliver(event)).toMatchObject({ stop: "deferred warm-pool-not-yet", next: "retry" });
    refuse = false;
    expect(await deliver(event)).toMatchObject({ stop: "already-done not-running", next: "done" });
    expect(aws.sagemaker.resources[0]?.warmPool).toBe(false);
  });
});
