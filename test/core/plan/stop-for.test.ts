import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { protectedByKey } from "../../../lib/catalogue/protects.ts";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { type Answer, type Answers, lookUpId } from "../../../lib/core/model/look-up.ts";
import { plan } from "../../../lib/core/plan/plan.ts";
import { judgeWithLookUps } from "../../../lib/enforce/judge/resolve.ts";
import { readPolicy } from "../../../lib/policy/read-policy.ts";
import { callOf, KEY, policyOf } from "../../support/build.ts";

const AT = new Date("2026-11-02T09:16:00Z");
const shipped = readPolicy(readFileSync("policy.yaml", "utf8"));
if (!shipped.ok) throw new Error("the shipped policy is faulty");
const { policy } = shipped;
const BUCKET = { ask: "bucket", bucket: "scratch", account: "111122223333", region: "us-east-1" } as const;
const unkeyed: Answers = new Map<string, Answer>([[lookUpId(BUCKET), { is: "bucket", algorithm: "AES256" }]]);

const job = (more: JsonObject = {}, key: string | undefined = KEY) => {
  const keyed = key === undefined ? {} : { VolumeKmsKeyId: key };
  return callOf("CreateTrainingJob", {
    TrainingJobName: "t",
    OutputDataConfig: { KmsKeyId: KEY },
    ResourceConfig: { InstanceType: "ml.m5.large", ...keyed },
    ...more,
  });
};
const checkpoints = (uri: string) => ({ CheckpointConfig: { S3Uri: uri } });
const stopOf = (event: ReturnType<typeof callOf>, by = policy, answers: Answers = unkeyed) => {
  const stop = plan(judge(event, by, answers), by, AT).find((action) => action.do === "stop");
  return stop && "skip" in stop ? stop.skip : stop && "ordered";
};

describe("a violation that justifies a stop", () => {
  it("is, in the shipped policy, any missing key that a caller could have given, and never a bucket", () => {
    expect(policy["stop-for"]).toEqual(protectedByKey);
    expect(policyOf()["stop-for"]).toEqual(protectedByKey);
  });

  it("is a missing key, and not a bucket without a default key", () => {
    const because = { code: "stop-not-justified", protects: ["unkeyed-output"] };
    expect(stopOf(job(checkpoints("s3://scratch/c")))).toEqual(because);
    expect(stopOf(job(checkpoints("s3://scratch/c"), ""))).toBe("ordered");
  });

  it("is one that the policy names: the policy may name fewer things, or buckets too", () => {
    expect(stopOf(job({}, ""), policyOf({ "stop-for": ["output"] }))).toEqual({
      code: "stop-not-justified",
      protects: ["volume"],
    });
    expect(stopOf(job(checkpoints("s3://scratch/c")), policyOf({ "stop-for": ["unkeyed-output"] }))).toBe("ordered");
  });

  it("is not one that an exemption covers", () => {
    const exemption = {
      reason: "r",
      owner: "o@example.com",
      expires: "2027-03-31",
      match: { kind: "training-job", setting: "volume" },
    };
    const exempted = policyOf({ exemptions: [exemption] });
    expect(stopOf(job(checkpoints("s3://scratch/c"), ""), exempted)).toMatchObject({ code: "stop-not-justified" });
  });

  it("must be named by a thing that Keyward knows", () => {
    expect(
      readPolicy(`${readFileSync("policy.yaml", "utf8")}`.replace("  - root-volume\n", "  - rot-volume\n")),
    ).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining("stop-for[1]") }],
    });
  });
});

describe("a bucket with an unknown default does not prevent a stop", () => {
  const AWS_KEY = KEY.replace("1234abcd", "0aaa0000");
  const express = checkpoints("s3://quick--use1-az4--x-s3/c");
  const resolveAs = (answer: Answer) =>
    judgeWithLookUps(job(express, AWS_KEY), {
      policy,
      wait: async () => {},
      resolve: async (lookUp) =>
        lookUp.ask === "key" && lookUp.key === AWS_KEY
          ? answer
          : { is: "key", arn: KEY, manager: "CUSTOMER", state: "Enabled" },
    });

  it("the keys are looked up if no certain violation justifies a stop", async () => {
    const { judgement } = await resolveAs({ is: "key", arn: AWS_KEY, manager: "AWS", state: "Enabled" });
    expect(judgement.verdict).toBe("non-compliant");
    expect(plan(judgement, policy, AT).map((action) => ("skip" in action ? "skipped" : action.do))).toContain("stop");
  });

  it("a look-up that may still be answered is repeated before any action", async () => {
    const answer: Answer = {
      is: "unknown",
      reason: { code: "aws-throttled", error: "t", message: "" },
      retryable: true,
    };
    expect(await resolveAs(answer)).toMatchObject({ unanswered: true, judgement: { verdict: "non-compliant" } });
  });

  it("nothing is looked up once a stop is justified", () => {
    const { lookUps } = judge(job(express, ""), policy, new Map());
    expect(lookUps).toEqual([]);
  });
});
