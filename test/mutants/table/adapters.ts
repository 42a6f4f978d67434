import { mutantsOf } from "../mutant.ts";

/** Bugs in the calls to AWS and in reading its answers. */
export const adapterMutants = [
  ...mutantsOf("lib/aws/s3.ts", [
    ["If-Match is lost", "{ IfMatch: etag }", "{}"],
    ["If-None-Match is lost", '{ IfNoneMatch: "*" }', "{}"],
    ["a 409 is no refusal", "case 409:", "case 410:"],
    [
      "a 409 is not tried again",
      "const again = await writeOnce(key, value, condition);",
      "const again: Written | typeof CONFLICT = CONFLICT;",
    ],
    ["a 412 is no refusal", "case 412:", "case 410:"],
    ["the owner of the bucket is not checked", "Key, ExpectedBucketOwner: owner", "Key"],
    ["the time of a write is the container's", "const at = dateOf();", "const at = new Date();"],
    ["the time of a read is the container's", "at: at() };", "at: new Date() };"],
    ["an object that does not exist counts as a failure", 'error.name === "NoSuchKey"', 'error.name === "NotFound"'],
    ["the time of an object is not when it was written", "writtenAt: LastModified", "writtenAt: at"],
  ]),
  ...mutantsOf("lib/aws/sns.ts", [
    ["the SDK publishes again by itself", "maxAttempts: 1", "maxAttempts: 3"],
    [
      "a mail that was not sent counts as sent",
      "return failureOf(error);",
      'failureOf(error);\n      return { is: "done" };',
    ],
  ]),
  ...mutantsOf("lib/aws/sqs.ts", [
    ["a dead letter that failed counts as sent", "unlessFailed(false, async", "unlessFailed(true, async"],
    ["dead letters go to the queue itself", "QueueUrl: deadLettersUrl", "QueueUrl: queueUrl"],
    [
      "a dead letter has no reason",
      "QueueUrl: deadLettersUrl, MessageBody, MessageAttributes }",
      "QueueUrl: deadLettersUrl, MessageBody }",
    ],
    ["a failed change of the visibility throws", "failureOf(error);\n    return otherwise;", "throw error;"],
  ]),
  ...mutantsOf("lib/aws/sagemaker-stop.ts", [
    [
      "a stop that may have been done by an earlier attempt of the SDK is not known as one",
      "return wasRepeated(error) ? { ...result, hadEffect: true } : result;",
      "return result;",
    ],
    [
      "a resource that is not found shortly after its creation counts as gone",
      'isNew ? NOT_FOUND_YET : { is: "already-done"',
      'isNew === undefined ? NOT_FOUND_YET : { is: "already-done"',
    ],
    [
      "a resource that cannot be stopped yet counts as stopped",
      'return { is: "deferred", reason: { code: "not-yet", status } };',
      'return { is: "already-done", reason: { code: "not-running", status } };',
    ],
    [
      "a refused stop of a running resource counts as stopped",
      'if (kind.stop?.from.includes(status)) return { ...failureOf(error), is: "failed", retryable: true };',
      "",
    ],
    ["a stopped job keeps its warm pool", "if (!order.endWarmPool || ", "if (order.endWarmPool || "],
    ["a stop whose warm pool could not be ended yet gives back its slot", "{ ...ended, hadEffect: true }", "ended"],
    [
      "the token of a pipeline execution's stop is not the same each time",
      'token.padEnd(32, "0")',
      'String(Math.random()).padEnd(32, "0")',
    ],
  ]),
  ...mutantsOf("lib/aws/failure.ts", [
    [
      "a throttled call is a failure for good",
      'retryable: reason.code !== "aws-failed" || $retryable',
      'retryable: (reason.code !== "aws-failed" && reason.code !== "aws-throttled") || $retryable',
    ],
    [
      "a refused call is tried again",
      'retryable: reason.code !== "aws-failed" || $retryable !== undefined',
      "retryable: true",
    ],
    [
      "a call without an answer is not known as one",
      "unanswered: status === undefined ? (true as const) : undefined",
      "unanswered: status === 0 ? (true as const) : undefined",
    ],
    [
      "an error of AWS counts as unanswered",
      "unanswered: status === undefined ? (true as const) : undefined",
      "unanswered: true as const",
    ],
    [
      "a denied call is a failure",
      'if (DENIED.test(name)) return { is: "denied", reason: { code: "aws-denied", ...answer } };',
      "",
    ],
    [
      "a bug counts as a failure of AWS",
      "if (!isFromAws(error)) throw error;",
      "if (!(error instanceof Error)) throw error;",
    ],
  ]),
];
