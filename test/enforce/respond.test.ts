import { describe, expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { KEY, policyOf } from "../support/build.ts";
import { encryptedRequests } from "../support/encrypted-requests.ts";
import { arnOf, embeddedState, entriesOf, happen } from "../support/world.ts";

const FIRST = { receives: 1, sentAt: new Date("2026-11-02T09:15:00Z"), isRedriven: false, isLast: false };
const managed = policyOf({ keys: { accept: "customer-managed" } });
const training = (more: object = {}) => ({
  TrainingJobName: "churn",
  OutputDataConfig: { KmsKeyId: KEY },
  ResourceConfig: { InstanceType: "ml.m5.large", ...more },
});
const trainingArn = { TrainingJobArn: arnOf("training-job", "churn") };
const notebookArn = { NotebookInstanceArn: arnOf("notebook-instance", "nb") };

describe("calls on the wire", () => {
  it("none for a compliant event whose keys the policy names or takes without looking", async () => {
    const buckets = { unkeyed: false };
    for (const policy of [
      policyOf({ buckets }),
      policyOf({ buckets, keys: { accept: "customer-managed", allow: [KEY] } }),
    ]) {
      const { aws, ports, calls } = await embeddedState(policy);
      for (const [operation, requests] of Object.entries(encryptedRequests)) {
        for (const request of requests) {
          const { decision } = await respond(happen(aws, operation, request), ports, FIRST);
          expect(decision).toMatchObject({ verdict: "compliant", actions: [] });
        }
      }
      expect(calls()).toEqual([]);
    }
  });

  it("one for a key not seen before, none for it after", async () => {
    const { aws, ports, calls } = await embeddedState(managed);
    const event = () => happen(aws, "CreateTrainingJob", training({ VolumeKmsKeyId: KEY }), trainingArn);
    expect(await respond(event(), ports, FIRST)).toMatchObject({ decision: { verdict: "compliant" } });
    expect(calls()).toEqual(["DescribeKey"]);
    for (let i = 0; i < 20; i++) await respond(event(), ports, FIRST);
    expect(calls()).toEqual([]);
  });

  it("asks once for a key that many events name at the same time, and again when the answer is old", async () => {
    const { aws, ports, calls } = await embeddedState(managed);
    const event = () =>
      happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb", KmsKeyId: KEY }, notebookArn);
    await Promise.all(Array.from({ length: 20 }, () => respond(event(), ports, FIRST)));
    expect(calls()).toEqual(["DescribeKey"]);
    aws.clock.advance(11 * 60_000);
    await respond(event(), ports, FIRST);
    expect(calls()).toEqual(["DescribeKey"]);
  });

  it("none about an AWS managed key that its name gives away", async () => {
    const { aws, ports, calls } = await embeddedState(
      policyOf({ keys: { accept: "customer-managed" }, respond: { default: [] } }),
    );
    const event = happen(
      aws,
      "CreateNotebookInstance",
      { NotebookInstanceName: "nb", KmsKeyId: "alias/aws/s3" },
      notebookArn,
    );
    expect(await respond(event, ports, FIRST)).toMatchObject({ decision: { verdict: "non-compliant" } });
    expect(calls()).toEqual([]);
  });

  it("tag, stop and publish for a non-compliant one, and no look-up that could change nothing", async () => {
    const { aws, ports, calls } = await embeddedState(managed);
    const { decision, next } = await respond(happen(aws, "CreateTrainingJob", training(), trainingArn), ports, FIRST);
    expect(calls()).toEqual(["AddTags", "Publish", "StopTrainingJob"]);
    expect(decision.actions).toEqual([
      { do: "tag", outcome: "done" },
      { do: "stop", outcome: "done" },
      { do: "notify", outcome: "done" },
    ]);
    expect(next).toBe("done");
    const [job] = aws.sagemaker.resources;
    expect(job).toMatchObject({ status: "Stopping" });
    expect(job?.tags.get("keyward:status")).toBe("non-compliant");
  });

  it("and the warm pool's end", async () => {
    const { aws, ports, calls } = await embeddedState(managed);
    const event = happen(aws, "CreateTrainingJob", training({ KeepAlivePeriodInSeconds: 600 }), trainingArn);
    await respond(event, ports, FIRST);
    expect(calls()).toEqual(["AddTags", "DescribeTrainingJob", "Publish", "StopTrainingJob"]);
    // The pool is in use until the job has stopped.
    aws.clock.advance(2 * 60_000);
    await respond(event, ports, FIRST);
    // Once for a stop that comes late, once for the pool.
    const described = ["DescribeTrainingJob", "DescribeTrainingJob"];
    expect(calls()).toEqual([...described, "Publish", "StopTrainingJob", "UpdateTrainingJob"]);
    expect(aws.sagemaker.resources[0]?.warmPool).toBe(false);
  });

  it("a Describe for the ARN where no record has it", async () => {
    const { aws, ports, calls } = await embeddedState();
    const request = { DeviceFleetName: "cameras", OutputConfig: { S3OutputLocation: "s3://b/o" } };
    const { decision } = await respond(happen(aws, "CreateDeviceFleet", request), ports, FIRST);
    expect(calls()).toEqual(["AddTags", "DescribeDeviceFleet", "Publish"]);
    expect(decision.actions.map(({ outcome }) => outcome)).toEqual(["done", "skipped", "done"]);
  });

  it("and the three conditional writes of the ledger and the limiter, no reads", async () => {
    const { aws, ports } = await embeddedState(managed);
    await respond(happen(aws, "CreateTrainingJob", training(), trainingArn), ports, FIRST);
    const s3 = aws.calls.filter(({ service }) => service === "s3");
    expect(s3.map(({ operation }) => operation)).toEqual(["PutObject", "PutObject", "PutObject"]);
  });

  it("none that grows with the account", async () => {
    const { aws, ports, calls } = await embeddedState();
    for (let i = 0; i < 500; i++)
      happen(
        aws,
        "CreateTrainingJob",
        { ...training(), TrainingJobName: `other-${i}` },
        { TrainingJobArn: arnOf("training-job", `other-${i}`) },
      );
    await respond(happen(aws, "CreateTrainingJob", training(), trainingArn), ports, FIRST);
    expect(calls()).toEqual(["AddTags", "Publish", "StopTrainingJob"]);
    expect(aws.sagemaker.resources.filter(({ status }) => status === "Stopping").map(({ name }) => name)).toEqual([
      "churn",
    ]);
  });
});

describe("a Pending notebook", () => {
  it("is tagged and reported at once, comes back to the queue, is stopped as soon as it is in service, and a follow-up says so", async () => {
    const { aws, ports, calls } = await embeddedState(managed);
    const event = happen(
      aws,
      "CreateNotebookInstance",
      { NotebookInstanceName: "nb", InstanceType: "ml.t3.medium" },
      notebookArn,
    );
    const first = await respond(event, ports, FIRST);
    expect(first).toMatchObject({
      next: "retry",
      decision: {
        actions: [
          { outcome: "done" },
          { do: "stop", outcome: "deferred", reason: { code: "not-yet", status: "Pending" } },
          { outcome: "done" },
        ],
      },
    });
    expect(calls()).toEqual(["AddTags", "Publish", "StopNotebookInstance"]);
    aws.clock.advance(60_000);
    expect(await respond(event, ports, FIRST)).toMatchObject({ next: "retry" });
    // It could be another notebook of that name by now.
    expect(calls()).toEqual(["DescribeNotebookInstance", "StopNotebookInstance"]);
    aws.clock.advance(4 * 60_000);
    const last = await respond(event, ports, FIRST);
    expect(last).toMatchObject({
      next: "done",
      decision: { actions: [{ outcome: "done" }, { do: "stop", outcome: "done" }, { outcome: "done" }] },
    });
    expect(calls()).toEqual(["DescribeNotebookInstance", "Publish", "StopNotebookInstance"]);
    expect(aws.sns.publications.map(({ subject }) => subject)).toEqual([
      "Keyward: non-compliant notebook instance nb, to be stopped (111122223333 us-east-1)",
      "Keyward: non-compliant notebook instance nb, stopped (111122223333 us-east-1)",
    ]);
  });

  it("is stopped by its state change, and the returned message finds it so and says so", async () => {
    const { aws, ports } = await embeddedState(managed);
    const changes: unknown[] = [];
    aws.onStateChange((change) => changes.push(change));
    const event = happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb" }, notebookArn);
    await respond(event, ports, FIRST);
    aws.clock.advance(5 * 60_000);
    const inService = await respond(changes.at(-1), ports, FIRST);
    expect(inService.decision).toMatchObject({
      verdict: "non-compliant",
      actions: [{ outcome: "skipped" }, { do: "stop", outcome: "done" }, { outcome: "skipped" }],
    });
    expect(await respond(event, ports, FIRST)).toMatchObject({
      next: "done",
      decision: { actions: [{}, { outcome: "already-done", reason: { code: "not-running", status: "Stopping" } }, {}] },
    });
    // The state change itself sends no mail.
    expect(aws.sns.publications).toHaveLength(2);
    expect(aws.sns.publications[1]?.messages.email).toMatch(
      /^Notebook instance nb, reported before, is not running any more/,
    );
    expect(entriesOf(aws)).toMatchObject([
      { state: "closed", notices: { first: 1, followUp: 1, owesFollowUp: false } },
      { state: "closed" },
    ]);
  });

  it("costs nothing when its state change shows the key", async () => {
    const { aws, ports, calls } = await embeddedState(policyOf());
    const changes: unknown[] = [];
    aws.onStateChange((change) => changes.push(change));
    happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb", KmsKeyId: KEY }, notebookArn);
    aws.clock.advance(5 * 60_000);
    expect(await respond(changes.at(-1), ports, FIRST)).toMatchObject({ decision: { verdict: "compliant" } });
    expect(calls()).toEqual([]);
  });

  it("that was stopped and is started again is judged like a new one", async () => {
    const { aws, ports, calls } = await embeddedState(managed);
    const old = {
      kind: "notebook-instance",
      arn: arnOf("notebook-instance", "old"),
      id: { NotebookInstanceName: "old" },
      body: {},
    };
    aws.sagemaker.add({ ...old, status: "Stopped" });
    const { decision, next } = await respond(
      happen(aws, "StartNotebookInstance", { NotebookInstanceName: "old" }),
      ports,
      FIRST,
    );
    expect(decision).toMatchObject({ verdict: "non-compliant", resource: { arn: old.arn } });
    expect(next).toBe("retry");
    expect(calls()).toEqual(["AddTags", "DescribeNotebookInstance", "Publish", "StopNotebookInstance"]);
  });
});

describe("failures stand alone", () => {
  const failing = (operation: string, name: string, status: number) =>
    embeddedState(policyOf(), {
      fault: (request) => (request.operation === operation ? { is: "error", name, message: "no", status } : undefined),
    });

  it.each([
    ["AddTags", 0],
    ["StopTrainingJob", 1],
    ["Publish", 2],
  ])("%s denied: the others are done, nothing is retried", async (operation, at) => {
    const { aws, ports } = await failing(operation, "AccessDeniedException", 400);
    const { decision, next } = await respond(happen(aws, "CreateTrainingJob", training(), trainingArn), ports, FIRST);
    expect(decision.actions.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"].with(at, "denied"));
    expect(next).toBe("done");
  });

  it.each([
    ["AddTags", 0],
    ["StopTrainingJob", 1],
    ["Publish", 2],
  ])("%s unavailable: the others are done, and the event comes back for it alone", async (operation, at) => {
    const { aws, ports, calls } = await failing(operation, "ServiceUnavailable", 503);
    const event = happen(aws, "CreateTrainingJob", training(), trainingArn);
    const { decision, next } = await respond(event, ports, FIRST);
    expect(decision.actions.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"].with(at, "failed"));
    expect(next).toBe("retry");
    calls();
    await respond(event, ports, FIRST);
    expect(new Set(calls())).toEqual(new Set([operation]));
  });

  it("a key that cannot be looked up stops nothing", async () => {
    const { aws, ports, calls } = await embeddedState(managed, {
      fault: ({ operation }) =>
        operation === "DescribeKey"
          ? { is: "error", name: "AccessDeniedException", message: "no", status: 400 }
          : undefined,
    });
    const event = happen(aws, "CreateTrainingJob", training({ VolumeKmsKeyId: KEY }), trainingArn);
    expect(await respond(event, ports, FIRST)).toMatchObject({ decision: { verdict: "undetermined" } });
    expect(calls()).toEqual(["AddTags", "DescribeKey", "Publish"]);
  });
});

describe("a look-up that KMS throttled", () => {
  const throttled = { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 } as const;
  const aws = (policy: Policy, keys: EmbeddedOptions["keys"], isThrottled: () => boolean) =>
    embeddedState(policy, {
      ...(keys && { keys }),
      fault: ({ operation }) => (operation === "DescribeKey" && isThrottled() ? throttled : undefined),
    });
  const disabled = [{ arn: KEY, manager: "CUSTOMER", state: "Disabled" }] as const;

  it.each([
    ["is planned for", policyOf({ keys: { accept: "customer-managed" } })],
    ["wants nothing done about", policyOf({ keys: { accept: "customer-managed" }, undetermined: [] })],
  ])("is asked again before anything else, whatever the policy %s a doubt", async (_what, policy) => {
    let isThrottled = true;
    const state = await aws(policy, disabled, () => isThrottled);
    const event = happen(state.aws, "CreateTrainingJob", training({ VolumeKmsKeyId: KEY }), trainingArn);
    const first = await respond(event, state.ports, FIRST);
    expect(first).toMatchObject({ next: "retry", decision: { verdict: "undetermined", actions: [] } });
    expect(new Set(state.calls())).toEqual(new Set(["DescribeKey"]));
    isThrottled = false;
    const second = await respond(event, state.ports, { ...FIRST, receives: 2 });
    expect(second).toMatchObject({ next: "done", decision: { verdict: "non-compliant" } });
    // A stop that comes late is for what exists now.
    expect(state.calls()).toEqual(["AddTags", "DescribeKey", "DescribeTrainingJob", "Publish", "StopTrainingJob"]);
  });

  it("is given up with the fifth delivery", async () => {
    const policy = policyOf({ keys: { accept: "customer-managed" }, undetermined: [] });
    const { aws: embedded, ports } = await aws(policy, undefined, () => true);
    const event = happen(embedded, "CreateTrainingJob", training({ VolumeKmsKeyId: KEY }), trainingArn);
    const next: string[] = [];
    for (let receives = 1; receives <= 5; receives++) {
      next.push((await respond(event, ports, { ...FIRST, receives })).next);
    }
    expect(next).toEqual(["retry", "retry", "retry", "retry", "done"]);
  });

  it("is not asked again where the answer could change nothing", async () => {
    const state = await aws(policyOf({ keys: { accept: "any" }, undetermined: [] }), undefined, () => true);
    const event = happen(state.aws, "CreateTrainingJob", training({ VolumeKmsKeyId: KEY }), trainingArn);
    expect(await respond(event, state.ports, FIRST)).toMatchObject({ next: "done" });
    expect(state.calls()).toEqual([]);
  });
});
