import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, embeddedState, entriesOf, happen, mailsOf } from "../support/world.ts";
import { FIRST } from "./job.ts";

const EXECUTION = arnOf("pipeline", "nightly/execution/1");
const CHILDREN = 100;
const STEPS = Array.from({ length: CHILDREN }, (_, i) => ({
  StepName: `Train-${i}`,
  Metadata: { TrainingJob: { Arn: arnOf("training-job", `job-${i}`) } },
}));
const policy = policyOf({ limits: { "stops-per-hour": 1000 } });

/** The execution, whose steps have made the training jobs `job-0`, `job-1`, … */
function startExecution(aws: EmbeddedAws): void {
  const id = { PipelineExecutionArn: EXECUTION };
  aws.sagemaker.add({
    kind: "pipeline-execution",
    arn: EXECUTION,
    id,
    body: { PipelineName: "nightly", PipelineExecutionSteps: STEPS },
    status: "Executing",
  });
}

/** A job without a key that a service starts; `by` is the caller in CloudTrail's record. */
function child(
  aws: EmbeddedAws,
  name: string,
  request: JsonObject,
  by: JsonObject = { invokedBy: "sagemaker.amazonaws.com" },
) {
  const job = { TrainingJobName: name, OutputDataConfig: {}, ...request };
  const event = happen(aws, "CreateTrainingJob", job, { TrainingJobArn: arnOf("training-job", name) });
  return {
    ...event,
    userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/ml/SageMaker", ...by },
  };
}

const ofPipeline = { Tags: [{ Key: "sagemaker:pipeline-execution-arn", Value: EXECUTION }] };
const statusOf = (aws: EmbeddedAws, arn: string) => aws.sagemaker.resources.find((one) => one.arn === arn)?.status;

describe("a hundred children of one pipeline execution", () => {
  it.each([["one after the other"], ["at once"]])(
    "lead to one mail and one stop of the parent when delivered %s",
    async (how) => {
      const { aws, ports, calls } = await embeddedState(policy);
      startExecution(aws);
      const events = Array.from({ length: CHILDREN }, (_, i) => child(aws, `job-${i}`, ofPipeline));
      if (how === "at once") await Promise.all(events.map((event) => respond(event, ports, FIRST)));
      else for (const event of events) await respond(event, ports, FIRST);
      const made = calls();
      const perChild = ["AddTags", "ListPipelineExecutionSteps"];
      expect(made.filter((name) => !perChild.includes(name))).toEqual(["Publish", "StopPipelineExecution"]);
      for (const name of perChild) expect(made.filter((one) => one === name)).toHaveLength(CHILDREN);
      expect(statusOf(aws, EXECUTION)).toBe("Stopping");
      expect(statusOf(aws, arnOf("training-job", "job-0"))).toBe("InProgress");
      expect(mailsOf(aws)[0]?.messages.email).toContain("started by pipeline execution nightly/execution/1,");
      expect(entriesOf(aws)).toHaveLength(CHILDREN);
      expect(new Set(entriesOf(aws).map(({ parent }) => parent?.arn))).toEqual(new Set([EXECUTION]));
    },
  );

  it("are only tagged after an event of their parent", async () => {
    const { aws, ports, calls } = await embeddedState(policy);
    const Steps = [{ Name: "Train", Type: "Training", Arguments: { OutputDataConfig: {} } }];
    const PipelineDefinition = JSON.stringify({ Version: "2020-12-01", Steps });
    aws.sagemaker.add({
      kind: "pipeline",
      arn: arnOf("pipeline", "nightly"),
      id: { PipelineName: "nightly" },
      body: { PipelineDefinition },
    });
    const start = happen(
      aws,
      "StartPipelineExecution",
      { PipelineName: "nightly" },
      { PipelineExecutionArn: EXECUTION },
    );
    expect((await respond(start, ports, FIRST)).decision.verdict).toBe("non-compliant");
    const execution = aws.sagemaker.resources.find(({ arn }) => arn === EXECUTION);
    if (execution) execution.body = { ...execution.body, PipelineExecutionSteps: STEPS };
    calls();
    for (let i = 0; i < 3; i++) await respond(child(aws, `job-${i}`, ofPipeline), ports, FIRST);
    expect(new Set(calls())).toEqual(new Set(["AddTags", "ListPipelineExecutionSteps"]));
    expect(mailsOf(aws)).toHaveLength(1);
  });

  it("get the same outcomes when the first event is delivered again", async () => {
    const { aws, ports } = await embeddedState(policy);
    startExecution(aws);
    const event = child(aws, "job-0", ofPipeline);
    const first = await respond(event, ports, FIRST);
    const again = await respond(event, ports, FIRST);
    expect(again.decision.actions).toEqual(first.decision.actions);
    expect(mailsOf(aws)).toHaveLength(1);
  });
});

describe("a parent that Describe names", () => {
  it.each([
    ["AutoMLJobArn", "automl-job", "StopAutoMLJob"],
    ["TuningJobArn", "hyper-parameter-tuning-job", "StopHyperParameterTuningJob"],
    ["LabelingJobArn", "labeling-job", "StopLabelingJob"],
  ])("is stopped: %s names the %s", async (member, kind, stop) => {
    const { aws, ports, calls } = await embeddedState(policy);
    const arn = arnOf(kind, "search");
    const [id = ""] = { "automl-job": ["AutoMLJobName"], "labeling-job": ["LabelingJobName"] }[kind] ?? [
      "HyperParameterTuningJobName",
    ];
    aws.sagemaker.add({ kind, arn, id: { [id]: "search" }, body: {}, status: "InProgress" });
    const { decision } = await respond(child(aws, "job-0", { [member]: arn }), ports, FIRST);
    expect(decision.parent).toEqual({ kind, name: "search", arn });
    expect(calls()).toEqual(["AddTags", "DescribeTrainingJob", "Publish", stop].sort());
    expect(statusOf(aws, arn)).toBe("Stopping");
  });

  it("is not treated as deleted if SageMaker does not find the name in its ARN", async () => {
    const { aws, ports } = await embeddedState(policy);
    const { decision, next } = await respond(
      child(aws, "job-0", { AutoMLJobArn: arnOf("automl-job", "gone") }),
      ports,
      FIRST,
    );
    expect(decision.actions.find((action) => action.do === "stop")).toMatchObject({ outcome: "failed" });
    expect(next).toBe("deadLetter");
  });
});

describe("a parent that only the caller names", () => {
  it("does not count: Keyward notifies of the job itself and stops it", async () => {
    const { aws, ports, calls } = await embeddedState(policy);
    startExecution(aws);
    const { decision } = await respond(child(aws, "job-0", ofPipeline, {}), ports, FIRST);
    expect(decision.parent).toBeUndefined();
    expect(calls()).toEqual(["AddTags", "Publish", "StopTrainingJob"]);
    expect(statusOf(aws, EXECUTION)).toBe("Executing");
  });

  it("is not stopped if the policy does not stop its kind: Keyward only notifies of it, once", async () => {
    const { aws, ports, calls } = await embeddedState(
      policyOf({ respond: { default: ["tag", "notify"], "training-job": ["tag", "notify", "stop"] } }),
    );
    startExecution(aws);
    await respond(child(aws, "job-0", ofPipeline), ports, FIRST);
    expect(calls()).toEqual(["AddTags", "ListPipelineExecutionSteps", "Publish"]);
  });
});
