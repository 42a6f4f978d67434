import type { SQSEvent } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CANARY_DETAIL_TYPE, CANARY_SOURCE, canaryKey, canaryName } from "../../lib/core/model/canary.ts";
import { parseCanary } from "../../lib/core/read/parse-canary.ts";
import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import { CANARY_MAILS_AN_HOUR, createCanaries } from "../../lib/enforce/store/canaries.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import { policyOf } from "../support/build.ts";
import { BUCKET, type EmbeddedState, embeddedState, entriesOf, mailsOf, portsOn } from "../support/world.ts";

const uuid = (n: number) => `3f0c2a9e-7d1b-4c55-9a3e-${String(n).padStart(12, "0")}`;
const ID = uuid(1);

/** An event as EventBridge delivers it after PutEvents. */
const sent = (detail: unknown, more: object = {}) => ({
  version: "0",
  id: "5c2f4b5e-5f5a-4a53-9d3f-1d4f0f6f4f10",
  "detail-type": CANARY_DETAIL_TYPE,
  source: CANARY_SOURCE,
  account: "111122223333",
  region: "us-east-1",
  time: "2026-11-02T09:14:59Z",
  resources: [],
  detail,
  ...more,
});
const canary = (id = ID) => sent({ stack: "keyward-prod", id });
const scheduled = (id = ID) => sent({}, { source: "aws.events", "detail-type": "Scheduled Event", id });
const record = (name: unknown, more: object = {}) => ({
  eventSource: "sagemaker.amazonaws.com",
  eventID: "e3b0c442-98fc-4c14-9afb-000000000001",
  eventName: "CreateNotebookInstanceLifecycleConfig",
  eventTime: "2026-11-02T09:14:59Z",
  awsRegion: "us-east-1",
  recipientAccountId: "111122223333",
  requestParameters: { notebookInstanceLifecycleConfigName: name },
  ...more,
});
const call = (name: unknown, more: object = {}) =>
  sent(record(name, more), { source: "aws.sagemaker", "detail-type": "AWS API Call via CloudTrail" });

const batch = (...events: unknown[]) =>
  ({ Records: events.map((event, i) => ({ messageId: `m${i}`, body: JSON.stringify(event) })) }) as unknown as SQSEvent;

/** An installation whose log is kept. */
async function installation(mode: "observe" | "enforce" | "off" = "observe") {
  const state = await embeddedState(policyOf({ mode }));
  const lines: string[] = [];
  const more = { log: (line: string) => void lines.push(line), stack: "keyward-prod" };
  const container = () => portsOn(state.aws, policyOf({ mode }), more);
  const ports = container();
  const handle = (...events: unknown[]) => handleBatch(batch(...events), ports, ports.queue);
  const log = () => lines.map((line) => JSON.parse(line));
  return { ...state, ports, container, handle, log };
}

const objects = ({ aws }: Pick<EmbeddedState, "aws">) =>
  Object.fromEntries(
    [...(aws.buckets.get(BUCKET)?.objects ?? [])].map(([key, { body }]) => [key, JSON.parse(body.toString())]),
  );
const NOTHING = { batchItemFailures: [] };

describe("a canary event", () => {
  it("leaves an object, one mail to the users and one log line, and nothing that verdicts leave", async () => {
    const world = await installation();
    expect(await world.handle(canary())).toEqual(NOTHING);
    const at = "2026-11-02T09:15:00.000Z";
    expect(objects(world)).toEqual({
      [`canary/event/${ID}.json`]: {
        id: ID,
        sentAt: at,
        receivedAt: at,
        writtenAt: at,
        mail: { is: "sent", at },
      },
      "canary/mails/2026-11-02T09/1.json": { id: ID },
    });
    const [mail, ...others] = world.aws.sns.publications;
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      topicArn: expect.stringMatching(/:keyward$/),
      subject: "Keyward: test mail, nothing to do (111122223333 us-east-1)",
      attributes: { verdict: "test", action: "canary" },
    });
    expect(mail?.messages.email).toMatch(/^This is a test of Keyward; nothing to do\./);
    expect(mail?.messages.email).toContain(ID);
    expect(world.decisions).toEqual([]);
    const [line, ...more] = world.log();
    expect(more).toEqual([]);
    expect(line).toMatchObject({ Canary: 1, Stack: "keyward-prod", canary: "event", id: ID, mail: "sent" });
    expect(line._aws.CloudWatchMetrics[0].Metrics).toEqual([{ Name: "Canary", Unit: "Count" }]);
    expect(world.calls()).toEqual(["Publish"]);
  });

  it("is mailed once, however often it comes and whichever container answers", async () => {
    const world = await installation();
    const other = world.container();
    await Promise.all([world.handle(canary(), canary()), handleBatch(batch(canary()), other, other.queue)]);
    await world.handle(canary());
    expect(mailsOf(world.aws)).toHaveLength(1);
    expect(world.log().map(({ outcome, Canary }) => [outcome, Canary])).toEqual(
      expect.arrayContaining([
        ["recorded", 1],
        ["seen-before", 0],
      ]),
    );
  });

  it("is answered while enforcing; switched off, it is only logged", async () => {
    const enforcing = await installation("enforce");
    await enforcing.handle(canary());
    expect(mailsOf(enforcing.aws)).toHaveLength(1);
    const off = await installation("off");
    expect(await off.handle(canary(), scheduled(), call(canaryName(ID)))).toEqual(NOTHING);
    expect(off.aws.calls).toEqual([]);
    expect(off.log().flatMap(({ outcome }) => outcome ?? [])).toEqual(Array(3).fill("switched-off"));
  });

  it("says why no mail went out, and neither fails nor comes back", async () => {
    const world = await installation();
    const denied = {
      is: "denied",
      reason: { code: "aws-denied", error: "AuthorizationError", message: "no" },
    } as const;
    const store = memoryStore(world.aws.clock.now);
    const lines: string[] = [];
    const answerCanary = createCanaries({
      store,
      publish: async () => denied,
      where: { account: "111122223333", region: "us-east-1" },
      stack: "s",
      now: world.aws.clock.now,
      recordFault: (_, error) => expect.fail(String(error)),
      log: (line) => void lines.push(line),
    });
    await answerCanary({ is: "event", id: ID }, { sentAt: new Date(0), mode: "observe" });
    const read = await store.read(canaryKey({ is: "event", id: ID }));
    expect(read).toMatchObject({ value: { mail: { is: "failed", code: "aws-denied" } } });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ Canary: 1, mail: "failed", code: "aws-denied" });
  });

  it("that cannot be recorded sends no mail, does not count as arrived, and is not repeated", async () => {
    const world = await installation();
    world.aws.buckets.delete(BUCKET);
    expect(await world.handle(canary())).toEqual(NOTHING);
    expect(world.aws.sns.publications).toEqual([]);
    expect(world.log()).toMatchObject([{ Canary: 0, outcome: "not-recorded", code: "aws-failed" }]);
  });

  it("never fails its batch, even by a bug", async () => {
    const world = await installation();
    const faults: unknown[] = [];
    const answerCanary = createCanaries({
      store: { create: () => Promise.reject(new TypeError("a bug")) } as never,
      publish: async () => ({ is: "done" }),
      where: { account: "111122223333", region: "us-east-1" },
      stack: "s",
      now: world.aws.clock.now,
      recordFault: (at, error) => void faults.push([at, String(error)]),
      log: () => {},
    });
    const ports = { ...world.ports, answerCanary };
    expect(await handleBatch(batch(canary()), ports, ports.queue)).toEqual(NOTHING);
    expect(faults).toEqual([[{ canary: "event" }, "TypeError: a bug"]]);
  });
});

describe("thousands of canaries", () => {
  it("send a few mails in each hour, in two containers as in one", async () => {
    const world = await installation();
    const other = world.container();
    for (let i = 0; i < 100; i++) {
      const events = Array.from({ length: 10 }, (_, j) => canary(uuid(i * 10 + j)));
      const ports = i % 2 === 0 ? world.ports : other;
      expect(await handleBatch(batch(...events), ports, ports.queue)).toEqual(NOTHING);
    }
    expect(mailsOf(world.aws)).toHaveLength(CANARY_MAILS_AN_HOUR);
    const outcomes = world.log().map(({ outcome }) => outcome);
    expect(outcomes).toHaveLength(1_000);
    // Past its limit a container calls nothing.
    expect(outcomes.filter((one) => one === "recorded")).toHaveLength(200);
    expect(outcomes.filter((one) => one === "too-many")).toHaveLength(800);
    expect(world.aws.calls.length).toBeLessThan(500);
    world.aws.clock.advance(3_600_000);
    await world.handle(canary(uuid(5_000)));
    expect(mailsOf(world.aws)).toHaveLength(CANARY_MAILS_AN_HOUR + 1);
    expect(objects(world)[`canary/event/${uuid(5_000)}.json`].mail.is).toBe("sent");
  });

  it("say in their object that the hour has no mail left", async () => {
    const world = await installation();
    for (let n = 0; n <= CANARY_MAILS_AN_HOUR; n++) await world.handle(canary(uuid(n)));
    expect(objects(world)[`canary/event/${uuid(CANARY_MAILS_AN_HOUR)}.json`].mail).toEqual({
      is: "limited",
      perHour: CANARY_MAILS_AN_HOUR,
    });
  });
});

describe("the schedule's event", () => {
  it("leaves an object and a metric, and no mail", async () => {
    const world = await installation();
    await world.handle(scheduled());
    expect(objects(world)).toMatchObject({ [`canary/schedule/${ID}.json`]: { mail: { is: "none" } } });
    expect(world.aws.sns.publications).toEqual([]);
    expect(world.log()).toMatchObject([{ Canary: 1, canary: "schedule", mail: "none" }]);
  });
});

describe("a marked call", () => {
  it("is judged as usual, and leaves an object besides", async () => {
    const world = await installation();
    const decisions: unknown[] = [];
    const ports = { ...world.ports, record: (decision: unknown) => void decisions.push(decision) };
    await handleBatch(batch(call(canaryName(ID)), call("other")), ports, ports.queue);
    expect(decisions).toMatchObject([
      { verdict: "ignored", reason: { code: "without-data" } },
      { verdict: "ignored", reason: { code: "without-data" } },
    ]);
    expect(Object.keys(objects(world))).toEqual([`canary/call/${ID}.json`]);
    expect(world.aws.sns.publications).toEqual([]);
  });

  it.each([
    ["a failed call", call(canaryName(ID), { errorCode: "AccessDenied" })],
    ["another operation", call(canaryName(ID), { eventName: "CreateModel" })],
    ["another service", call(canaryName(ID), { eventSource: "ec2.amazonaws.com" })],
    ["a longer name", call(`${canaryName(ID)}x`)],
    ["a name that only contains it", call(`a\n${canaryName(ID)}`)],
    ["no name", call(undefined)],
    ["a name that is an object", call({ id: ID })],
    ["without an envelope", record(canaryName(ID))],
  ])("%s is none", (_, event) => expect(parseCanary(event)).toBeUndefined());

  it("cannot be made of an event: its object has another folder", () => {
    expect(canaryKey({ is: "event", id: ID })).not.toBe(canaryKey({ is: "call", id: ID }));
  });
});

describe("a forged canary", () => {
  const ODD_IDS: readonly unknown[] = [
    "",
    "../../control/current",
    `${ID}/../../control/current`,
    `${ID}\n`,
    `\n${ID}`,
    ID.toUpperCase(),
    `${ID}0`,
    "__proto__",
    "constructor",
    "<a href=http://evil.example>",
    "x".repeat(200_000),
    0,
    null,
    [ID],
    { id: ID },
    { toString: ID },
  ];

  it.each(ODD_IDS.map((id) => [JSON.stringify(id)?.slice(0, 60), id]))(
    "with the id %s leaves nothing but the line of an ignored event",
    async (_, id) => {
      const world = await installation();
      expect(await world.handle(sent({ stack: "keyward-prod", id }))).toEqual(NOTHING);
      expect(world.aws.calls).toEqual([]);
      expect(world.deadLetters.size).toBe(0);
      expect(world.log()).toMatchObject([{ verdict: "ignored", Compliant: 0, NonCompliant: 0, Malformed: 0 }]);
    },
  );

  it("that pretends to be a record of CloudTrail is not judged, tagged, stopped or mailed as one", async () => {
    const world = await installation("enforce");
    const notebook = {
      ...record("x", { eventName: "CreateNotebookInstance" }),
      requestParameters: { notebookInstanceName: "victim" },
      responseElements: { notebookInstanceArn: "arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/victim" },
    };
    const forged = [
      sent(notebook),
      sent(notebook, { "detail-type": "AWS API Call via CloudTrail" }),
      sent({ ...notebook, stack: "keyward-prod", id: ID }),
      sent({ ...notebook, id: ID }, { "detail-type": "AWS API Call via CloudTrail" }),
    ];
    await world.handle(...forged);
    expect(entriesOf(world.aws)).toEqual([]);
    // The third one has a good id, so it is a canary, and nothing of the record is used.
    expect(Object.keys(objects(world)).sort()).toEqual([
      `canary/event/${ID}.json`,
      "canary/mails/2026-11-02T09/1.json",
    ]);
    expect(JSON.stringify([objects(world), world.aws.sns.publications, world.log()])).not.toContain("victim");
    expect(world.calls()).toEqual(["Publish"]);
  });

  it("of any shape never throws, and only a strict id is taken", () => {
    const json = fc.jsonValue();
    const event = fc.record(
      {
        source: fc.oneof(json, fc.constantFrom(CANARY_SOURCE, "aws.events", "aws.sagemaker")),
        "detail-type": fc.oneof(json, fc.constantFrom(CANARY_DETAIL_TYPE, "Scheduled Event")),
        id: json,
        detail: fc.oneof(json, fc.record({ id: fc.oneof(json, fc.uuid(), fc.string()) })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(json, event), (value) => {
        const parsed = parseCanary(value);
        return parsed === undefined || /^[0-9a-f-]{36}$/.test(parsed.id);
      }),
    );
  });
});
