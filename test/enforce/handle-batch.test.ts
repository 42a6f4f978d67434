import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import { deliver } from "../../lib/local/delivery.ts";
import { KEY, policyOf } from "../support/build.ts";
import { arnOf, happen, worldOf } from "../support/world.ts";

const batch = (...bodies: string[]) =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body })) }) as unknown as SQSEvent;

describe("handleBatch", () => {
  it("returns what is malformed alone; the rest of its batch is handled", async () => {
    const { aws, ports, decisions } = await worldOf();
    const good = JSON.stringify(
      happen(aws, "CreateModelCard", { ModelCardName: "c", SecurityConfig: { KmsKeyId: KEY } }),
    );
    const { batchItemFailures } = await handleBatch(batch(good, "not json", "{}", good, "[1]"), ports);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["m1", "m2", "m4"]);
    expect(decisions.map(({ verdict }) => verdict).sort()).toEqual([
      "compliant",
      "compliant",
      "malformed",
      "malformed",
      "malformed",
    ]);
  });

  it("returns a message whose handling threw, and says so", async () => {
    const { aws, ports } = await worldOf();
    const faults: unknown[] = [];
    const broken = {
      ...ports,
      tag: () => Promise.reject(new Error("a bug")),
      recordFault: (id: string, error: unknown) => void faults.push([id, String(error)]),
    };
    const body = JSON.stringify(
      happen(aws, "CreateModelCard", { ModelCardName: "c" }, { ModelCardArn: arnOf("model-card", "c") }),
    );
    expect(await handleBatch(batch(body), broken)).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
    expect(faults).toEqual([["m0", "Error: a bug"]]);
  });

  it("through the queue: a poison message ends in the dead-letter queue, a deferred stop does not", async () => {
    const { aws, ports } = await worldOf(policyOf());
    const deadLetters = aws.createQueue("dead");
    const queue = aws.createQueue("events", {
      visibilitySeconds: 180,
      deadLetters: { queue: deadLetters, maxReceives: 20 },
    });
    queue.send("poison");
    queue.send(
      JSON.stringify(
        happen(
          aws,
          "CreateNotebookInstance",
          { NotebookInstanceName: "nb" },
          { NotebookInstanceArn: arnOf("notebook-instance", "nb") },
        ),
      ),
    );
    for (let minute = 0; minute < 90 && queue.size > 0; minute++) {
      while ((await deliver(queue, (event) => handleBatch(event, ports))) > 0);
      aws.clock.advance(60_000);
    }
    expect({ queue: queue.size, dead: deadLetters.size, status: aws.sagemaker.resources[0]?.status }).toEqual({
      queue: 0,
      dead: 1,
      status: "Stopped",
    });
  });
});
