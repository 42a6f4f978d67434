import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  CreateNotebookInstanceCommand,
  DescribeNotebookInstanceCommand,
  ListTagsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { CANARY_DETAIL_TYPE, CANARY_SOURCE, canaryKey } from "../../lib/core/model/canary.ts";
import { packaged } from "../deploy/packaged.ts";
import { callOf } from "../support/build.ts";
import { startMoto } from "../support/moto-server.ts";
import { recordOf } from "../support/world.ts";
import { deploy } from "./deployed.ts";
import { runFunction } from "./runtime-api.ts";

/**
 * `npm run e2e`: the packaged stack on moto_server, and its function in AWS's own runtime client, over the whole path:
 * rule → queue → function → tag, stop, mail and ledger. It reports each part that it skips.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
const RIC = join(import.meta.dirname, "node_modules/aws-lambda-ric/index.mjs");
const say = (line: string) => process.stdout.write(`${line}\n`);
const check = (what: string, holds: boolean, seen: unknown) => {
  say(`${holds ? "ok    " : "FAILED"} ${what}`);
  if (!holds) throw new Error(`${what}: ${JSON.stringify(seen)}`);
};

const missing =
  spawnSync("python3", ["--version"]).status !== 0 ? "python3" : existsSync(RIC) ? undefined : "aws-lambda-ric";
const moto = missing ? undefined : await startMoto();
if (moto) await run(moto).finally(() => moto.stop());
else say(`skipped: ${missing ?? "moto_server"} is missing, so nothing was run`);

async function run(moto: NonNullable<Awaited<ReturnType<typeof startMoto>>>): Promise<void> {
  const made = await packaged();
  const { outputs, environment, handler, task, raw } = await deploy(moto, made);
  say(`ok     the stack is deployed, and the function's zip taken back out of it (${handler})`);
  const options = { region: "us-east-1", endpoint: moto.endpoint, credentials: moto.credentials };
  const [sagemaker, sns, sqs] = [new SageMakerClient(options), new SNSClient(options), new SQSClient(options)];
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const running = await runFunction(RIC, task, handler, {
    ...environment,
    PATH: process.env.PATH,
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL: moto.endpoint,
    AWS_ACCESS_KEY_ID: moto.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: moto.credentials.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: outputs.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/keyward-e2e",
    AWS_LAMBDA_LOG_STREAM_NAME: "e2e",
  });

  /** Passes the queue's messages to the function, as Lambda would, and removes those that it does not return. */
  const poll = async () => {
    const QueueUrl = outputs.QueueUrl;
    const receive = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["All"],
    });
    const { Messages = [] } = await sqs.send(receive);
    const Records = Messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      eventSource: "aws:sqs",
    }));
    const answer = (await running.invoke({ Records })) as { batchItemFailures: unknown[] };
    if (answer.batchItemFailures.length === 0) {
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return { received: Messages.length, ...answer };
  };
  const drain = async (QueueUrl: string | undefined) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] })))
      .Messages ?? [];

  try {
    const { QueueUrl: mails } = await sqs.send(new CreateQueueCommand({ QueueName: "mails" }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: mails, AttributeNames: ["QueueArn"] }),
    );
    await sns.send(
      new SubscribeCommand({ TopicArn: outputs.TopicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn }),
    );

    const NotebookInstanceName = "e2e";
    const request = {
      NotebookInstanceName,
      InstanceType: "ml.t2.medium",
      RoleArn: "arn:aws:iam::123456789012:role/ds",
    } as const;
    const { NotebookInstanceArn = "" } = await sagemaker.send(new CreateNotebookInstanceCommand(request));
    const record = recordOf({
      ...callOf("CreateNotebookInstance", request, { notebookInstanceArn: NotebookInstanceArn }),
      account: "123456789012",
    });
    const happen = () =>
      raw.json("events", "AWSEvents.PutEvents", {
        Entries: [
          { Source: "aws.sagemaker", DetailType: "AWS API Call via CloudTrail", Detail: JSON.stringify(record) },
        ],
      });

    await happen();
    const first = await poll();
    check(
      "the rule sends the call to the queue, and the function answers it",
      first.received === 1 && first.batchItemFailures.length === 0,
      { first, log: running.log() },
    );
    const { Tags } = await sagemaker.send(new ListTagsCommand({ ResourceArn: NotebookInstanceArn }));
    check(
      "the notebook is tagged",
      Tags?.some(({ Key, Value }) => Key === "keyward:status" && Value === "non-compliant") === true,
      Tags,
    );
    const { NotebookInstanceStatus } = await sagemaker.send(
      new DescribeNotebookInstanceCommand({ NotebookInstanceName }),
    );
    check("the notebook is stopped", NotebookInstanceStatus === "Stopped", {
      NotebookInstanceStatus,
      log: running.log(),
    });
    const [mail, ...more] = await drain(mails);
    check(
      "one mail is sent",
      more.length === 0 &&
        JSON.parse(mail?.Body ?? "{}").Subject?.startsWith("Keyward: non-compliant notebook instance e2e") === true,
      mail,
    );

    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: outputs.LedgerBucket, Prefix: "ledger/" }),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: outputs.LedgerBucket, Key: Contents[0]?.Key }));
    const entry = JSON.parse((await Body?.transformToString()) ?? "{}");
    check(
      "the ledger has one closed entry",
      Contents.length === 1 && entry.state === "closed" && entry.actions.length === 3,
      entry,
    );

    await happen();
    const second = await poll();
    check(
      "the same event again changes nothing",
      second.received === 1 && second.batchItemFailures.length === 0 && (await drain(mails)).length === 0,
      second,
    );

    const id = randomUUID();
    const detail = { stack: "keyward-e2e", id };
    const put = (Detail: object) =>
      raw.json("events", "AWSEvents.PutEvents", {
        Entries: [{ Source: CANARY_SOURCE, DetailType: CANARY_DETAIL_TYPE, Detail: JSON.stringify(Detail) }],
      });
    await put({ ...detail, stack: "another" });
    await put(detail);
    const third = await poll();
    check(
      "the rule sends the canary of its own stack to the queue, and the function answers it",
      third.received === 1,
      {
        third,
        log: running.log(),
      },
    );
    const [test, ...others] = await drain(mails);
    check(
      "the canary sends one test mail",
      others.length === 0 && JSON.parse(test?.Body ?? "{}").Subject?.startsWith("Keyward: test mail") === true,
      { test, others },
    );
    const note = await s3.send(
      new GetObjectCommand({ Bucket: outputs.LedgerBucket, Key: canaryKey({ is: "event", id }) }),
    );
    const said = JSON.parse((await note.Body?.transformToString()) ?? "{}");
    check("the canary's object says that the mail was sent", said.mail?.is === "sent", said);
    await put(detail);
    await poll();
    check("the same canary again sends no mail", (await drain(mails)).length === 0, running.log());

    await sqs.send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody: "not json" }));
    await poll();
    const [dead] = await drain(outputs.DeadLetterQueueUrl);
    check(
      "an unreadable message is in the dead-letter queue, with the reason",
      dead?.Body === "not json" && dead.MessageAttributes?.reason?.StringValue === "the event is not a JSON object",
      dead,
    );
  } finally {
    running.stop();
    rmSync(made.dir, { recursive: true, force: true });
  }
}
