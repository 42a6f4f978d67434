import {
  CreateNotebookInstanceCommand,
  DescribeNotebookInstanceCommand,
  ListTagsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { callOf } from "../support/build.ts";
import { keyward } from "../support/cli.ts";
import { type Moto, startMoto } from "../support/moto-server.ts";
import { recordOf } from "../support/world.ts";

const moto = await startMoto();

describe.skipIf(!moto)("replay --target aws on moto_server (skipped where it is not on the PATH)", () => {
  const { endpoint, credentials } = moto as Moto;
  const options = { region: "us-east-1", endpoint, credentials };
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  afterAll(() => moto?.stop());

  it("tags and stops a notebook there, and publishes to a topic there", async () => {
    const [sagemaker, sns, sqs] = [new SageMakerClient(options), new SNSClient(options), new SQSClient(options)];
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "keyward" }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "mails" }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn }));
    const NotebookInstanceName = "real";
    const request = {
      NotebookInstanceName,
      InstanceType: "ml.t2.medium",
      RoleArn: "arn:aws:iam::123456789012:role/FakeRole",
    } as const;
    const { NotebookInstanceArn = "" } = await sagemaker.send(new CreateNotebookInstanceCommand(request));

    const call = callOf("CreateNotebookInstance", request, { notebookInstanceArn: NotebookInstanceArn });
    const event = recordOf({ ...call, account: "123456789012" });
    const args = ["replay", "--target", "aws", "--yes", "--json", "--topic", TopicArn ?? "", "-"];
    const { code, out, err } = keyward(args, { input: JSON.stringify(event), env });
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^Account 123456789012, us-east-1, as \S+\n$/),
    });
    expect(JSON.parse(out)).toMatchObject({
      verdict: "non-compliant",
      actions: [
        { do: "tag", outcome: "done" },
        { do: "stop", outcome: "done" },
        { do: "notify", outcome: "done" },
      ],
    });
    const { NotebookInstanceStatus } = await sagemaker.send(
      new DescribeNotebookInstanceCommand({ NotebookInstanceName }),
    );
    expect(NotebookInstanceStatus).toBe("Stopped");
    const { Tags } = await sagemaker.send(new ListTagsCommand({ ResourceArn: NotebookInstanceArn }));
    expect(Tags).toContainEqual({ Key: "keyward:status", Value: "non-compliant" });
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages?.[0]?.Body ?? "{}")).toMatchObject({
      Subject: expect.stringMatching(/^Keyward: non-compliant notebook instance real.*stopped/),
    });
  });
});
