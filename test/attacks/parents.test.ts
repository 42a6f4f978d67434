import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import type { LocalResource } from "../../lib/local/sagemaker-resource.ts";
import type { WireRequest } from "../../lib/local/wire.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, embeddedState, firstDelivery, happen, mailsOf } from "../support/world.ts";

/** Attacks on the rule that a parent is stopped in the place of its child: by what a caller can claim, and by time. */

const VICTIM = arnOf("pipeline", "nightly/execution/abcd12345678");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const policy = policyOf({ limits: { "stops-per-hour": 1000 } });
const tagOf = (Value: string) => ({ Tags: [{ Key: "sagemaker:pipeline-execution-arn", Value }] });
const jobArn = (name: string) => arnOf("training-job", name);
const stepOf = (name: string, more: JsonObject = {}): JsonObject => ({
  StepName: name,
  Metadata: { TrainingJob: { Arn: jobArn(name) } },
  ...more,
});

function startExecution(aws: EmbeddedAws, steps: readonly JsonObject[], arn = VICTIM): LocalResource {
  const id = { PipelineExecutionArn: arn };
  const body = { PipelineName: "nightly", PipelineExecutionSteps: steps };
  return aws.sagemaker.add({ kind: "pipeline-execution", arn, id, body, status: "Executing" });
}

function startTuning(aws: EmbeddedAws): LocalResource {
  const kind = "hyper-parameter-tuning-job";
  const id = { HyperParameterTuningJobName: "mine" };
  return aws.sagemaker.add({ kind, arn: arnOf(kind, "mine"), id, body: {}, status: "InProgress" });
}

const BY_SERVICE = { invokedBy: "sagemaker.amazonaws.com" };
const roleSession = (session: string) => `arn:aws:sts::111122223333:assumed-role/ml/${session}`;
const PIPELINE_SESSION = { arn: roleSession("sagemaker-pipeline-abcd12345678-Train") };

/** A training job without a key, and its record; `by`: members of the caller's identity. */
function child(aws: EmbeddedAws, name: string, request: JsonObject, by: JsonObject = BY_SERVICE): JsonObject {
  const job = { TrainingJobName: name, OutputDataConfig: {}, ...request };
  const event = happen(aws, "CreateTrainingJob", job, { TrainingJobArn: jobArn(name) });
  return {
    ...event,
    eventTime: aws.clock.now().toISOString(),
    userIdentity: { type: "AssumedRole", arn: roleSession("SageMaker"), ...by },
  };
}

const statusOf = (aws: EmbeddedAws, name: string) =>
  aws.sagemaker.resources.find(({ arn }) => arn === jobArn(name))?.status;
const lists = (calls: readonly string[]) => calls.filter((name) => name.startsWith("List"));

describe("a tag that names somebody's pipeline execution", () => {
  it("does not stop it: a tuning job's tag reaches its training jobs, and Describe names the tuning job", async () => {
    const { aws, ports, calls } = await embeddedState(policy);
    const victim = startExecution(aws, [stepOf("honest")]);
    const tuning = startTuning(aws);
    const event = child(aws, "evil", { ...tagOf(VICTIM), TuningJobArn: tuning.arn });
    const { decision } = await respond(event, ports, firstDelivery({ aws }));
    expect(victim.status).toBe("Executing");
    expect(tuning.status).toBe("Stopping");
    expect(decision.parent).toMatchObject({ kind: "hyper-parameter-tuning-job", arn: tuning.arn });
    expect(lists(calls())).toEqual(["ListPipelineExecutionSteps"]);
  });

  it("does not save the job: without another parent it is tagged, mailed and stopped alone", async () => {
    const { aws, ports, calls } = await embeddedState(policy);
    const victim = startExecution(aws, [stepOf("honest")]);
    const { decision } = await respond(child(aws, "evil", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect(victim.status).toBe("Executing");
    expect(statusOf(aws, "evil")).toBe("Stopping");
    expect(decision.parent).toBeUndefined();
    expect(mailsOf(aws)).toHaveLength(1);
    const made = ["AddTags", "DescribeTrainingJob", "ListPipelineExecutionSteps", "Publish", "StopTrainingJob"];
    expect(calls()).toEqual(made);
  });

  it.each([
    ["of another account", VICTIM.replace("111122223333", "444455556666")],
    ["of another Region", VICTIM.replace("us-east-1", "eu-west-1")],
    ["of AWS's own pipeline, which nobody can stop", VICTIM.replace("111122223333", "aws")],
    ["of another service", VICTIM.replace(":sagemaker:", ":states:")],
    ["that is no ARN of an execution", arnOf("training-job", "x")],
    ["with more in its name than an execution has", `${VICTIM}/x`],
  ])("%s: nothing is asked, and the job is stopped alone", async (_what, arn) => {
    const { aws, ports, calls } = await embeddedState(policy);
    startExecution(aws, [stepOf("evil")], arn);
    await respond(child(aws, "evil", tagOf(arn)), ports, firstDelivery({ aws }));
    expect(statusOf(aws, "evil")).toBe("Stopping");
    expect(lists(calls())).toEqual([]);
    expect(aws.sagemaker.resources.find((one) => one.arn === arn)?.status).toBe("Executing");
  });

  it("of an execution that does not exist: the job is stopped alone, at once", async () => {
    const { aws, ports } = await embeddedState(policy);
    await respond(child(aws, "evil", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect(statusOf(aws, "evil")).toBe("Stopping");
    expect(mailsOf(aws)).toHaveLength(1);
  });

  it.each([
    ["denied", "AccessDeniedException", 403],
    ["throttled", "ThrottlingException", 400],
  ])("is not believed while the steps are %s", async (_what, name, status) => {
    const isSteps = ({ operation }: WireRequest) => operation === "ListPipelineExecutionSteps";
    const { aws, ports } = await embeddedState(policy, {
      fault: (request) => (isSteps(request) ? { is: "error", name, message: "no", status } : undefined),
    });
    const victim = startExecution(aws, [stepOf("job")]);
    const { next } = await respond(child(aws, "job", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect([victim.status, statusOf(aws, "job"), next]).toEqual(["Executing", "Stopping", "done"]);
  });

  it.each([
    ["CacheHitResult", { SourcePipelineExecutionArn: arnOf("pipeline", "mine/execution/1") }],
    ["SelectiveExecutionResult", { SourcePipelineExecutionArn: arnOf("pipeline", "mine/execution/1") }],
  ])("is not confirmed by a step that only uses the job's result again (%s)", async (member, source) => {
    const { aws, ports } = await embeddedState(policy);
    const victim = startExecution(aws, [stepOf("evil", { [member]: source })]);
    await respond(child(aws, "evil", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect([victim.status, statusOf(aws, "evil")]).toEqual(["Executing", "Stopping"]);
  });
});

describe("a parent of another account or Region that Describe names", () => {
  it.each([
    ["account", ["111122223333", "444455556666"]],
    ["Region", ["us-east-1", "eu-west-1"]],
  ] as const)("another %s: the job is stopped alone", async (_what, [own, other]) => {
    const { aws, ports } = await embeddedState(policy);
    const tuning = startTuning(aws);
    const event = child(aws, "job", { TuningJobArn: tuning.arn.replace(own, other) });
    await respond(event, ports, firstDelivery({ aws }));
    expect([tuning.status, statusOf(aws, "job")]).toEqual(["InProgress", "Stopping"]);
  });
});

describe("a pipeline's own job", () => {
  it("is confirmed by the steps: the execution is stopped, for one call more", async () => {
    const { aws, ports, calls } = await embeddedState(policy);
    const execution = startExecution(aws, [stepOf("job")]);
    const { decision } = await respond(child(aws, "job", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect([execution.status, statusOf(aws, "job")]).toEqual(["Stopping", "InProgress"]);
    expect(decision.parent?.arn).toBe(VICTIM);
    expect(calls()).toEqual(["AddTags", "ListPipelineExecutionSteps", "Publish", "StopPipelineExecution"]);
  });

  it.each([
    ["its tag", tagOf(VICTIM)],
    ["the name of its experiment", { ExperimentConfig: { ExperimentName: "Nightly", TrialName: "abcd12345678" } }],
  ])("without invokedBy is found by its role session and %s", async (_what, request) => {
    const { aws, ports } = await embeddedState(policy);
    const execution = startExecution(aws, [stepOf("job")]);
    await respond(child(aws, "job", request, PIPELINE_SESSION), ports, firstDelivery({ aws }));
    expect([execution.status, statusOf(aws, "job")]).toEqual(["Stopping", "InProgress"]);
  });

  it("cannot be pretended by a session's name", async () => {
    const { aws, ports } = await embeddedState(policy);
    const victim = startExecution(aws, [stepOf("honest")]);
    await respond(child(aws, "evil", tagOf(VICTIM), PIPELINE_SESSION), ports, firstDelivery({ aws }));
    expect([victim.status, statusOf(aws, "evil")]).toEqual(["Executing", "Stopping"]);
  });

  it("is found on the second page; no third page is read", async () => {
    const { aws, ports, calls } = await embeddedState(policy);
    const others = (count: number) => Array.from({ length: count }, (_, i) => stepOf(`other-${i}`));
    // The newest step is on the first page.
    const execution = startExecution(aws, [stepOf("job"), ...others(150)]);
    await respond(child(aws, "job", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect(execution.status).toBe("Stopping");
    expect(lists(calls())).toHaveLength(2);
    const long = arnOf("pipeline", "long/execution/1");
    startExecution(aws, [stepOf("lost"), ...others(400)], long);
    await respond(child(aws, "lost", tagOf(long)), ports, firstDelivery({ aws }));
    expect(lists(calls())).toHaveLength(2);
    expect(statusOf(aws, "lost")).toBe("Stopping");
  });

  it("a tuning job's training job has the execution for a parent where a step made the tuning job", async () => {
    const { aws, ports } = await embeddedState(policy);
    const tuning = startTuning(aws);
    const execution = startExecution(aws, [{ StepName: "Tune", Metadata: { TuningJob: { Arn: tuning.arn } } }]);
    const event = child(aws, "job", { ...tagOf(VICTIM), TuningJobArn: tuning.arn });
    const { decision } = await respond(event, ports, firstDelivery({ aws }));
    expect(decision.parent?.arn).toBe(VICTIM);
    expect([execution.status, tuning.status]).toEqual(["Stopping", "InProgress"]);
  });
});

describe("an execution that is retried after its stop", () => {
  async function stoppedOnce() {
    const state = await embeddedState(policy);
    const { aws, ports } = state;
    const execution = startExecution(aws, [stepOf("a"), stepOf("late"), stepOf("b"), stepOf("c")]);
    const late = child(aws, "late", tagOf(VICTIM));
    await respond(child(aws, "a", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    aws.clock.advance(2 * MINUTE);
    expect(execution.status).toBe("Stopped");
    expect(mailsOf(aws)).toHaveLength(1);
    return { ...state, execution, late };
  }
  const stops = (aws: EmbeddedAws) => aws.calls.filter(({ operation }) => operation === "StopPipelineExecution").length;

  it("is stopped again, once, with the first bad job of the new run", async () => {
    const { aws, ports, execution } = await stoppedOnce();
    execution.status = "Executing";
    const events = ["b", "c"].map((name) => child(aws, name, tagOf(VICTIM)));
    const answers = await Promise.all(events.map((event) => respond(event, ports, firstDelivery({ aws }))));
    expect(answers.map(({ next }) => next)).toEqual(["done", "done"]);
    expect([execution.status, stops(aws)]).toEqual(["Stopping", 2]);
    // The stop of the same pipeline was mailed minutes ago, so this one is counted for it (limits of one cause).
    const notified = answers.map(({ decision }) => decision.actions.at(-1)?.reason?.code);
    expect(notified.sort()).toEqual(["counted-for-cause", "done-for-parent"]);
  });

  it("and is mailed again, after each later retry", async () => {
    const { aws, ports, execution } = await stoppedOnce();
    aws.clock.advance(13 * HOUR);
    for (const name of ["b", "c"]) {
      execution.status = "Executing";
      await respond(child(aws, name, tagOf(VICTIM)), ports, firstDelivery({ aws }));
      expect(execution.status).toBe("Stopping");
      aws.clock.advance(13 * HOUR);
    }
    expect([mailsOf(aws).length, stops(aws)]).toEqual([3, 3]);
  });

  it("a job of the stopped run whose event comes late is only tagged", async () => {
    const { aws, ports, late } = await stoppedOnce();
    const { decision } = await respond(late, ports, firstDelivery({ aws }));
    expect(decision.actions.map(({ reason }) => reason?.code)).toEqual([
      undefined,
      "done-for-parent",
      "done-for-parent",
    ]);
    expect([mailsOf(aws).length, stops(aws)]).toEqual([1, 1]);
  });

  it("a job of the stopped run whose event comes after the retry does not stop the new run", async () => {
    const { aws, ports, execution, late } = await stoppedOnce();
    execution.status = "Executing";
    await respond(late, ports, firstDelivery({ aws }));
    expect([execution.status, stops(aws)]).toEqual(["Executing", 1]);
  });

  it("although the function ended between the stop and the ledger's next entry", async () => {
    let crash = false;
    const state = await embeddedState(policy, {
      fault: ({ operation, raw }) =>
        crash && operation === "PutObject" && raw.url.pathname.includes("/ledger/") && "if-match" in raw.headers
          ? { is: "error", name: "AccessDenied", message: "no", status: 403 }
          : undefined,
    });
    const { aws, ports } = state;
    const execution = startExecution(aws, [stepOf("a"), stepOf("b")]);
    crash = true;
    const event = child(aws, "a", tagOf(VICTIM));
    await respond(event, ports, firstDelivery({ aws }));
    crash = false;
    aws.clock.advance(2 * MINUTE);
    execution.status = "Executing";
    await respond(child(aws, "b", tagOf(VICTIM)), ports, firstDelivery({ aws }));
    expect(execution.status).toBe("Stopping");
  });
});
