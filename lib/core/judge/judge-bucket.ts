import type { Json } from "../model/json.ts";
import { answerTo, type LookUp } from "../model/look-up.ts";
import { whyUnresolved } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";
import type { SettingVerdict } from "../model/types.ts";
import { bucketUriOf, type S3Location, s3LocationOf } from "../read/s3-location.ts";
import { judgeKey } from "./judge-key.ts";
import type { Rules } from "./rules.ts";

/** The verdict on a bucket's default encryption, and the look-up that it still needs. */
export interface BucketVerdict extends Pick<SettingVerdict, "is" | "key"> {
  readonly reason: Reason;
  readonly lookUp?: LookUp;
}

/** Judges the bucket of an S3 location. An unresolved value is judged if its known first part names the bucket. */
export function judgeLocation(value: Json, rules: Rules): BucketVerdict {
  const uri = bucketUriOf(value);
  if (uri !== undefined) return judgeBucket(uri, rules);
  return { is: "undetermined", reason: whyUnresolved(value) ?? { code: "not-a-string" } };
}

/**
 * Judges the default encryption of a bucket by the policy's key rules. Every bucket has at least SSE-S3 since January
 * 2023 (S3 User Guide, "Setting default server-side encryption behavior for S3 buckets"). SageMaker uses no KMS key for
 * a directory bucket (API Reference of OutputDataConfig).
 */
function judgeBucket(uri: string, rules: Rules): BucketVerdict {
  const location: S3Location = s3LocationOf(uri);
  switch (location.is) {
    case "unclear":
      return { is: "undetermined", reason: location.reason };
    case "directory-bucket":
      return { is: "missing", reason: { code: "directory-bucket" } };
    case "bucket":
      return judgeDefault(location.name, rules);
    default:
      return location satisfies never;
  }
}

function judgeDefault(bucket: string, { origin, keys, answers }: Rules): BucketVerdict {
  const { account, region } = origin;
  const lookUp: LookUp = { ask: "bucket", bucket, account, region };
  const answer = answerTo(lookUp, answers);
  if (answer === undefined) return { is: "undetermined", reason: { code: "needs-bucket", bucket }, lookUp };
  if (answer.is !== "bucket") {
    const why = answer.is === "unknown" ? answer.reason : NO_BUCKET_ANSWER;
    return { is: "undetermined", reason: { code: "bucket-unanswered", bucket, answer: why } };
  }
  if (!answer.algorithm.startsWith("aws:kms")) {
    return { is: "missing", reason: { code: "bucket-under-s3-keys", bucket, algorithm: answer.algorithm } };
  }
  const key = answer.key ?? "alias/aws/s3";
  const byKey = judgeKey(key, origin, keys, answers);
  const reason: Reason = { code: "bucket-default", bucket, key: byKey.reason };
  return byKey.lookUp ? { is: byKey.is, key, reason, lookUp: byKey.lookUp } : { is: byKey.is, key, reason };
}

const NO_BUCKET_ANSWER = { code: "incomplete-answer", service: "S3", lacks: "a default encryption" } as const;
