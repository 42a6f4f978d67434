import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { handleBatch, PAUSES_SECONDS } from "../../lib/enforce/handle-batch.ts";
import { LEASE_MS } from "../../lib/enforce/store/ledger.ts";
import { deliver } from "../../lib/local/delivery.ts";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import type { Queue } from "../../lib/local/sqs.ts";
import { say } from "../../lib/wording/reasons/say.ts";
import { callOf, KEY } from "../support/build.ts";
import { arnOf, type EmbeddedState, embeddedState, entriesOf, happen, mailsOf, recordOf } from "../support/world.ts";

const batch = (...bodies: string[]) =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body })) }) as unknown as SQSEvent;

describe("handleBatch", () => {
  it("sends a malformed message to the dead-letter queue, unchanged and with the reason; the rest of its batch is handled", async () => {
    const { aws, ports, decisions, deadLetters } = await embeddedState();
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
      ["not json", say({ code: "not-an-object" })],
      ["{}", say({ code: "member-missing", of: "record", member: "eventSource" })],
    ]);
  });

  it("waits longer than a claim after the first delivery, so that the second can take the entry over", () => {
    expect(PAUSES_SECONDS[0] * 1000).toBeGreaterThan(LEASE_MS);
  });

  it("keeps a message that the dead-letter queue does not take", async () => {
    const { ports } = await embeddedState();
    const refusing = { ...ports.queue, sendToDeadLetters: async () => false };
    const { batchItemFailures } = await handleBatch(batch("not json"), ports, refusing);
    expect(batchItemFailures).toEqual([{ itemIdentifier: "m0" }]);
  });

  describe("a message whose handling throws, which only a bug does", () => {
    const broken = async () => {
      const world = await embeddedState();
      const faults: unknown[] = [];
      const parents = { claim: () => Promise.reject(new TypeError("a bug")), release: async () => true };
      const recordFault = (at: unknown, error: unknown) => void faults.push([at, String(error)]);
      const request = { AutoMLJobName: "search", OutputDataConfig: {} };
      const made = { AutoMLJobArn: arnOf("automl-job", "search") };
      const body = JSON.stringify(happen(world.aws, "CreateAutoMLJobV2", request, made));
      return { ...world, faults, body, ports: { ...world.ports, parents, recordFault } };
    };

    it("goes to the dead-letter queue at once, with the fault as the reason", async () => {
      const { ports, body, faults, deadLetters } = await broken();
      expect(await handleBatch(batch(body), ports, ports.queue)).toEqual({ batchItemFailures: [] });
      expect(faults).toEqual([[{ messageId: "m0" }, "TypeError: a bug"]]);
      const reason = say({ code: "fault", error: "TypeError: a bug" });
      expect(deadLetters.peek().map((message) => [message.body, message.attributes.reason])).toEqual([[body, reason]]);
    });

    it("stays in the queue where that fails or throws, without its batch", async () => {
      for (const sendToDeadLetters of [async () => false, () => Promise.reject(new Error("another bug"))]) {
        const { aws, ports, body } = await broken();
        const card = JSON.stringify(
          happen(aws, "CreateModelCard", { ModelCardName: "c", SecurityConfig: { KmsKeyId: KEY } }),
        );
        expect(await handleBatch(batch(body, card), ports, { ...ports.queue, sendToDeadLetters })).toEqual({
          batchItemFailures: [{ itemIdentifier: "m0" }],
        });
      }
    });
  });

  it("through the queue: a stop that is not possible comes back with growing pauses until it is", async () => {
    const { aws, ports, queue, deadLetters } = await embeddedState();
    queue.send("poison");
    queue.send(JSON.stringify(happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb" }, nb)));
    const stops = await playOut(aws, queue, ports, 90);
    // Pending for three minutes.
    expect(stops).toEqual([0, 2, 4]);
    expect({ queue: queue.size, dead: deadLetters.size, status: aws.sagemaker.resources[0]?.status }).toEqual({
      queue: 0,
      dead: 1,
      status: "Stopping",
    });
  });

  it("gives up after a day, and says why", async () => {
    const { aws, ports, queue, deadLetters } = await embeddedState();
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
    // The follow-up goes out with the delivery after which nobody tries again.
    expect(mailsOf(aws).map(({ messages }) => messages.email?.split("\n")[0])).toEqual([
      expect.stringMatching(/and will be stopped/),
      expect.stringMatching(/^Notebook instance nb, reported before, could not be stopped/),
    ]);
    expect(entriesOf(aws)).toMatchObject([
      { state: "waiting", notices: { first: 1, followUp: 1, owesFollowUp: false } },
    ]);
    // Redriven once it can be stopped, it is.
    stuck.status = "InService";
    queue.send(dead?.body ?? "");
    await playOut(aws, queue, ports, 1);
    expect(stuck.status).toMatch(/^Stop/);
    expect(entriesOf(aws)).toMatchObject([{ state: "closed" }]);
    expect(mailsOf(aws)).toHaveLength(2);
  });

  it("an action that has failed for good is tried again for a message that operators redrive, and for no copy", async () => {
    let isRefused = true;
    const { aws, ports, queue, deadLetters } = await embeddedState(undefined, {
      fault: ({ operation }) =>
        isRefused && operation === "AddTags"
          ? { is: "error", name: "ValidationException", message: "no", status: 400 }
          : undefined,
    });
    const request = { TrainingJobName: "t", ResourceConfig: { InstanceType: "ml.m5.large" } };
    const made = { TrainingJobArn: arnOf("training-job", "t") };
    const body = JSON.stringify(happen(aws, "CreateTrainingJob", request, made));
    queue.send(body);
    await playOut(aws, queue, ports, 1);
    expect(entriesOf(aws)).toMatchObject([{ state: "waiting", actions: [{ do: "tag", outcome: "failed" }, {}, {}] }]);
    isRefused = false;
    queue.send(body);
    await playOut(aws, queue, ports, 1);
    expect(aws.sagemaker.resources[0]?.tags.size).toBe(0);
    // SQS's redrive keeps the attributes of a message.
    const [dead] = deadLetters.peek();
    queue.send(dead?.body ?? "", { attributes: dead?.attributes ?? {} });
    await playOut(aws, queue, ports, 1);
    expect(aws.sagemaker.resources[0]?.tags.get("keyward:status")).toBe("non-compliant");
    expect(entriesOf(aws)).toMatchObject([{ state: "closed" }]);
    expect(mailsOf(aws)).toHaveLength(1);
  });
});

const nb = { NotebookInstanceArn: arnOf("notebook-instance", "nb") };

/** Delivers for so many minutes, half a minute at a time; says at which of them a stop was tried. */
async function playOut(
  aws: EmbeddedAws,
  queue: Queue,
  ports: EmbeddedState["ports"],
  minutes: number,
): Promise<number[]> {
  const tried: number[] = [];
  for (let half = 0; half < minutes * 2 && queue.size > 0; half++) {
    const before = aws.calls.length;
    while ((await deliver(queue, (event) => handleBatch(event, ports, ports.queue))) > 0);
    if (aws.calls.slice(before).some(({ operation }) => operation.startsWith("Stop"))) tried.push(half / 2);
    aws.clock.advance(30_000);
  }
  return tried;
}
