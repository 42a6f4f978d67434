import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import { deliver } from "../../lib/local/delivery.ts";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import type { Queue } from "../../lib/local/sqs.ts";
import { callOf, KEY } from "../support/build.ts";
import { arnOf, entriesOf, happen, mailsOf, recordOf, type World, worldOf } from "../support/world.ts";

const batch = (...bodies: string[]) =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body })) }) as unknown as SQSEvent;

describe("handleBatch", () => {
  it("buries what is malformed, as it came and with the reason; the rest of its batch is handled", async () => {
    const { aws, ports, decisions, deadLetters } = await worldOf();
    const card = { ModelCardName: "c", SecurityConfig: { KmsKeyId: KEY } };
    const good = JSON.stringify(happen(aws, "CreateModelCard", card));
    const { batchItemFailures } = await handleBatch(batch(good, "not json", "{}", good), ports, ports.queue);
    expect(batchItemFailures).toEqual([]);
    expect(decisions.map(({ verdict }) => verdict).sort()).toEqual([
      "compliant",
      "compliant",
      "malformed",
      "malformed",
    ]);
    expect(deadLetters.peek().map(({ body, attributes }) => [body, attributes.reason])).toEqual([
      ["not json", "not a JSON object"],
      ["{}", "not a CloudTrail record: it has no eventSource"],
    ]);
  });

  it("keeps what it cannot bury", async () => {
    const { ports } = await worldOf();
    const unburied = { ...ports.queue, bury: async () => false };
    const { batchItemFailures } = await handleBatch(batch("not json"), ports, unburied);
    expect(batchItemFailures).toEqual([{ itemIdentifier: "m0" }]);
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
    expect(await handleBatch(batch(body), broken, ports.queue)).toEqual({
      batchItemFailures: [{ itemIdentifier: "m0" }],
    });
    expect(faults).toEqual([["m0", "Error: a bug"]]);
  });

  it("through the queue: a stop that is not possible comes back with growing pauses until it is", async () => {
    const { aws, ports, queue, deadLetters } = await worldOf();
    queue.send("poison");
    queue.send(JSON.stringify(happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb" }, nb)));
    const stops = await playOut(aws, queue, ports, 90);
    // Pending for four minutes.
    expect(stops).toEqual([0, 1, 3, 6]);
    expect({ queue: queue.size, dead: deadLetters.size, status: aws.sagemaker.resources[0]?.status }).toEqual({
      queue: 0,
      dead: 1,
      status: "Stopping",
    });
  });

  it("gives up after a day, and says why", async () => {
    const { aws, ports, queue, deadLetters } = await worldOf();
    const stuck = aws.sagemaker.add({
      kind: "notebook-instance",
      arn: nb.NotebookInstanceArn,
      id: { NotebookInstanceName: "nb" },
      body: {},
      status: "Updating",
    });
    queue.send(JSON.stringify(recordOf(callOf("CreateNotebookInstance", { NotebookInstanceName: "nb" }, nb))));
    await playOut(aws, queue, ports, 26 * 60);
    expect(stuck.status).toBe("Updating");
    const [dead] = deadLetters.peek();
    expect(dead?.attributes.reason).toBe("not finished within 24 hours: stop deferred (it is Updating)");
    expect(mailsOf(aws)).toHaveLength(1);
    expect(entriesOf(aws)).toMatchObject([{ state: "waiting" }]);
    // Redriven once it can be stopped, it is.
    stuck.status = "InService";
    queue.send(dead?.body ?? "");
    await playOut(aws, queue, ports, 1);
    expect(stuck.status).toMatch(/^Stop/);
    expect(entriesOf(aws)).toMatchObject([{ state: "closed" }]);
    expect(mailsOf(aws)).toHaveLength(1);
  });
});

const nb = { NotebookInstanceArn: arnOf("notebook-instance", "nb") };

/** Delivers for so many minutes, half a minute at a time; says at which of them a stop was tried. */
async function playOut(aws: EmbeddedAws, queue: Queue, ports: World["ports"], minutes: number): Promise<number[]> {
  const tried: number[] = [];
  for (let half = 0; half < minutes * 2 && queue.size > 0; half++) {
    const before = aws.calls.length;
    while ((await deliver(queue, (event) => handleBatch(event, ports, ports.queue))) > 0);
    if (aws.calls.slice(before).some(({ operation }) => operation.startsWith("Stop"))) tried.push(half / 2);
    aws.clock.advance(30_000);
  }
  return tried;
}
