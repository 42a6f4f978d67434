import {
  AddTagsCommand,
  DescribeAutoMLJobV2Command,
  DescribeTrainingJobCommand,
  ListTagsCommand,
  SageMakerClient,
  StopNotebookInstanceCommand,
  StopTrainingJobCommand,
  StopTransformJobCommand,
  UpdateTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { createSageMaker } from "../../lib/aws/sagemaker.ts";
import { kindOf } from "../../lib/catalogue/kinds.ts";
import { operations } from "../../lib/catalogue/operations.ts";
import type { Kind } from "../../lib/catalogue/vocabulary.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { subjectOf } from "../../lib/core/read/subject.ts";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { toApiSpelling } from "../../lib/local/sagemaker.ts";
import { callOf, KEY } from "../support/build.ts";
import { encryptedRequests, requestsOf } from "../support/encrypted-requests.ts";
import { arnOf, embeddedState, happen } from "../support/world.ts";

async function clientOf() {
  const { aws } = await embeddedState();
  const { endpoint, credentials } = aws;
  return { aws, client: new SageMakerClient({ region: "us-east-1", endpoint, credentials }) };
}

const nb = { NotebookInstanceName: "nb" };
const stopNotebook = new StopNotebookInstanceCommand(nb);

describe("the life of a notebook", () => {
  it("goes from Pending to Stopped, with an event for each status and AWS's own texts", async () => {
    const { aws, client } = await clientOf();
    const statuses: unknown[] = [];
    aws.onStateChange(({ detail }) => statuses.push((detail as JsonObject).NotebookInstanceStatus));
    happen(aws, "CreateNotebookInstance", nb, { notebookInstanceArn: arnOf("notebook-instance", "nb") });
    await expect(client.send(stopNotebook)).rejects.toMatchObject({
      name: "ValidationException",
      message: `Status (Pending) not in ([InService]). Unable to transition to (Stopping) for Notebook Instance (${arnOf("notebook-instance", "nb")})`,
    });
    aws.clock.advance(4 * 60_000);
    await client.send(stopNotebook);
    await expect(client.send(stopNotebook)).rejects.toThrow("Status (Stopping) not in ([InService])");
    aws.clock.advance(60_000);
    await expect(client.send(stopNotebook)).rejects.toThrow("Status (Stopped) not in ([InService])");
    expect(statuses).toEqual(["Pending", "InService", "Stopping", "Stopped"]);
    happen(aws, "StartNotebookInstance", nb);
    expect(statuses.at(-1)).toBe("Pending");
  });
});

describe("a job of the embedded SageMaker", () => {
  it("cannot be stopped twice; the error has the documented text", async () => {
    const { aws, client } = await clientOf();
    happen(aws, "CreateTrainingJob", { TrainingJobName: "t" }, { TrainingJobArn: arnOf("training-job", "t") });
    happen(aws, "CreateTransformJob", { TransformJobName: "t" }, { TransformJobArn: arnOf("transform-job", "t") });
    const training = () => client.send(new StopTrainingJobCommand({ TrainingJobName: "t" }));
    const transform = () => client.send(new StopTransformJobCommand({ TransformJobName: "t" }));
    await Promise.all([training(), transform()]);
    aws.clock.advance(2 * 60_000);
    await expect(training()).rejects.toThrow("The request was rejected because the training job is in status Stopped.");
    await expect(transform()).rejects.toThrow(
      /^The request was rejected because the transform job is in status Stopped$/,
    );
    await expect(client.send(new StopTrainingJobCommand({ TrainingJobName: "x" }))).rejects.toThrow(
      "Requested resource not found.",
    );
  });

  it("ends as Completed if it is not stopped", async () => {
    const { aws, client } = await clientOf();
    happen(
      aws,
      "CreateTrainingJob",
      { TrainingJobName: "t", ResourceConfig: { KeepAlivePeriodInSeconds: 60 } },
      { TrainingJobArn: arnOf("training-job", "t") },
    );
    const read = () => client.send(new DescribeTrainingJobCommand({ TrainingJobName: "t" }));
    expect(await read()).toMatchObject({ TrainingJobStatus: "InProgress", WarmPoolStatus: { Status: "InUse" } });
    aws.clock.advance(60 * 60_000);
    expect(await read()).toMatchObject({ TrainingJobStatus: "Completed", WarmPoolStatus: { Status: "Available" } });
    aws.clock.advance(60_000);
    expect(await read()).toMatchObject({ TrainingJobStatus: "Completed", WarmPoolStatus: { Status: "Terminated" } });
  });

  it("ends a warm pool only while it is Available", async () => {
    const { aws, client } = await clientOf();
    const request = { TrainingJobName: "t", ResourceConfig: { KeepAlivePeriodInSeconds: 600 } };
    happen(aws, "CreateTrainingJob", request, { TrainingJobArn: arnOf("training-job", "t") });
    const end = () =>
      client.send(
        new UpdateTrainingJobCommand({ TrainingJobName: "t", ResourceConfig: { KeepAlivePeriodInSeconds: 0 } }),
      );
    const refused = { name: "ValidationException" };
    await expect(end()).rejects.toMatchObject(refused);
    await client.send(new StopTrainingJobCommand({ TrainingJobName: "t" }));
    await expect(end()).rejects.toMatchObject(refused);
    aws.clock.advance(60_000);
    await end();
    await expect(end()).rejects.toMatchObject(refused);
  });
});

describe("Describe of the embedded SageMaker", () => {
  const described = operations.filter((row) => {
    const { source, actsOn = true } = kindOf(row.kind) as Kind;
    return source === undefined && actsOn;
  });
  it.each(described)("returns the resource of $operation", async ({ operation }) => {
    for (const request of requestsOf(operation)) {
      const { aws } = await embeddedState();
      const call = callOf(operation, request, { domainId: "d-1", arn: arnOf("app", "a") });
      aws.sagemaker.apply(call);
      const subject = subjectOf(call);
      if (!subject?.describe) throw new Error("no way to describe it");
      const { endpoint, credentials } = aws;
      const adapter = createSageMaker({ region: "us-east-1", endpoint, credentials });
      const answer = await adapter.describe(subject.describe.operation, subject.describe.input);
      expect(answer).toMatchObject({
        is: "described",
        output: { [subject.kind.describe.arn]: expect.stringMatching(/^arn:/) },
      });
    }
  });

  it("returns a version 1 AutoML job in the form of version 2", async () => {
    const { aws, client } = await clientOf();
    const request = encryptedRequests.CreateAutoMLJob[0] ?? {};
    happen(aws, "CreateAutoMLJob", request, { autoMLJobArn: arnOf("automl-job", "churn-automl") });
    const described = await client.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: "churn-automl" }));
    expect(described.SecurityConfig).toMatchObject({ VolumeKmsKeyId: KEY });
  });

  it("finds each resource in its own Region only", async () => {
    const { aws } = await clientOf();
    happen(aws, "CreateTrainingJob", { TrainingJobName: "t" }, { TrainingJobArn: arnOf("training-job", "t") });
    const { endpoint, credentials } = aws;
    const abroad = new SageMakerClient({ region: "eu-west-1", endpoint, credentials });
    await expect(abroad.send(new DescribeTrainingJobCommand({ TrainingJobName: "t" }))).rejects.toThrow("not found");
  });
});

describe("the tags of a resource", () => {
  const ResourceArn = arnOf("training-job", "t");
  const tagging = async (Tags: { Key: string; Value: string }[], arn = ResourceArn) => {
    const { aws, client } = await clientOf();
    happen(aws, "CreateTrainingJob", { TrainingJobName: "t" }, { TrainingJobArn: ResourceArn });
    happen(
      aws,
      "CreateInferenceExperiment",
      { Name: "e" },
      { InferenceExperimentArn: arnOf("inference-experiment", "e") },
    );
    await client.send(new AddTagsCommand({ ResourceArn: arn, Tags }));
    return (await client.send(new ListTagsCommand({ ResourceArn: arn }))).Tags;
  };

  it("are kept; a second value of a key replaces the first", async () => {
    const tags = [
      { Key: "keyward:status", Value: "a" },
      { Key: "keyward:status", Value: "b c_.:/=+-@" },
    ];
    expect(await tagging(tags)).toEqual([tags[1]]);
  });

  it.each([
    [[{ Key: "k", Value: "a,b" }]],
    [[{ Key: "k", Value: "[x]" }]],
    [[{ Key: "k", Value: "v".repeat(257) }]],
    [[{ Key: "k".repeat(129), Value: "v" }]],
    [[{ Key: "aws:k", Value: "v" }]],
    [Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "v" }))],
  ])("are refused: %j", async (tags) => {
    await expect(tagging(tags)).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("are refused for kinds without tags, and for resources that do not exist", async () => {
    const tag = [{ Key: "k", Value: "v" }];
    await expect(tagging(tag, arnOf("inference-experiment", "e"))).rejects.toThrow("not supported");
    await expect(tagging(tag, arnOf("training-job", "x"))).rejects.toThrow("Could not find");
  });
});

it("the embedded SageMaker spells members as the API does, and keeps the caller's own keys", () => {
  expect(
    toApiSpelling({ environment: { kms_key: "x" }, resourceConfig: { instanceGroups: [{ instanceType: "t" }] } }),
  ).toEqual({
    Environment: { kms_key: "x" },
    ResourceConfig: { InstanceGroups: [{ InstanceType: "t" }] },
  });
});

it("the embedded SageMaker refuses operations that it does not support", async () => {
  const aws = await startEmbeddedAws();
  const response = await fetch(aws.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "SageMaker.DeleteDomain" },
    body: "{}",
  });
  expect(await response.json()).toMatchObject({ __type: "UnknownOperationException" });
  await aws.close();
});
