import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, embeddedState, entriesOf, firstDelivery, followUpsOf, happen, mailsOf } from "../support/world.ts";

/** Attacks and accidents that need time: a name that is used again, a stop that is given up, a redrive, a session's name. */

const MINUTE = 60_000;
const UNLISTED = "arn:aws:kms:us-east-1:111122223333:key/9999abcd-12ab-34cd-56ef-1234567890ab";
const REFUSED = { is: "error", name: "AccessDeniedException", message: "no", status: 400 } as const;
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const policy = policyOf({ keys: { accept: "listed", allow: [KEY] }, limits: { "stops-per-hour": 1000 } });
const ARN = arnOf("notebook-instance", "nb");
const EXECUTION = arnOf("pipeline", "nightly/execution/abcd12345678");

async function waitingNotebook() {
  const state = await embeddedState(policy);
  const { aws, ports } = state;
  const event = happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb" }, { NotebookInstanceArn: ARN });
  const first = firstDelivery(state);
  expect((await respond(event, ports, first)).next).toBe("retry");
  aws.clock.advance(20 * MINUTE);
  const makeAgain = (body: JsonObject) =>
    aws.sagemaker.add({
      kind: "notebook-instance",
      arn: ARN,
      id: { NotebookInstanceName: "nb" },
      body: { NotebookInstanceName: "nb", ...body },
      status: "InService",
    });
  return { ...state, makeAgain, deliver: (receives = 2) => respond(event, ports, { ...first, receives }) };
}

it("a notebook that its owner has made again with a key is not stopped for the one before, and not tagged", async () => {
  const { aws, makeAgain, deliver } = await waitingNotebook();
  const notebook = makeAgain({ KmsKeyId: KEY });
  const { decision, next } = await deliver();
  expect([notebook.status, [...notebook.tags], decision.verdict, next]).toEqual(["InService", [], "compliant", "done"]);
  // The first mail announced a stop.
  expect([mailsOf(aws).length, followUpsOf(aws).length]).toEqual([2, 1]);
  expect(entriesOf(aws).map(({ state }) => state)).toEqual(["closed"]);
  await deliver(3);
  expect([notebook.status, mailsOf(aws).length]).toEqual(["InService", 2]);
});

it("nor by an event whose first delivery comes late", async () => {
  const state = await embeddedState(policy);
  const { aws, ports } = state;
  const event = happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb" }, { NotebookInstanceArn: ARN });
  const first = firstDelivery(state);
  aws.clock.advance(20 * MINUTE);
  const [notebook] = aws.sagemaker.resources;
  if (notebook) notebook.body = { NotebookInstanceName: "nb", KmsKeyId: KEY };
  await respond(event, ports, first);
  expect(notebook?.status).toBe("InService");
});

it.each<[string, JsonObject]>([
  ["without a key", {}],
  ["with an AWS managed key", { KmsKeyId: "alias/aws/sagemaker" }],
])("one that is made again %s is stopped", async (_what, body) => {
  const { makeAgain, deliver } = await waitingNotebook();
  const notebook = makeAgain(body);
  expect((await deliver()).decision.verdict).toBe("non-compliant");
  expect(notebook.status).toBe("Stopping");
});

describe("a job that is made again under its name while the stop of the one before waits", () => {
  const JOB = arnOf("training-job", "t");
  const request = { TrainingJobName: "t", OutputDataConfig: {}, ResourceConfig: { InstanceType: "ml.m5.large" } };
  const keyed = (key: string) => ({
    ...request,
    OutputDataConfig: { KmsKeyId: key },
    ResourceConfig: { ...request.ResourceConfig, VolumeKmsKeyId: key },
  });

  it.each<[string, JsonObject, string | undefined, string, string]>([
    ["with the key, is not stopped", keyed(KEY), undefined, "InProgress", "compliant"],
    [
      "with a key that cannot be looked up, is not stopped",
      keyed(UNLISTED),
      "DescribeKey",
      "InProgress",
      "undetermined",
    ],
    ["without a key, is stopped", request, undefined, "Stopping", "non-compliant"],
    ["with an AWS managed key, is stopped", keyed("alias/aws/s3"), undefined, "Stopping", "non-compliant"],
    ["and cannot be described, is stopped", keyed(KEY), "DescribeTrainingJob", "Stopping", "non-compliant"],
  ])("%s", async (_what, body, denied, status, verdict) => {
    let throttled = true;
    const own = policyOf({ keys: { accept: "customer-managed", allow: [KEY] }, limits: { "stops-per-hour": 1000 } });
    const { aws, ports } = await embeddedState(own, {
      fault: ({ operation }) => {
        if (operation === "StopTrainingJob" && throttled) return { ...REFUSED, name: "ThrottlingException" };
        return operation === denied ? REFUSED : undefined;
      },
    });
    const event = happen(aws, "CreateTrainingJob", request, { TrainingJobArn: JOB });
    const first = firstDelivery({ aws });
    expect((await respond(event, ports, first)).next).toBe("retry");
    throttled = false;
    aws.clock.advance(20 * MINUTE);
    // It was deleted.
    (aws.sagemaker.resources as unknown[]).length = 0;
    const id = { TrainingJobName: "t" };
    const again = aws.sagemaker.add({ kind: "training-job", arn: JOB, id, body, status: "InProgress" });
    const { decision } = await respond(event, ports, { ...first, receives: 2 });
    expect([again.status, decision.verdict]).toEqual([status, verdict]);
  });
});

it("a stop is not kept from a parent by an event that was cancelled: the next bad child stops it", async () => {
  let refuse = true;
  const throttled = { is: "error", name: "ThrottlingException", message: "no", status: 400 } as const;
  const state = await embeddedState(policy, {
    fault: ({ operation }) => (refuse && operation === "StopPipelineExecution" ? throttled : undefined),
  });
  const { aws, ports } = state;
  const jobArn = (name: string) => arnOf("training-job", name);
  const steps = ["a", "b"].map((name) => ({ StepName: name, Metadata: { TrainingJob: { Arn: jobArn(name) } } }));
  const execution = aws.sagemaker.add({
    kind: "pipeline-execution",
    arn: EXECUTION,
    id: { PipelineExecutionArn: EXECUTION },
    body: { PipelineName: "nightly", PipelineExecutionSteps: steps },
    status: "Executing",
  });
  const child = (name: string): JsonObject => {
    const Tags = [{ Key: "sagemaker:pipeline-execution-arn", Value: EXECUTION }];
    const request = { TrainingJobName: name, OutputDataConfig: {}, Tags };
    return {
      ...happen(aws, "CreateTrainingJob", request, { TrainingJobArn: jobArn(name) }),
      eventTime: aws.clock.now().toISOString(),
      userIdentity: { type: "AWSService", invokedBy: "sagemaker.amazonaws.com" },
    };
  };
  const a = child("a");
  const first = firstDelivery(state);
  expect((await respond(a, ports, first)).next).toBe("retry");
  aws.clock.advance(3 * MINUTE);
  refuse = false;
  // The operators switch to observe and back: what waited is not taken up again.
  const observe = { ...ports, policy: { ...policy, mode: "observe" as const } };
  expect((await respond(a, observe, { ...first, receives: 2 })).next).toBe("done");
  expect(execution.status).toBe("Executing");
  aws.clock.advance(MINUTE);
  await respond(child("b"), ports, firstDelivery(state));
  expect(execution.status).toBe("Stopping");
});

it("a message that is redriven again and again without a ledger is mailed once", async () => {
  const state = await embeddedState(policy, {
    fault: ({ operation, service }) =>
      service === "s3" && operation === "PutObject"
        ? { is: "error", name: "AccessDenied", message: "no", status: 403 }
        : undefined,
  });
  const { aws, ports } = state;
  const event = happen(
    aws,
    "CreateTrainingJob",
    { TrainingJobName: "t" },
    { TrainingJobArn: arnOf("training-job", "t") },
  );
  for (const isRedriven of [false, true, true, true]) {
    const sentAt = aws.clock.now();
    for (const receives of [1, 2, 3]) {
      expect((await respond(event, ports, { receives, sentAt, isRedriven, isLast: false })).next).toBe("retry");
      aws.clock.advance(3 * MINUTE);
    }
  }
  expect(mailsOf(aws)).toHaveLength(1);
});

it("a resource that has all its tags: AddTags is called once, and the event does not come back for it", async () => {
  const { aws, ports, calls } = await embeddedState(policy, {
    fault: ({ operation }) =>
      operation === "AddTags"
        ? { is: "error", name: "ResourceLimitExceeded", message: "51 tags", status: 400 }
        : undefined,
  });
  const event = happen(
    aws,
    "CreateTrainingJob",
    { TrainingJobName: "t" },
    { TrainingJobArn: arnOf("training-job", "t") },
  );
  const { next } = await respond(event, ports, firstDelivery({ aws }));
  await respond(event, ports, { ...firstDelivery({ aws }), receives: 2 });
  expect([next, calls().filter((one) => one === "AddTags").length]).toEqual(["deadLetter", 1]);
  expect(aws.sagemaker.resources[0]?.status).toBe("Stopping");
});

it.each([
  ["a role's", (i: number) => ({ type: "AssumedRole", arn: `arn:aws:sts::111122223333:assumed-role/ml/s${i}` })],
  [
    "a federated user's",
    (i: number) => ({ type: "FederatedUser", arn: `arn:aws-cn:sts::111122223333:federated-user/u${i}` }),
  ],
  ["a role's, without an ARN", (i: number) => ({ type: "AssumedRole", principalId: `AROAEXAMPLEEXAMPLE123:s${i}` })],
])(
  "the names of %s sessions make no more principals for the limit, where the record lacks the issuer",
  async (_, by) => {
    const limits = { "stops-per-hour": 4, "stops-per-hour-per-principal": 2 };
    const { aws, ports } = await embeddedState(policyOf({ limits }));
    for (let i = 0; i < 4; i++) {
      const arn = { TrainingJobArn: arnOf("training-job", `t${i}`) };
      const event = happen(aws, "CreateTrainingJob", { TrainingJobName: `t${i}` }, arn);
      await respond({ ...event, userIdentity: by(i) }, ports, firstDelivery({ aws }));
    }
    const stopped = aws.sagemaker.resources.filter(({ status }) => status === "Stopping");
    expect(stopped).toHaveLength(2);
  },
);
