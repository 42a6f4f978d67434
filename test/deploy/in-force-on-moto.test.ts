import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateNotebookInstanceCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { awsPortsInForce } from "../../lib/compose/aws-ports.ts";
import type { ApiCall, Decision } from "../../lib/core/model/types.ts";
import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import { type Policy, parsePolicy } from "../../lib/policy/schema.ts";
import { versionOf } from "../../lib/policy/version.ts";
import { callOf } from "../support/build.ts";
import { keywardBeside } from "../support/cli.ts";
import { recordOf } from "../support/world.ts";
import { callEvent } from "./call-event.ts";
import { type MotoStack, startMotoStack } from "./moto-stack.ts";

/** The account of moto_server. */
const ACCOUNT = "123456789012";
const EXEMPTION = `
exemptions:
  - name: team
    match: { kind: notebook-instance, name: "nb-*" }
    reason: a test
    owner: ml-platform@example.com
    expires: 2099-01-01
`;

/** Mode and policy change while events flow through the packaged stack. The function's code runs here, on moto's services. */
describe("what is in force, on moto_server", () => {
  let stack: MotoStack | undefined;
  const folder = mkdtempSync(join(tmpdir(), "keyward-in-force-"));
  beforeAll(async () => {
    stack = await startMotoStack();
  });
  beforeEach(({ skip }) => skip(!stack, "moto_server is not on the PATH"));
  afterAll(() => {
    stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("each decision names its policy and is made in the mode in force, while both change", async () => {
    const { outputs, server } = stack as MotoStack;
    const before = readFileSync("policy.yaml", "utf8");
    const [builtInFile, exemptFile] = [join(folder, "built-in.yaml"), join(folder, "exempt.yaml")];
    writeFileSync(builtInFile, before);
    writeFileSync(exemptFile, before + EXEMPTION);
    const [builtIn, exempting] = [policyIn(builtInFile), policyIn(exemptFile)];
    const events = flowOn(stack as MotoStack, builtIn);
    const env = {
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
      AWS_REGION: "us-east-1",
    };
    /** What is decided while the command line changes what is in force. */
    const changeWhile = async (...args: string[]) => {
      let running = true;
      const change = keywardBeside([...args, "--stack", "keyward-test", "--because", "a test"], env).finally(() => {
        running = false;
      });
      const seen = new Set<string>();
      while (running) seen.add(await events.next());
      expect(await change).toMatchObject({ code: 0 });
      events.minutePasses();
      return [...seen];
    };

    const observed = `non-compliant by ${versionOf(builtIn)}: tag skipped, stop skipped, notify skipped`;
    const enforced = `non-compliant by ${versionOf(builtIn)}: tag done, stop done, notify done`;
    const exempt = `exempt by ${versionOf(exempting)}: `;
    expect(await events.next()).toBe(observed);
    expect(await changeWhile("mode", "enforce", "--yes")).toEqual([observed]);
    expect(await changeWhile("policy", "push", exemptFile)).toEqual([enforced]);
    expect(await changeWhile("mode", "observe")).toEqual([exempt]);
    expect(await changeWhile("policy", "push", builtInFile)).toEqual([exempt]);
    expect(await events.next()).toBe(observed);
    const recorded = await entriesIn(server, outputs.LedgerBucket);
    expect(new Set(recorded.map(({ verdict, policy }) => `${verdict} by ${policy}: `))).toEqual(
      new Set([exempt, `non-compliant by ${versionOf(builtIn)}: `]),
    );
  });
});

function policyIn(file: string): Policy {
  const parsed = parsePolicy(parseYaml(readFileSync(file, "utf8")));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.policy;
}

/** `next`: a notebook is created without a key, and its call goes through moto's rule and queue to the function. */
function flowOn(stack: MotoStack, builtIn: Policy) {
  const { server, outputs } = stack;
  const target = { endpoint: server.endpoint, credentials: server.credentials, timeoutMs: 120_000 };
  const sagemaker = new SageMakerClient({ ...server, region: "us-east-1" });
  const lines: string[] = [];
  let minutes = 0;
  let count = 0;
  const inForce = awsPortsInForce({
    policy: builtIn,
    mode: "observe",
    topicArn: outputs.TopicArn ?? "",
    operatorsTopicArn: outputs.OperatorsTopicArn ?? "",
    ledgerBucket: outputs.LedgerBucket ?? "",
    stack: "keyward-test",
    queues: { queueUrl: outputs.QueueUrl ?? "", deadLettersUrl: outputs.DeadLetterQueueUrl ?? "" },
    target,
    elapsed: () => minutes * 60_000,
    log: (line) => lines.push(line),
  });
  const next = async (): Promise<string> => {
    const NotebookInstanceName = `nb-${++count}`;
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/ml`;
    const request = { NotebookInstanceName, InstanceType: "ml.t3.medium", RoleArn } as const;
    const { NotebookInstanceArn = "" } = await sagemaker.send(new CreateNotebookInstanceCommand(request));
    const call = callOf("CreateNotebookInstance", request, { notebookInstanceArn: NotebookInstanceArn });
    await send(stack, { ...call, account: ACCOUNT, principal: `arn:aws:iam::${ACCOUNT}:user/ana` });
    const ports = await inForce();
    if ("reason" in ports) throw new Error("what is in force is not known");
    const batch = await receive(stack);
    expect(batch.Records).toHaveLength(1);
    expect(await handleBatch(batch, ports, ports.queue)).toEqual({ batchItemFailures: [] });
    await remove(stack, batch);
    return summaryOf(JSON.parse(lines.at(-1) ?? "{}") as Decision);
  };
  return { next, minutePasses: () => void minutes++ };
}

const summaryOf = ({ verdict, policy, actions }: Decision): string =>
  `${verdict} by ${policy}: ${actions.map(({ do: action, outcome }) => `${action} ${outcome}`).join(", ")}`;

async function entriesIn(server: MotoStack["server"], Bucket: string | undefined): Promise<Decision[]> {
  const s3 = new S3Client({ ...server, region: "us-east-1", forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "ledger/" }));
  const texts = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? "{}";
  });
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as Decision);
}

async function send({ moto }: MotoStack, call: ApiCall): Promise<void> {
  const { source, "detail-type": type } = callEvent(call.eventName);
  const Entries = [{ Source: source, DetailType: type, Detail: JSON.stringify(recordOf(call)) }];
  await moto.json("events", "AWSEvents.PutEvents", { Entries });
}

interface Received {
  readonly Messages?: {
    readonly MessageId: string;
    readonly ReceiptHandle: string;
    readonly Body: string;
    readonly Attributes: Record<string, string>;
  }[];
}

async function receive({ moto, outputs }: MotoStack): Promise<SQSEvent> {
  const { Messages = [] } = await moto.json<Received>("sqs", "AmazonSQS.ReceiveMessage", {
    QueueUrl: outputs.QueueUrl,
    MaxNumberOfMessages: 10,
    AttributeNames: ["All"],
  });
  const Records = Messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
  }));
  return { Records } as unknown as SQSEvent;
}

async function remove({ moto, outputs }: MotoStack, { Records }: SQSEvent): Promise<void> {
  for (const { receiptHandle } of Records) {
    await moto.json("sqs", "AmazonSQS.DeleteMessage", { QueueUrl: outputs.QueueUrl, ReceiptHandle: receiptHandle });
  }
}
