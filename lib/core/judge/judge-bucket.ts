import { questionId } from "../model/question.ts";
import type { Question, SettingVerdict } from "../model/types.ts";
import { judgeKey } from "./judge-key.ts";
import type { Rules } from "./rules.ts";
import { type Place, placeOf } from "./s3-location.ts";

export interface BucketJudgement extends Pick<SettingVerdict, "is" | "because" | "key"> {
  readonly question?: Question;
}

/**
 * Judges what a bucket encrypts with where nobody names a key, by the same key rules. Algorithms: S3 User Guide, "Setting
 * default server-side encryption behavior for S3 buckets"; since January 2023 every bucket has at least SSE-S3.
 */
export function judgeBucket(uri: string, rules: Rules): BucketJudgement {
  const place: Place = placeOf(uri);
  switch (place.is) {
    case "unclear":
      return { is: "undetermined", because: place.because };
    case "directory-bucket":
      return { is: "missing", because: DIRECTORY };
    case "bucket":
      return judgeDefault(place.name, rules);
    default:
      return place satisfies never;
  }
}

/** API Reference of OutputDataConfig: SageMaker writes to directory buckets under SSE-S3 and takes no KMS key for them. */
export const DIRECTORY =
  "a directory bucket (S3 Express One Zone), for which SageMaker takes no KMS key: it is under S3's own";

function judgeDefault(bucket: string, rules: Rules): BucketJudgement {
  const question: Question = { ask: "bucket", bucket, ...rules.caller };
  const answer = rules.answers.get(questionId(question));
  if (answer === undefined) {
    return { is: "undetermined", because: `the default encryption of ${bucket} has not been looked up`, question };
  }
  if (answer.is !== "bucket") {
    const why = answer.is === "unknown" ? answer.because : "S3 did not answer with it";
    return { is: "undetermined", because: `the default encryption of ${bucket} is not known (${why})` };
  }
  if (!answer.algorithm.startsWith("aws:kms")) {
    return { is: "missing", because: `${bucket} encrypts by default with S3's own keys (${answer.algorithm})` };
  }
  const key = answer.key ?? "alias/aws/s3";
  const {
    is,
    because,
    question: asked,
  } = judgeKey(key, rules.caller, rules.policy.keys, (one) => rules.answers.get(questionId(one)));
  const told = `the default key of ${bucket}: ${because}`;
  return { is, key, because: told, ...(asked ? { question: asked } : {}) };
}
