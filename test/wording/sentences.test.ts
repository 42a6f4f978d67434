import { expect, it } from "vitest";
import type { Reason } from "../../lib/core/model/reason.ts";
import { codes, say } from "../../lib/wording/reasons/say.ts";

const gone: Reason = { code: "gone" };

/** Facts of every code together: each sentence takes those that it needs. */
const facts = {
  of: "record",
  member: "eventID",
  source: "aws.s3",
  type: "Training",
  errorCode: "AccessDenied",
  status: "Stopped",
  paths: ["A", "B"],
  lacks: "settings",
  operation: "DescribeApp",
  answer: gone,
  path: "A.B",
  name: "n",
  maxSteps: 200,
  step: "Train",
  exemption: "one",
  expression: "Std:Join",
  attribute: "output_data_config",
  value: "x",
  replacement: "KmsKeyId",
  max: 5,
  without: "transient-key",
  instanceTypes: ["ml.g5.xlarge", "ml.g5.2xlarge", "ml.g5.4xlarge", "ml.g5.8xlarge"],
  local: ["ml.g5.xlarge"],
  ebs: ["ml.m5.large"],
  unknown: ["ml.zz9.large"],
  pattern: "alias/ml",
  by: "DescribeKey",
  state: "Disabled",
  account: "111122223333",
  region: "us east 1",
  form: "alias",
  bucket: "b",
  algorithm: "AES256",
  key: gone,
  kind: "training-job",
  error: "Error",
  message: "oops",
  service: "KMS",
  stopsPerHour: 3,
  eventID: "e",
  action: "stop",
  hours: 24,
  open: [gone],
  outcome: "failed",
  protects: ["volume"],
  count: 2,
  version: "0123456789ab",
  maxBytes: 1_000,
  ask: "key",
  arn: "arn:aws:sagemaker:us-east-1:aws:pipeline/p",
  partition: "aws-cn",
  because: "metadata",
  condition: "IsProd",
  function: "Fn::Join",
  export: "Key",
  to: "team-churn",
  date: "2026-11-02",
};

it.each(codes)("%s has a sentence with its facts", (code) => {
  const bucket = code === "bucket-for-missing-key" ? gone : facts.bucket;
  const sentence = say({ ...facts, bucket, code } as unknown as Reason);
  expect(sentence).not.toBe(code);
  expect(sentence.trim()).not.toBe("");
  expect(sentence).not.toMatch(/undefined|\[object|NaN/);
});
