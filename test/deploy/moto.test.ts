import { readFileSync, rmSync, statSync } from "node:fs";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callPattern } from "../../lib/catalogue/rule.ts";
import { type Moto, startMoto } from "../support/moto-server.ts";
import { sdkOperations } from "../support/sdk-schemas.ts";
import { callEvent, matches } from "./event-pattern.ts";
import { packaged, type TestPackage } from "./packaged.ts";
import { type RawAws, rawAws } from "./raw-aws.ts";

const CLOUDFORMATION = "2010-05-15";
/** The template adds the Region to the name. */
const BUCKET = "artifacts-us-east-1";

interface Mapping {
  readonly UUID: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
}

/** An AWS by another author. It takes the plain template and the zip as they are, and has its own event matcher. */
describe("the packaged stack on moto_server", () => {
  let server: Moto | undefined;
  let made: TestPackage | undefined;
  let moto: RawAws;
  let outputs: Record<string, string>;
  let mappings: readonly Mapping[];

  beforeAll(async () => {
    server = await startMoto();
    if (!server) return;
    moto = rawAws(server.endpoint);
    made = await packaged();
    const s3 = new S3Client({ ...server, region: "us-east-1", forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "v1.zip", Body: readFileSync(made.zip) }));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "sweep-v1.zip", Body: readFileSync(made.sweepZip) }));
    await moto.query("cloudformation", "CreateStack", CLOUDFORMATION, {
      StackName: "keyward-test",
      TemplateBody: readFileSync(made.plain, "utf8"),
      "Capabilities.member.1": "CAPABILITY_IAM",
      ...parameters({
        CodeBucketPrefix: "artifacts",
        CodeKey: "v1.zip",
        SweepCodeKey: "sweep-v1.zip",
        AlertEmail: "cloud-security@example.com",
      }),
    });
    outputs = outputsIn(await moto.query("cloudformation", "DescribeStacks", CLOUDFORMATION, {}));
    const answer = await moto.rest<{ EventSourceMappings: Mapping[] }>("lambda", "GET", MAPPINGS);
    mappings = answer.EventSourceMappings;
    // It would otherwise run the function in a container as soon as a message arrives.
    for (const { UUID } of mappings) await moto.rest("lambda", "PUT", MAPPINGS + UUID, { Enabled: false });
  });

  beforeEach(({ skip }) => skip(!server, "moto_server is not on the PATH"));

  afterAll(() => {
    server?.stop();
    if (made) rmSync(made.dir, { recursive: true, force: true });
  });

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
      CodeSize: statSync(made?.zip ?? "").size,
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
    await moto.query("cloudformation", "CreateStack", CLOUDFORMATION, {
      StackName: "keyward-own",
      TemplateBody: readFileSync(made?.plain ?? "", "utf8"),
      "Capabilities.member.1": "CAPABILITY_IAM",
      ...parameters({
        ...{ CodeBucketPrefix: "artifacts", CodeKey: "v1.zip", SweepCodeKey: "sweep-v1.zip" },
        ...own,
        Mode: "enforce",
        NamePrefix: "corp",
        PermissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
        RolePath: "/corp/",
        VpcSubnetIds: /<subnetId>([^<]+)/.exec(subnets)?.[1] ?? "",
        VpcSecurityGroupIds: /<groupId>([^<]+)/.exec(groups)?.[1] ?? "",
        LogRetentionDays: "90",
        ReservedConcurrency: "5",
      }),
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
    const { EventSourceMappings } = await moto.rest<{ EventSourceMappings: Mapping[] }>("lambda", "GET", MAPPINGS);
    for (const { UUID } of EventSourceMappings) await moto.rest("lambda", "PUT", MAPPINGS + UUID, { Enabled: false });
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

const MAPPINGS = "/2015-03-31/event-source-mappings/";
const FUNCTIONS = "/2015-03-31/functions/";

const parameters = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value], i) => [
      [`Parameters.member.${i + 1}.ParameterKey`, key],
      [`Parameters.member.${i + 1}.ParameterValue`, value],
    ]),
  );

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

function outputsIn(xml: string): Record<string, string> {
  const pairs = xml.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/gs);
  return Object.fromEntries([...pairs].map(([, key, value]) => [key, value]));
}
