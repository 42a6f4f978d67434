import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import type { ApiCall, Parsed } from "../../../lib/core/model/types.ts";
import { plan } from "../../../lib/core/plan/plan.ts";
import { callOf, KEY, policyOf } from "../../support/build.ts";

const AT = new Date("2026-11-02T09:16:00Z");
const arn = "arn:aws:sagemaker:us-east-1:111122223333:training-job/Churn";
const training = (more: JsonObject = {}): ApiCall =>
  callOf(
    "CreateTrainingJob",
    { trainingJobName: "Churn", resourceConfig: { instanceType: "ml.m5.large", ...more } },
    { trainingJobArn: arn },
  );

const planned = (event: Parsed, policy = policyOf()) => plan(judge(event, policy, new Map()), policy, AT);
const names = (event: Parsed, policy = policyOf()) =>
  planned(event, policy).map((action) => ("skip" in action ? `${action.do} skipped` : action.do));

describe("plan", () => {
  it("tags, stops, and notifies last", () => {
    const [tag, stop, notify] = planned(training());
    expect(tag).toMatchObject({
      do: "tag",
      order: {
        resource: { kind: "training-job", name: "Churn", arn },
        tags: {
          "keyward:status": "non-compliant",
          "keyward:reason": "OutputDataConfig.KmsKeyId missing / ResourceConfig.VolumeKmsKeyId missing",
          "keyward:event": "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
          "keyward:checked": "2026-11-02T09:16:00.000Z",
        },
      },
    });
    expect(stop).toMatchObject({
      do: "stop",
      order: { operation: "StopTrainingJob", input: { TrainingJobName: "Churn" }, endWarmPool: false },
    });
    expect(notify).toEqual({ do: "notify" });
  });

  it("ends the warm pool of a job that keeps one", () => {
    expect(planned(training({ keepAlivePeriodInSeconds: 600 }))[1]).toMatchObject({ order: { endWarmPool: true } });
  });

  it("has no action for a compliant resource, an ignored event or a malformed event", () => {
    expect(planned(callOf("CreateNotebookInstance", { kmsKeyId: KEY }))).toEqual([]);
    const head = { eventID: null, eventName: null, eventTime: null, account: null, region: null, principal: null };
    expect(planned({ is: "ignored", head, reason: { code: "creates-nothing" } })).toEqual([]);
    expect(planned({ is: "malformed", head, reason: { code: "not-an-object" } })).toEqual([]);
  });

  it("never stops an undetermined resource", () => {
    const open = callOf("CreateNotebookInstance", { kmsKeyId: "not a key" });
    expect(names(open)).toEqual(["tag", "notify"]);
    expect(names(open, policyOf({ undetermined: [] }))).toEqual([]);
  });

  it("has the policy's actions for each kind", () => {
    expect(names(training(), policyOf({ respond: { "training-job": ["notify"] } }))).toEqual(["notify"]);
    expect(names(training(), policyOf({ respond: { "training-job": [] } }))).toEqual([]);
  });

  it("skips every action in observe mode", () => {
    expect(names(training(), policyOf({ mode: "observe" }))).toEqual(["tag skipped", "stop skipped", "notify skipped"]);
  });

  it("gives the reason for each action that SageMaker does not support", () => {
    expect(planned(callOf("CreateInferenceExperiment", { name: "e" }))[0]).toEqual({
      do: "tag",
      skip: { code: "cannot-tag", kind: "inference-experiment" },
    });
    expect(names(callOf("CreateEndpointConfig", { endpointConfigName: "c" }))).toEqual([
      "tag",
      "stop skipped",
      "notify",
    ]);
    expect(names(callOf("CreateModelPackage", { modelPackageGroupName: "g" }))).toEqual([
      "tag skipped",
      "stop skipped",
      "notify",
    ]);
    expect(names(callOf("CreateQuantumJob", { kmsKeyId: KEY }))).toEqual(["tag skipped", "notify"]);
  });

  it("only stops a notebook that was reported before", () => {
    const detail = { NotebookInstanceName: "nb", KmsKeyId: "alias/aws/sagemaker" };
    const change: Parsed = {
      is: "state-change",
      ...{ eventID: "e", eventName: "SageMaker Notebook Instance State Change", eventTime: "2026-11-02T09:15:00Z" },
      ...{
        account: "111122223333",
        region: "us-east-1",
        name: "nb",
        arn: undefined,
        status: "InService",
        detail,
        reported: true,
      },
    };
    const policy = policyOf({ keys: { accept: "customer-managed" } });
    expect(names(change, policy)).toEqual(["tag skipped", "stop", "notify skipped"]);
    expect(names({ ...change, reported: false }, policy)).toEqual(["tag", "stop", "notify"]);
  });

  it("makes tags that SageMaker accepts", () => {
    const names = Array.from({ length: 40 }, () => ({ outputDataConfig: {} }));
    const event = callOf("CreateHyperParameterTuningJob", { trainingJobDefinitions: names });
    const [tag] = planned({ ...event, eventID: "<script>,#[x]*" });
    const values = tag && "order" in tag && "tags" in tag.order ? Object.values(tag.order.tags) : [];
    expect(values).toHaveLength(4);
    for (const value of values) expect(value).toMatch(/^[\p{L}\p{N} _.:/=+\-@]{1,256}$/u);
  });
});
