import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Outcome } from "../../lib/core/model/types.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import type { LocalResource } from "../../lib/local/sagemaker-resource.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { KEY, policyOf } from "../support/build.ts";
import { arnOf, type EmbeddedState, embeddedState, firstDelivery, happen, mailsOf } from "../support/world.ts";

const EXECUTION = arnOf("pipeline", "nightly/execution/abcd12345678");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DENIED: Fault = { is: "error", name: "AccessDeniedException", message: "no", status: 403 };
const THROTTLED: Fault = { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 };
const REFUSED: Fault = { is: "error", name: "UnknownOperationException", message: "no", status: 400 };

interface Scene extends EmbeddedState {
  readonly execution: LocalResource;
  readonly tuning: LocalResource;
  readonly failure: { stop: Fault | undefined };
}

/** A pipeline's execution with jobs a to e, and a tuning job; their stops fail while `failure.stop` is set. */
async function scene(policy: Policy = policyOf(), stop?: Fault): Promise<Scene> {
  const failure: Scene["failure"] = { stop };
  const isStop = (operation: string) => /^Stop(Pipeline|Hyper)/.test(operation);
  const state = await embeddedState(policy, {
    fault: ({ operation }) => (isStop(operation) ? failure.stop : undefined),
  });
  const { sagemaker } = state.aws;
  const PipelineExecutionSteps = ["a", "b", "c", "d", "e"].map((name) => ({
    StepName: name,
    Metadata: { TrainingJob: { Arn: arnOf("training-job", name) } },
  }));
  const execution = sagemaker.add({
    kind: "pipeline-execution",
    arn: EXECUTION,
    id: { PipelineExecutionArn: EXECUTION },
    body: { PipelineName: "nightly", PipelineExecutionSteps },
    status: "Executing",
  });
  const kind = "hyper-parameter-tuning-job";
  const id = { HyperParameterTuningJobName: "search" };
  const tuning = sagemaker.add({ kind, arn: arnOf(kind, "search"), id, body: {}, status: "InProgress" });
  return { ...state, execution, tuning, failure };
}

const BY_PIPELINE = { Tags: [{ Key: "sagemaker:pipeline-execution-arn", Value: EXECUTION }] };
const BY_TUNING = { TuningJobArn: arnOf("hyper-parameter-tuning-job", "search") };

/** A training job without a key that its parent has started now. */
function child({ aws }: EmbeddedState, name: string, by: JsonObject, more: JsonObject = {}): JsonObject {
  const request = { TrainingJobName: name, OutputDataConfig: {}, ...by, ...more };
  const userIdentity = {
    type: "AssumedRole",
    arn: "arn:aws:sts::111122223333:assumed-role/ml/SageMaker",
    invokedBy: "sagemaker.amazonaws.com",
  };
  const event = happen(aws, "CreateTrainingJob", request, { TrainingJobArn: arnOf("training-job", name) });
  return { ...event, eventTime: aws.clock.now().toISOString(), userIdentity };
}

/** The outcomes of tag, stop and notify, with the codes of what was skipped. */
async function ends(state: EmbeddedState, event: JsonObject, more: { isLast?: boolean; receives?: number } = {}) {
  const { decision, next } = await respond(event, state.ports, { ...firstDelivery(state), ...more });
  const word = ({ do: action, outcome, reason }: Outcome) =>
    `${action} ${outcome === "skipped" ? reason?.code : outcome}`;
  state.aws.clock.advance(MINUTE);
  return [...decision.actions.map(word), next];
}
const stopsOf = (state: EmbeddedState) => state.aws.calls.filter(({ operation }) => /^Stop/.test(operation)).length;

describe("the children of one parent", () => {
  it.each([
    ["an execution", BY_PIPELINE],
    ["a tuning job", BY_TUNING],
  ])("of %s at the same time: one stop and one mail, and each is tagged", async (_what, by) => {
    const state = await scene();
    const { aws, ports } = state;
    const events = ["a", "b", "c"].map((name) => child(state, name, by));
    const answers = await Promise.all(events.map((event) => respond(event, ports, firstDelivery(state))));
    expect(answers.map(({ next }) => next)).toEqual(["done", "done", "done"]);
    expect([stopsOf(state), mailsOf(aws).length]).toEqual([1, 1]);
    expect(state.calls().filter((name) => name === "AddTags")).toHaveLength(3);
    const skipped = answers.flatMap(({ decision }) => decision.actions.filter(({ outcome }) => outcome === "skipped"));
    expect(skipped.map(({ reason }) => reason?.code)).toEqual(Array(4).fill("done-for-parent"));
  });
});

it("a parent that was stopped and runs again is stopped again", async () => {
  const state = await scene();
  await ends(state, child(state, "a", BY_PIPELINE));
  state.execution.status = "Executing";
  expect(await ends(state, child(state, "b", BY_PIPELINE))).toContain("stop done");
  expect([state.execution.status, stopsOf(state)]).toEqual(["Stopped", 2]);
});

describe("a parent whose stop was denied", () => {
  it("is stopped in a later run, with a mail of its own", async () => {
    const state = await scene(undefined, DENIED);
    expect(await ends(state, child(state, "a", BY_PIPELINE))).toEqual([
      "tag done",
      "stop denied",
      "notify done",
      "done",
    ]);
    // The execution fails by itself, the operators grant the permission, and somebody retries it.
    state.failure.stop = undefined;
    state.aws.clock.advance(DAY);
    expect(await ends(state, child(state, "b", BY_PIPELINE))).toEqual(["tag done", "stop done", "notify done", "done"]);
    expect(state.execution.status).toMatch(/^Stop/);
    expect(mailsOf(state.aws)).toHaveLength(2);
  });

  it("gets no mail for each further child: the pipeline is one cause", async () => {
    const state = await scene(undefined, DENIED);
    await ends(state, child(state, "a", BY_PIPELINE));
    for (const name of ["b", "c"]) {
      const ended = ["tag done", "stop denied", "notify counted-for-cause", "done"];
      expect(await ends(state, child(state, name, BY_PIPELINE))).toEqual(ended);
    }
    state.aws.clock.advance(8 * DAY);
    expect((await ends(state, child(state, "d", BY_PIPELINE)))[2]).toBe("notify done");
  });

  it("and that runs only once is not asked about again", async () => {
    const state = await scene(undefined, DENIED);
    await ends(state, child(state, "a", BY_TUNING));
    const ended = ["tag done", "stop done-for-parent", "notify done-for-parent", "done"];
    expect(await ends(state, child(state, "b", BY_TUNING))).toEqual(ended);
    expect(mailsOf(state.aws)).toHaveLength(1);
  });
});

describe("a parent whose stop", () => {
  it("has failed for good is stopped in a later run", async () => {
    const state = await scene(undefined, REFUSED);
    expect(await ends(state, child(state, "a", BY_PIPELINE))).toEqual([
      "tag done",
      "stop failed",
      "notify done",
      "deadLetter",
    ]);
    state.failure.stop = undefined;
    await ends(state, child(state, "b", BY_PIPELINE));
    expect(state.execution.status).toMatch(/^Stop/);
  });

  it("is tried again belongs to its first event, until that is given up", async () => {
    const state = await scene(undefined, THROTTLED);
    const event = child(state, "a", BY_PIPELINE);
    await ends(state, event);
    expect(await ends(state, child(state, "b", BY_PIPELINE))).toContain("stop done-for-parent");
    await ends(state, event, { receives: 90, isLast: true });
    state.failure.stop = undefined;
    await ends(state, child(state, "c", BY_PIPELINE));
    expect(state.execution.status).toMatch(/^Stop/);
  });

  it("is not wanted is mailed again by its cause, and leaves no note", async () => {
    const state = await scene(policyOf({ respond: { default: ["tag", "notify"] } }));
    expect(await ends(state, child(state, "a", BY_PIPELINE))).toEqual(["tag done", "notify done", "done"]);
    expect(await ends(state, child(state, "b", BY_PIPELINE))).toEqual(["tag done", "notify counted-for-cause", "done"]);
    state.aws.clock.advance(8 * DAY);
    expect(await ends(state, child(state, "c", BY_PIPELINE))).toEqual(["tag done", "notify done", "done"]);
  });

  it("is not wanted for one child is done for another", async () => {
    const state = await scene(policyOf({ "stop-for": ["volume"] }));
    const resources = { ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY } };
    const first = child(state, "a", BY_PIPELINE, resources);
    expect(await ends(state, first)).toEqual(["tag done", "stop stop-not-justified", "notify done", "done"]);
    const volume = { ...resources, ResourceConfig: { InstanceType: "ml.m5.large" } };
    await ends(state, child(state, "b", BY_PIPELINE, volume));
    expect(state.execution.status).toMatch(/^Stop/);
  });
});
