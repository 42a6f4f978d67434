import { defined } from "../model/defined.ts";
import { answerTo, type LookUp } from "../model/look-up.ts";
import { whyUnresolved } from "../model/member.ts";
import type { Json, SettingVerdict } from "../model/types.ts";
import { bucketUriOf, type S3Location, s3LocationOf } from "../read/s3-location.ts";
import { judgeKey } from "./judge-key.ts";
import type { Rules } from "./rules.ts";

export interface BucketVerdict extends Pick<SettingVerdict, "is" | "reason" | "key"> {
  readonly lookUp?: LookUp;
}

/** Judges the bucket of a value that names an S3 location; of a value that is not resolved, as far as it is known. */
export function judgeLocation(value: Json, rules: Rules): BucketVerdict {
  const uri = bucketUriOf(value);
  if (uri !== undefined) return judgeBucket(uri, rules);
  return { is: "undetermined", reason: whyUnresolved(value) ?? { code: "not-a-string" } };
}

/**
 * Judges a bucket's default encryption by the policy's key rules: it counts where the request can name no key. Algorithms:
 * S3 User Guide, "Setting default server-side encryption behavior for S3 buckets"; since January 2023 every bucket has at
 * least SSE-S3. A directory bucket takes no KMS key from SageMaker (API Reference of OutputDataConfig).
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

function judgeDefault(bucket: string, { caller, keys, answers }: Rules): BucketVerdict {
  const { account, region } = caller;
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
  const judged = judgeKey(key, caller, keys, answers);
  return {
    is: judged.is,
    key,
    reason: { code: "bucket-default", bucket, key: judged.reason },
    ...defined({ lookUp: judged.lookUp }),
  };
}

const NO_BUCKET_ANSWER = { code: "incomplete-answer", service: "S3", lacks: "a default encryption" } as const;
