import { describe, expect, it } from "vitest";
import { createS3Store } from "../../lib/aws/s3.ts";
import { createPublisher } from "../../lib/aws/sns.ts";
import { createQueues } from "../../lib/aws/sqs.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import type { Mail } from "../../lib/wording/mail/mail.ts";
import { BUCKET, embeddedState } from "../support/world.ts";

const REFUSED: Fault = { is: "error", name: "InvalidParameter", message: "no", status: 400 };
const MAIL: Mail = { subject: "s", default: "d", email: "e", chat: "c", attributes: {} } as unknown as Mail;

/** The adapters on an embedded AWS that answers one operation with a fault, `times` times. */
async function adapters(operation?: string, fault: Fault = REFUSED, times = 99) {
  let left = times;
  const state = await embeddedState(undefined, {
    fault: (request) => (request.operation === operation && left-- > 0 ? fault : undefined),
  });
  const { aws } = state;
  const { endpoint, credentials } = aws;
  const target = { region: "us-east-1", endpoint, credentials };
  const queuesOf = (name: string) => `${endpoint}/111122223333/${name}`;
  return {
    ...state,
    store: createS3Store(target, BUCKET, "111122223333"),
    publish: createPublisher(target, aws.sns.createTopic("users")),
    queues: createQueues(target, { queueUrl: queuesOf("events"), deadLettersUrl: queuesOf("dead-letters") }),
    made: (name: string) => aws.calls.filter((call) => call.operation === name).length,
  };
}

describe("S3", () => {
  it("creates once, and replaces only what nobody else has written", async () => {
    const { store } = await adapters();
    const created = await store.create("k", { n: 1 });
    expect(created).toMatchObject({ is: "written" });
    expect(await store.create("k", { n: 2 })).toEqual({ is: "refused" });
    const etag = created.is === "written" ? created.etag : "";
    expect(await store.replace("k", { n: 3 }, etag)).toMatchObject({ is: "written" });
    expect(await store.replace("k", { n: 4 }, etag)).toEqual({ is: "refused" });
    expect(await store.read("k")).toMatchObject({ is: "found", value: { n: 3 } });
    expect(await store.read("none")).toEqual({ is: "absent" });
  });

  it.each([
    ["PreconditionFailed", 412],
    ["ConditionalRequestConflict", 409],
  ])("%s is a refusal", async (name, status) => {
    const { store } = await adapters("PutObject", { is: "error", name, message: "no", status });
    expect(await store.create("k", {})).toEqual({ is: "refused" });
    expect(await store.replace("k", {}, "e")).toEqual({ is: "refused" });
  });

  it("tries once again after a 409, when the other write is over", async () => {
    const conflict: Fault = { is: "error", name: "ConditionalRequestConflict", message: "no", status: 409 };
    const once = await adapters("PutObject", conflict, 1);
    expect(await once.store.create("k", { n: 1 })).toMatchObject({ is: "written" });
    expect(await once.store.read("k")).toMatchObject({ value: { n: 1 } });
    expect(once.made("PutObject")).toBe(2);
    const always = await adapters("PutObject", conflict);
    expect(await always.store.create("k", {})).toEqual({ is: "refused" });
    expect(always.made("PutObject")).toBe(2);
    const refused = await adapters("PutObject", { ...conflict, name: "PreconditionFailed", status: 412 });
    expect(await refused.store.create("k", {})).toEqual({ is: "refused" });
    expect(refused.made("PutObject")).toBe(1);
  });

  it("another failure is none", async () => {
    const { store } = await adapters("PutObject", { is: "error", name: "AccessDenied", message: "no", status: 403 });
    expect(await store.create("k", {})).toMatchObject({ is: "unavailable", retryable: false });
  });

  it("gives S3's own time, and the time of the write", async () => {
    const { store, aws } = await adapters();
    const start = aws.clock.now();
    expect(await store.create("k", {})).toMatchObject({ at: start });
    aws.clock.advance(60_000);
    const later = new Date(start.getTime() + 60_000);
    expect(await store.read("k")).toMatchObject({ at: later, writtenAt: start });
  });

  it("refuses a bucket of another account", async () => {
    const { store, aws } = await adapters();
    aws.buckets.set(BUCKET, { objects: new Map(), owner: "444455556666" });
    expect(await store.create("k", {})).toMatchObject({ is: "unavailable", retryable: false });
  });
});

describe("SNS", () => {
  it("publishes once, also where no answer comes", async () => {
    const { publish, made } = await adapters("Publish", { is: "reset", after: true });
    expect(await publish(MAIL)).toMatchObject({ is: "failed", unanswered: true, retryable: true });
    expect(made("Publish")).toBe(1);
  });

  it("says that it refused", async () => {
    const { publish } = await adapters("Publish");
    const result = await publish(MAIL);
    expect(result).toMatchObject({ is: "failed", retryable: false });
    expect(result).not.toHaveProperty("unanswered");
  });
});

describe("SQS", () => {
  it("takes a dead letter into the dead-letter queue, with the reason", async () => {
    const { queues, deadLetters, queue } = await adapters();
    expect(await queues.sendToDeadLetters("body", [{ code: "gone" }])).toBe(true);
    expect(queue.size).toBe(0);
    expect(deadLetters.peek()).toMatchObject([{ body: "body" }]);
    expect(JSON.stringify(deadLetters.peek())).toContain("reason");
  });

  it("says that a dead letter was not taken", async () => {
    const { queues, deadLetters } = await adapters("SendMessage");
    expect(await queues.sendToDeadLetters("body", [{ code: "gone" }])).toBe(false);
    expect(deadLetters.size).toBe(0);
  });

  it("a visibility that cannot be changed is no failure", async () => {
    const { queues } = await adapters("ChangeMessageVisibility");
    expect(await queues.changeVisibility("receipt", 60)).toBeUndefined();
  });
});
