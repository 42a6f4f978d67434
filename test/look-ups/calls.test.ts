import { describe, expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import type { WireRequest } from "../../lib/local/wire.ts";
import { KEY, policyOf } from "../support/build.ts";
import { lookUpsOfAll } from "../support/look-ups.ts";
import { startWireProxy } from "../support/wire-proxy.ts";
import { arnOf, embeddedState, firstDelivery, happen, portsOn } from "../support/world.ts";
import { FIRST } from "./job.ts";

describe("the look-ups of each kind of event in a new container", () => {
  it("are those of look-ups.json, for the first event that passes and the first that fails", async () => {
    const facts = await lookUpsOfAll();
    await expect(`${JSON.stringify(facts, null, 2)}\n`).toMatchFileSnapshot("look-ups.json");
    const failing = Object.entries(facts).flatMap(([operation, { fail }]) => (fail === "none" ? [operation] : []));
    expect(failing.length).toBeGreaterThan(30);
  });
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
    "with a cache of %i minutes looks up the same key and bucket of 1,000 events %i times",
    async (minutes, times) => {
      const { aws, ports } = await embeddedState(managed(minutes));
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
    120_000,
  );
});

describe("a non-compliant event that nobody else works on", () => {
  it("costs six calls, at most five one after the other, and the stop is the third", async () => {
    const state = await embeddedState();
    const { aws } = state;
    const nameOf = ({ operation, raw }: WireRequest) =>
      operation === "PutObject" ? `${operation} ${raw.url.pathname.split("/")[2]}` : operation;
    // AddTags must not be waited for: its answer comes only when the stop has been sent.
    const proxy = await startWireProxy(aws.endpoint, nameOf, { AddTags: "StopTrainingJob" });
    const target = { endpoint: proxy.endpoint, credentials: aws.credentials, timeoutMs: 120_000 };
    const ports = portsOn(aws, policyOf(), { target });
    const request = { TrainingJobName: "t", ResourceConfig: { InstanceType: "ml.m5.large" } };
    const event = happen(aws, "CreateTrainingJob", request, { TrainingJobArn: arnOf("training-job", "t") });
    expect(await respond(event, ports, firstDelivery(state))).toMatchObject({ next: "done" });
    const order = [...proxy.seen].sort((a, b) => a.depth - b.depth || a.name.localeCompare(b.name));
    expect(order).toEqual([
      { name: "PutObject ledger", depth: 1 },
      { name: "AddTags", depth: 2 },
      { name: "PutObject limiter", depth: 2 },
      { name: "StopTrainingJob", depth: 3 },
      { name: "Publish", depth: 4 },
      { name: "PutObject ledger", depth: 5 },
    ]);
  });
});
