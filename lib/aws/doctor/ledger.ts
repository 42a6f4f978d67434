import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Fact, Ledger } from "../../doctor/facts.ts";
import { ask, known, optionsIn } from "./ask.ts";

/**
 * The settings of the ledger's bucket. S3 refuses a bucket of another account in the same words as one that the caller may
 * not read, so the list of the account's own buckets says whose it is.
 */
export async function readLedger(region: string, bucket: string, account: string): Promise<Ledger> {
  const client = new S3Client(optionsIn(region));
  const at = { Bucket: bucket, ExpectedBucketOwner: account };
  const [own, encryption, publicBlocked, versioned, lockDays] = await Promise.all([
    ask("s3:ListAllMyBuckets", async () => {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({ Prefix: bucket }));
      return Buckets.some(({ Name }) => Name === bucket);
    }),
    ask("s3:GetEncryptionConfiguration", async () => {
      const answer = await client.send(new GetBucketEncryptionCommand(at));
      const rule = answer.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
      return { algorithm: rule?.SSEAlgorithm ?? "AES256", key: rule?.KMSMasterKeyID };
    }),
    ask("s3:GetBucketPublicAccessBlock", async () => {
      const { PublicAccessBlockConfiguration: block } = await client.send(new GetPublicAccessBlockCommand(at));
      const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = block ?? {};
      return [BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets].every((one) => one === true);
    }),
    ask("s3:GetBucketVersioning", async () => {
      const { Status } = await client.send(new GetBucketVersioningCommand(at));
      return Status === "Enabled";
    }),
    ask("s3:GetBucketObjectLockConfiguration", async () => {
      const answer = await client.send(new GetObjectLockConfigurationCommand(at));
      return answer.ObjectLockConfiguration?.Rule?.DefaultRetention?.Days;
    }),
  ]);
  return {
    bucket,
    own,
    encryption: orElse(encryption, { algorithm: "AES256", key: undefined }),
    publicBlocked: orElse(publicBlocked, false),
    versioned,
    lockDays: orElse(lockDays, undefined),
  };
}

/** A configuration that is not there is one that is not set. */
const orElse = <T>(fact: Fact<T>, value: T): Fact<T> => (fact.is === "absent" ? known(value) : fact);
