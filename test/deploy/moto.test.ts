import { statSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callPattern } from "../../lib/catalogue/rule.ts";
import { matches } from "../../lib/local/event-pattern.ts";
import { sdkOperations } from "../support/sdk-schemas.ts";
import { callEvent } from "./call-event.ts";
import {
  BUCKET,
  CLOUDFORMATION,
  CODE,
  createStack,
  disableMappings,
  type Mapping,
  type MotoStack,
  outputsIn,
  startMotoStack,
} from "./moto-stack.ts";
import type { RawAws } from "./raw-aws.ts";

/** An AWS by another author. It takes the plain template and the zip as they are, and has its own event matcher. */
describe("the packaged stack on moto_server", () => {
  let stack: MotoStack | undefined;
  let moto: RawAws;
  let outputs: Readonly<Record<string, string>>;
  let mappings: readonly Mapping[];

  beforeAll(async () => {
    stack = await startMotoStack();
    if (stack) ({ moto, outputs, mappings } = stack);
  });

  beforeEach(({ skip }) => skip(!stack, "moto_server is not on the PATH"));

  afterAll(() => stack?.stop());

  it("is created, and its outputs name existing resources", async () => {
    const stacks = await moto.query("cloudformation", "DescribeStacks", CLOUDFORMATION, {});
    expect(stacks).toContain("<StackStatus>CREATE_COMPLETE</StackStatus>");
    const topics = await moto.query("sns", "ListTopics", "2010-03-31", {});
    expect(topics).toContain(`<TopicArn>${outputs.TopicArn}</TopicArn>`);
    const { QueueUrls } = await moto.json<{ QueueUrls: string[] }>("sqs", "AmazonSQS.ListQueues", {});
    expect(QueueUrls.map((url) => nameOf(url)).sort()).toEqual(
      [nameOf(outputs.QueueUrl), nameOf(outputs.DeadLetterQueueUrl)].sort(),
    );
    expect(outputs.FunctionName).toBe("keyward-test-enforce");
    const { Configuration } = await moto.rest<{ Configuration: object }>(
      "lambda",
      "GET",
      `${FUNCTIONS}${outputs.FunctionName}`,
    );
    expect(Configuration).toMatchObject({
      Runtime: "nodejs24.x",
      Timeout: 60,
      CodeSize: statSync(stack?.made.zip ?? "").size,
    });
  });

  it("connects the queue to the function, and the queue to the dead-letter queue", async () => {
    expect(mappings.map(({ EventSourceArn }) => nameOf(EventSourceArn, ":"))).toEqual([nameOf(outputs.QueueUrl)]);
    expect(mappings[0]?.FunctionArn).toContain(outputs.FunctionName);
    const { Attributes } = await moto.json<{ Attributes: Record<string, string> }>(
      "sqs",
      "AmazonSQS.GetQueueAttributes",
      { QueueUrl: outputs.QueueUrl, AttributeNames: ["All"] },
    );
    expect(JSON.parse(Attributes.RedrivePolicy ?? "{}").maxReceiveCount).toEqual(200);
    expect(Attributes).toMatchObject({ VisibilityTimeout: "360", KmsMasterKeyId: expect.stringContaining(":key/") });
  });

  it("is created with a key, topics, a bucket, subnets and limits of one's own", async () => {
    const own = {
      ExistingKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ExistingTopicArn: "arn:aws:sns:us-east-1:123456789012:ml-users",
      ExistingOperatorsTopicArn: "arn:aws:sns:us-east-1:123456789012:operators",
      ExistingLedgerBucket: BUCKET,
    };
    const subnets = await moto.query("ec2", "DescribeSubnets", "2016-11-15", {});
    const groups = await moto.query("ec2", "DescribeSecurityGroups", "2016-11-15", {});
    await createStack(moto, "keyward-own", (stack as MotoStack).made, {
      ...CODE,
      ...own,
      Mode: "enforce",
      NamePrefix: "corp",
      PermissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
      RolePath: "/corp/",
      VpcSubnetIds: /<subnetId>([^<]+)/.exec(subnets)?.[1] ?? "",
      VpcSecurityGroupIds: /<groupId>([^<]+)/.exec(groups)?.[1] ?? "",
      LogRetentionDays: "90",
      ReservedConcurrency: "5",
    });
    const answer = await moto.query("cloudformation", "DescribeStacks", CLOUDFORMATION, { StackName: "keyward-own" });
    expect(answer).toContain("<StackStatus>CREATE_COMPLETE</StackStatus>");
    expect(outputsIn(answer)).toMatchObject({
      TopicArn: own.ExistingTopicArn,
      OperatorsTopicArn: own.ExistingOperatorsTopicArn,
      LedgerBucket: BUCKET,
      FunctionName: "corp-enforce",
    });
    const resources = await moto.query("cloudformation", "ListStackResources", CLOUDFORMATION, {
      StackName: "keyward-own",
    });
    expect(resources).not.toMatch(/<ResourceType>AWS::(KMS::Key|SNS::Topic|S3::Bucket)</);
    const { Configuration } = await moto.rest<{ Configuration: object }>("lambda", "GET", `${FUNCTIONS}corp-enforce`);
    expect(Configuration).toMatchObject({
      VpcConfig: { SubnetIds: [expect.stringMatching(/^subnet-/)] },
      Environment: { Variables: { KEYWARD_MODE: "enforce", KEYWARD_STACK: "keyward-own", LEDGER_BUCKET: BUCKET } },
    });
    await disableMappings(moto);
    // The other tests look at the only stack.
    await moto.query("cloudformation", "DeleteStack", CLOUDFORMATION, { StackName: "keyward-own" });
  });

  it("routes calls in the same way as the test's own matcher", async () => {
    const wakes = (name: string) => matches(callPattern, callEvent(name));
    const sdk = [...sdkOperations().keys()];
    // Each delivery takes it a tenth of a second. A call that is not delivered takes no time.
    const waking = sdk.filter(wakes).filter((_, i) => i % 12 === 0);
    const unheardOf = ["CreateQuantumJob", "PutFoo", "RegisterFoo", "ImportFoo", "StartFoo", "UpdateFoo"];
    const asleep = [...sdk.filter((name) => !wakes(name)), "InvokeFoo", "GetFoo"];
    const failed = callEvent("CreateModel", { errorCode: "AccessDenied" });
    await put(moto, [...[...waking, ...unheardOf, ...asleep].map((name) => callEvent(name)), failed]);
    const arrived = await drain(moto, outputs.QueueUrl ?? "");
    expect(arrived.sort()).toEqual([...waking, ...unheardOf].sort());
  });
});

const FUNCTIONS = "/2015-03-31/functions/";

const nameOf = (path: string | undefined, separator = "/"): string => path?.split(separator).at(-1) ?? "";

async function put(moto: RawAws, events: readonly ReturnType<typeof callEvent>[]): Promise<void> {
  const entries = events.map((event) => ({
    Source: event.source,
    DetailType: event["detail-type"],
    Detail: JSON.stringify(event.detail),
  }));
  // PutEvents takes ten entries at most.
  for (let i = 0; i < entries.length; i += 10) {
    const Entries = entries.slice(i, i + 10);
    const { FailedEntryCount } = await moto.json<{ FailedEntryCount: number }>("events", "AWSEvents.PutEvents", {
      Entries,
    });
    expect(FailedEntryCount).toBe(0);
  }
}

/** The names of the calls in a queue. */
async function drain(moto: RawAws, QueueUrl: string): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const { Messages = [] } = await moto.json<{ Messages?: { Body: string }[] }>("sqs", "AmazonSQS.ReceiveMessage", {
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
    });
    if (Messages.length === 0) return names;
    names.push(...Messages.map(({ Body }) => JSON.parse(Body).detail.eventName as string));
  }
}
