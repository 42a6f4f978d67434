import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedAws, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { ACCOUNT, KEY } from "../support/build.ts";
import { type Moto, startMoto } from "../support/moto-server.ts";

const moto = await startMoto();

interface Stand {
  readonly endpoint: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string };
}

/** Properties of any AWS: tested on the embedded one, and on an independent stand-in where that is installed. */
function commonCases(standOf: () => Stand): void {
  const options = () => ({ region: "us-east-1", ...standOf(), maxAttempts: 1 });
  const s3 = () => new S3Client({ ...options(), forcePathStyle: true });
  const Bucket = `b-${Math.random().toString(36).slice(2)}`;
  const put = (Key: string, more: object = {}) =>
    s3().send(new PutObjectCommand({ Bucket, Key, Body: "one", ...more }));

  it("S3: of sixteen conditional writes to one key, exactly one wins", async () => {
    await s3().send(new CreateBucketCommand({ Bucket }));
    const race = Array.from({ length: 16 }, () =>
      put("claim", { IfNoneMatch: "*" }).then(
        () => "won",
        (error) => error.name,
      ),
    );
    const results = await Promise.all(race);
    expect(results.filter((result) => result === "won")).toHaveLength(1);
    expect(new Set(results)).toEqual(new Set(["won", "PreconditionFailed"]));
  });

  it("S3: an update succeeds only on the current state", async () => {
    const { ETag } = await put("state");
    await put("state", { IfMatch: ETag, Body: "two" });
    await expect(put("state", { IfMatch: ETag })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(put("absent", { IfMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key: "state" }));
    expect(await Body?.transformToString()).toBe("two");
  });

  it("S3: lists by prefix, in pages", async () => {
    for (const name of ["p/1", "p/2", "p/3", "q/1"]) await put(name);
    const page = await s3().send(new ListObjectsV2Command({ Bucket, Prefix: "p/", MaxKeys: 2 }));
    expect(page.Contents?.map(({ Key }) => Key)).toEqual(["p/1", "p/2"]);
    const rest = await s3().send(
      new ListObjectsV2Command({ Bucket, Prefix: "p/", ContinuationToken: page.NextContinuationToken }),
    );
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(["p/3"]);
  });

  it("S3: reports an object or a bucket that does not exist", async () => {
    await expect(s3().send(new GetObjectCommand({ Bucket, Key: "none" }))).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(s3().send(new ListObjectsV2Command({ Bucket: "no-such-bucket-here" }))).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
  });

  it("SNS: publishes a text for each protocol to a topic", async () => {
    const sns = new SNSClient(options());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "keyward" }));
    const Message = JSON.stringify({ default: "d", email: "e" });
    const sent = await sns.send(new PublishCommand({ TopicArn, Subject: "s", Message, MessageStructure: "json" }));
    expect(sent.MessageId).toBeTruthy();
    const absent = `arn:aws:sns:us-east-1:${ACCOUNT}:absent`;
    await expect(sns.send(new PublishCommand({ TopicArn: absent, Message: "x" }))).rejects.toMatchObject({
      name: /NotFound/,
    });
  });

  it("SNS: refuses a subject of more than a hundred characters", async () => {
    const Subject = "x".repeat(101);
    const sns = new SNSClient(options());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "keyward" }));
    await expect(sns.send(new PublishCommand({ TopicArn, Subject, Message: "x" }))).rejects.toMatchObject({
      name: /InvalidParameter/,
    });
  });
}

describe("the embedded AWS", () => {
  let aws: EmbeddedAws;
  beforeAll(async () => {
    aws = await startEmbeddedAws({ keys: [{ arn: KEY, manager: "CUSTOMER", aliases: ["alias/ml"] }] });
  });
  afterAll(() => aws.close());
  commonCases(() => aws);

  const describeKey = (KeyId: string) => {
    const { endpoint, credentials } = aws;
    return new KMSClient({ region: "us-east-1", endpoint, credentials }).send(new DescribeKeyCommand({ KeyId }));
  };

  it.each([KEY, "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/ml", `arn:aws:kms:us-east-1:${ACCOUNT}:alias/ml`])(
    "KMS: finds a key by %s",
    async (form) => expect((await describeKey(form)).KeyMetadata).toMatchObject({ Arn: KEY, KeyManager: "CUSTOMER" }),
  );

  it("KMS: treats an unknown key of the account as customer managed, and denies one of another account", async () => {
    expect((await describeKey("alias/other")).KeyMetadata).toMatchObject({ KeyManager: "CUSTOMER" });
    const foreign = `arn:aws:kms:us-east-1:444455556666:key/${"0".repeat(8)}`;
    await expect(describeKey(foreign)).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("S3: returns a bucket's default encryption", async () => {
    aws.buckets.set("plain", { objects: new Map() });
    aws.buckets.set("owned", { objects: new Map(), encryption: { algorithm: "aws:kms", key: KEY } });
    const { endpoint, credentials } = aws;
    const s3 = new S3Client({ region: "us-east-1", endpoint, credentials, forcePathStyle: true });
    const encryptionOf = async (Bucket: string) =>
      (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]
        ?.ApplyServerSideEncryptionByDefault;
    expect(await encryptionOf("plain")).toEqual({ SSEAlgorithm: "AES256" });
    expect(await encryptionOf("owned")).toEqual({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY });
  });

  it.each(["line\nbreak", "é at first"])("SNS: refuses the subject %j, which the stand-in accepts", async (Subject) => {
    const { endpoint, credentials } = aws;
    const sns = new SNSClient({ region: "us-east-1", endpoint, credentials });
    const TopicArn = aws.sns.createTopic("checked");
    const sent = sns.send(new PublishCommand({ TopicArn, Subject, Message: "x" }));
    await expect(sent).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("SNS: keeps each published text as its reader gets it", async () => {
    const { endpoint, credentials } = aws;
    const sns = new SNSClient({ region: "us-east-1", endpoint, credentials });
    const TopicArn = aws.sns.createTopic("kept");
    const MessageAttributes = { kind: { DataType: "String", StringValue: "training-job" } };
    await sns.send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify({ default: "d", https: "h" }),
        MessageStructure: "json",
        MessageAttributes,
      }),
    );
    expect(aws.sns.publications.at(-1)).toMatchObject({
      messages: { default: "d", https: "h" },
      attributes: { kind: "training-job" },
    });
  });

  it("SQS: hides a received message, makes it visible again, and moves it after the last receive", async () => {
    const dead = aws.createQueue("dead");
    aws.createQueue("work", { visibilitySeconds: 30, deadLetters: { queue: dead, maxReceives: 2 } });
    const { endpoint, credentials } = aws;
    const sqs = new SQSClient({ region: "us-east-1", endpoint, credentials });
    const QueueUrl = `${endpoint}/${ACCOUNT}/work`;
    const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "late", DelaySeconds: 60 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "now" }));
    const [first] = await receive();
    expect(first?.Body).toBe("now");
    expect(await receive()).toEqual([]);
    aws.clock.advance(30_000);
    expect((await receive()).map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(["2"]);
    aws.clock.advance(30_000);
    const [late] = await receive();
    expect({ late: late?.Body, dead: dead.size }).toEqual({ late: "late", dead: 1 });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: late?.ReceiptHandle }));
    aws.clock.advance(60_000);
    expect(await receive()).toEqual([]);
  });
});

describe.skipIf(!moto)("the same cases on moto_server (skipped where it is not on the PATH)", () => {
  afterAll(() => (moto as Moto).stop());
  commonCases(() => moto as Moto);
});
