import { describe, expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import { KEY, policyOf } from "../support/build.ts";
import { embeddedState, happen } from "../support/world.ts";
import { enforceJob, FIRST } from "./job.ts";

const AWS_OWN = "arn:aws:kms:us-east-1:111122223333:key/0aaa0000-aaaa-4000-8000-aaaaaaaaaaaa";
const keys = [
  { arn: KEY, manager: "CUSTOMER" as const },
  { arn: AWS_OWN, manager: "AWS" as const },
];
const DEFAULTS = {
  keyed: { encryption: { algorithm: "aws:kms", key: KEY } },
  dsse: { encryption: { algorithm: "aws:kms:dsse", key: KEY } },
  "aws-s3": { encryption: { algorithm: "aws:kms" } },
  "aws-key": { encryption: { algorithm: "aws:kms", key: AWS_OWN } },
  "sse-s3": { encryption: { algorithm: "AES256" } },
  denied: { denied: true },
  "far-away": { region: "eu-west-1", encryption: { algorithm: "aws:kms", key: KEY } },
};

/** Checkpoints have no key member, so default-for-missing-key makes no difference for them. */
const unkeyed = [
  ["keyed", "accepted", /"bucket-default","bucket":"keyed","key":{"code":"customer-managed"/],
  ["dsse", "accepted", /"bucket-default","bucket":"dsse"/],
  ["aws-s3", "rejected", /"bucket-default","bucket":"aws-s3","key":{"code":"aws-managed","by":"name"/],
  ["aws-key", "rejected", /"aws-managed","by":"DescribeKey"/],
  ["sse-s3", "missing", /"bucket-under-s3-keys","bucket":"sse-s3","algorithm":"AES256"/],
  ["denied", "undetermined", /AccessDenied/],
  ["far-away", "accepted", /"bucket":"far-away","key":{"code":"customer-managed"/],
  ["not-there", "undetermined", /NoSuchBucket/],
  ["ml--use1-az4--x-s3", "missing", /"directory-bucket"/],
  ["Upper-Case", "undetermined", /"not-a-bucket-name","name":"Upper-Case"/],
  ["arn:aws:s3:us-east-1:111122223333:accesspoint/ml", "undetermined", /"access-point","form":"ARN"/],
  ["ml-abcdefgh-s3alias", "undetermined", /"access-point","form":"alias"/],
] as const;

describe("data without a key member, judged by its bucket's default", () => {
  it.each(unkeyed)("in the bucket %s is %s", async (bucket, is, reason) => {
    const policy = policyOf({ keys: { accept: "customer-managed", allow: [] } });
    const request = {
      OutputDataConfig: { S3OutputPath: "s3://keyed/out", KmsKeyId: KEY },
      CheckpointConfig: { S3Uri: `s3://${bucket}/checkpoints` },
    };
    const { decision, running } = await enforceJob(policy, request, { keys, buckets: DEFAULTS });
    const found = decision.settings.find(({ path }) => path === "CheckpointConfig.S3Uri");
    expect(found).toMatchObject({ protects: "unkeyed-output", is });
    expect(JSON.stringify(found?.reason)).toMatch(reason);
    // A bucket without a default key stops nothing, unless the policy's stop-for names it.
    expect(running).toBe(true);
    const stopping = policyOf({ keys: { accept: "customer-managed", allow: [] }, "stop-for": ["unkeyed-output"] });
    const stopped = await enforceJob(stopping, request, { keys, buckets: DEFAULTS });
    expect(stopped.running).toBe(is === "accepted" || is === "undetermined");
  });

  it("is not looked up if the policy does not require it", async () => {
    const policy = policyOf({ buckets: { unkeyed: false } });
    const request = { OutputDataConfig: { KmsKeyId: KEY }, CheckpointConfig: { S3Uri: "s3://sse-s3/checkpoints" } };
    const { decision, asked } = await enforceJob(policy, request, { buckets: DEFAULTS });
    expect({ verdict: decision.verdict, asked }).toEqual({ verdict: "compliant", asked: [] });
  });
});

/** A missing output key: [the output's bucket, whether the policy accepts the bucket's default] → the verdict. */
const missing = [
  ["keyed", false, "missing", /"no-key","without":"aws-managed-s3"/, 0],
  ["keyed", true, "accepted", /"bucket-for-missing-key",.*"bucket-default","bucket":"keyed"/, 1],
  ["aws-s3", true, "missing", /"bucket-for-missing-key",.*"bucket":"aws-s3","key":{"code":"aws-managed"/, 1],
  ["sse-s3", true, "missing", /"bucket-for-missing-key",.*"bucket-under-s3-keys","bucket":"sse-s3"/, 1],
  ["denied", true, "undetermined", /"bucket-for-missing-key",.*AccessDenied/, 1],
  ["not-there", true, "undetermined", /NoSuchBucket/, 1],
  ["ml--use1-az4--x-s3", true, "missing", /"output-to-directory-bucket"/, 0],
  ["ml--use1-az4--x-s3", false, "missing", /"output-to-directory-bucket"/, 0],
  ["arn:aws:s3:us-east-1:111122223333:accesspoint/ml", true, "undetermined", /"access-point"/, 0],
] as const;

describe("a missing output key", () => {
  it.each(missing)("in %s with default-for-missing-key %s is %s", async (bucket, forgiven, is, reason, looks) => {
    const policy = policyOf({
      keys: { accept: "customer-managed" },
      buckets: { unkeyed: false, "default-for-missing-key": forgiven },
    });
    const request = { OutputDataConfig: { S3OutputPath: `s3://${bucket}/out` } };
    const { decision, asked, running } = await enforceJob(policy, request, { keys, buckets: DEFAULTS });
    expect(decision.settings[0]).toMatchObject({ path: "OutputDataConfig.KmsKeyId", is });
    expect(JSON.stringify(decision.settings[0]?.reason)).toMatch(reason);
    expect(asked.filter((operation) => operation === "GetBucketEncryption")).toHaveLength(looks);
    expect(running).toBe(is !== "missing");
  });

  it.each([
    ["keyed", "accepted"],
    ["sse-s3", "missing"],
    ["denied", "undetermined"],
  ])("needs the default of every bucket that it is used for: keyed and %s", async (second, is) => {
    const policy = policyOf({
      keys: { accept: "customer-managed" },
      buckets: { unkeyed: false, "default-for-missing-key": true },
    });
    const variant = (bucket: string) => ({ S3OutputPath: "s3://keyed/a", S3FailurePath: `s3://${bucket}/b` });
    const config = { AsyncInferenceConfig: { OutputConfig: variant(second) }, ProductionVariants: SERVERLESS };
    const { aws, ports } = await embeddedState(policy, { keys });
    for (const [name, bucket] of Object.entries(DEFAULTS)) aws.buckets.set(name, { ...bucket, objects: new Map() });
    const { decision } = await respond(happen(aws, "CreateEndpointConfig", config), ports, { ...FIRST, receives: 5 });
    expect(decision.settings.find(({ protects }) => protects === "async-output")).toMatchObject({ is });
  });
});

const SERVERLESS = [{ VariantName: "a", ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 1 } }];

describe("the buckets of outputs and inputs", () => {
  const request = {
    OutputDataConfig: { S3OutputPath: "s3://sse-s3/out", KmsKeyId: KEY },
    InputDataConfig: [{ ChannelName: "train", DataSource: { S3DataSource: { S3Uri: "s3://sse-s3/in" } } }],
  };
  it.each([
    ["output", "OutputDataConfig.S3OutputPath", "output-bucket"],
    ["input", "InputDataConfig[0].DataSource.S3DataSource.S3Uri", "input-bucket"],
  ])("are judged if the policy requires it: %s", async (use, path, protects) => {
    const { decision } = await enforceJob(policyOf({ buckets: { [use]: true } }), request, { keys, buckets: DEFAULTS });
    expect(decision.settings.filter(({ is }) => is === "missing")).toMatchObject([{ path, protects }]);
    const without = await enforceJob(policyOf(), request, { keys, buckets: DEFAULTS });
    expect(without).toMatchObject({ decision: { verdict: "compliant" }, asked: [] });
  });
});
