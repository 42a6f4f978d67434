import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLookUps } from "../../lib/compose/look-ups.ts";
import type { LookUp } from "../../lib/core/model/look-up.ts";
import { judgeWithLookUps } from "../../lib/enforce/judge/resolve.ts";
import { callOf, policyOf } from "../support/build.ts";
import { type Moto, startMoto } from "../support/moto-server.ts";

const keys: Record<string, string> = {};
const ACCOUNT = "123456789012";
let server: Moto | undefined;

/** The same look-ups on an AWS by another author. */
describe("keys and buckets on moto_server", () => {
  beforeAll(async () => {
    server = await startMoto();
    if (!server) return;
    const kms = new KMSClient({ ...server, region: "us-east-1" });
    const s3 = new S3Client({ ...server, region: "us-east-1", forcePathStyle: true });
    const create = async (name: string, more: object = {}) => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand(more));
      keys[name] = KeyMetadata?.Arn ?? "";
      return { KeyId: KeyMetadata?.KeyId ?? "" };
    };
    const { KeyId } = await create("own");
    keys.id = KeyId;
    await kms.send(new CreateAliasCommand({ AliasName: "alias/ml", TargetKeyId: KeyId }));
    await kms.send(new EnableKeyRotationCommand({ KeyId: (await create("rotated")).KeyId }));
    await kms.send(new DisableKeyCommand(await create("disabled")));
    await kms.send(new ScheduleKeyDeletionCommand(await create("pending")));
    await create("multi", { MultiRegion: true });
    const bucket = async (name: string, SSEAlgorithm?: ServerSideEncryption, key?: string) => {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      if (!SSEAlgorithm) return;
      const rule = { SSEAlgorithm, ...(key ? { KMSMasterKeyID: key } : {}) };
      const Rules = [{ ApplyServerSideEncryptionByDefault: rule }];
      await s3.send(new PutBucketEncryptionCommand({ Bucket: name, ServerSideEncryptionConfiguration: { Rules } }));
    };
    await bucket("plain");
    await bucket("sse-s3", "AES256");
    await bucket("keyed", "aws:kms", keys.own);
    await bucket("aws-s3", "aws:kms");
  });

  beforeEach(({ skip }) => skip(!server, "moto_server is not on the PATH"));
  afterAll(() => server?.stop());

  const judged = async (rules: object, request: object) => {
    const policy = policyOf({ keys: { accept: "customer-managed", ...rules } });
    const { endpoint = "", credentials } = server ?? {};
    const look = createLookUps({
      policy,
      target: { endpoint, ...(credentials ? { credentials } : {}) },
      now: () => new Date(),
    });
    const resolve = async (lookUp: LookUp) => (await look(lookUp)).answer;
    const job = { TrainingJobName: "churn", ResourceConfig: { InstanceType: "ml.g5.xlarge" }, ...request };
    const call = { ...callOf("CreateTrainingJob", job), account: ACCOUNT };
    const { judgement } = await judgeWithLookUps(call, { policy, resolve, wait: async () => {} });
    return judgement.settings.filter(({ is }) => is !== "not-applicable");
  };

  it.each([
    ["own", {}, "accepted", /"customer-managed"/],
    ["id", {}, "accepted", /"customer-managed"/],
    ["multi", {}, "accepted", /"customer-managed"/],
    ["disabled", {}, "rejected", /"Disabled"/],
    ["pending", {}, "rejected", /"PendingDeletion"/],
    ["rotated", { "require-rotation": true }, "accepted", /"customer-managed"/],
    ["own", { "require-rotation": true }, "rejected", /"key-not-rotated"/],
    ["own", { accept: "listed", allow: ["alias/m*"] }, "accepted", /"key-allowed","pattern":"alias\/m\*"/],
    ["rotated", { accept: "listed", allow: ["alias/m*"] }, "rejected", /"key-not-listed"/],
    ["own", { deny: ["alias/ml"] }, "rejected", /"key-denied","pattern":"alias\/ml"/],
  ])("the key %s under %j is %s", async (name, rules, is, reason) => {
    const [setting] = await judged(rules, { OutputDataConfig: { KmsKeyId: keys[name] ?? "" } });
    expect(setting).toMatchObject({ is });
    expect(JSON.stringify(setting?.reason)).toMatch(reason);
  });

  it.each([
    ["alias/ml", "accepted"],
    ["arn:aws:kms:us-east-1:123456789012:alias/ml", "accepted"],
    ["alias/nothing", "undetermined"],
    ["0000abcd-12ab-34cd-56ef-1234567890ab", "undetermined"],
  ])("%s is %s", async (key, is) => {
    expect(await judged({}, { OutputDataConfig: { KmsKeyId: key } })).toMatchObject([{ is }]);
  });

  it.each([
    ["plain", "missing"],
    ["sse-s3", "missing"],
    ["keyed", "accepted"],
    ["aws-s3", "rejected"],
    ["not-there", "undetermined"],
  ])("checkpoints in %s are %s", async (bucket, is) => {
    const request = { OutputDataConfig: { KmsKeyId: keys.own }, CheckpointConfig: { S3Uri: `s3://${bucket}/c` } };
    const settings = await judged({}, request);
    expect(settings.find(({ path }) => path === "CheckpointConfig.S3Uri")).toMatchObject({ is });
  });
});
