import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { readPolicy } from "../../lib/cli/policy-file.ts";
import { startWorld } from "../../lib/cli/start-world.ts";
import { parse } from "../../lib/core/parse.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { KEY, policyOf } from "../support/build.ts";
import { arnOf, BUCKET, happen, portsOn, worldOf } from "../support/world.ts";
import { FIRST } from "./job.ts";

const shipped = readPolicy(readFileSync("policy.yaml", "utf8"));
if (!shipped.ok) throw new Error("the shipped policy is faulty");
const { policy } = shipped;

/** The look-ups that an event costs in a container that has seen nothing before. */
async function lookUpsOf(file: string): Promise<string[]> {
  const { aws } = await startWorld(undefined, undefined, new Date("2026-11-02T09:15:00Z"));
  try {
    aws.buckets.set(BUCKET, { objects: new Map() });
    const event = JSON.parse(readFileSync(join("events", file), "utf8"));
    const call = parse(event);
    if (call.is === "call") aws.sagemaker.apply(call);
    await respond(event, portsOn(aws, policy, { wait: async () => {} }), FIRST);
    const looks = aws.calls.filter(({ operation }) => /^(Describe|GetBucket|List|GetKey)/.test(operation));
    return looks.map(({ operation }) => operation).sort();
  } finally {
    await aws.close();
  }
}

describe("look-ups of each kind of event, nothing seen before", () => {
  it("are these, for the event that passes and the first that fails", async () => {
    const told: Record<string, Record<string, string>> = {};
    for (const { operation } of judgedOperations) {
      const files = operation === "CreateModel" ? [] : readdirSync(`events/${operation}`);
      const chosen = ["pass-", "fail-"].flatMap((prefix) => files.find((file) => file.startsWith(prefix)) ?? []);
      told[operation] = {};
      for (const file of chosen) {
        const looks = await lookUpsOf(join(operation, file));
        told[operation][file.slice(0, 4)] = looks.join(", ") || "none";
      }
    }
    await expect(`${JSON.stringify(told, null, 2)}\n`).toMatchFileSnapshot("look-ups.json");
    const failing = Object.entries(told).flatMap(([operation, { fail }]) => (fail === "none" ? [operation] : []));
    expect(failing.length).toBeGreaterThan(30);
  }, 60_000);
});

describe("a warm container", () => {
  const managed = (minutes: number) =>
    policyOf({ keys: { accept: "customer-managed" }, "look-ups": { "remember-minutes": minutes } });
  const job = (name: string) => ({
    TrainingJobName: name,
    OutputDataConfig: { S3OutputPath: "s3://ml-data/out", KmsKeyId: KEY },
    ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY },
    CheckpointConfig: { S3Uri: "s3://ml-data/checkpoints" },
  });

  it.each([
    [10, 1],
    [0, 1000],
  ])(
    "that remembers for %i minutes asks about the same key and bucket over 1,000 events %i times",
    async (minutes, times) => {
      const { aws, ports } = await worldOf(managed(minutes));
      aws.buckets.set("ml-data", { encryption: { algorithm: "aws:kms", key: KEY }, objects: new Map() });
      for (let i = 0; i < 1000; i++) {
        const event = happen(aws, "CreateTrainingJob", job(`job-${i}`), {
          TrainingJobArn: arnOf("training-job", `job-${i}`),
        });
        const { decision } = await respond(event, ports, FIRST);
        expect(decision.verdict).toBe("compliant");
      }
      const count = (name: string) => aws.calls.filter(({ operation }) => operation === name).length;
      expect([count("DescribeKey"), count("GetBucketEncryption")]).toEqual([times, times]);
      expect(aws.calls).toHaveLength(2 * times);
    },
    60_000,
  );
});
