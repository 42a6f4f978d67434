import { describe, expect, it } from "vitest";
import { handleBatch, PAUSES_SECONDS } from "../../lib/enforce/handle-batch.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { deliver } from "../../lib/local/delivery.ts";
import type { EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import { callOf, policyOf } from "../support/build.ts";
import {
  alarmsOf,
  arnOf,
  BUCKET,
  type EmbeddedState,
  embeddedState,
  entriesOf,
  firstDelivery,
  happen,
  mailsOf,
  portsOn,
  recordOf,
} from "../support/world.ts";

const job = (name: string) =>
  [
    { TrainingJobName: name, ResourceConfig: { InstanceType: "ml.m5.large" } },
    { TrainingJobArn: arnOf("training-job", name) },
  ] as const;
const run = async ({ queue, ports }: EmbeddedState) => {
  while ((await deliver(queue, (event) => handleBatch(event, ports, ports.queue))) > 0);
};
const stopped = ({ aws }: EmbeddedState) => aws.sagemaker.resources.filter(({ status }) => /^Stop/.test(status)).length;

describe("the limiter", () => {
  it("stops so many an hour, sends one alarm, and stops the rest as slots come free", async () => {
    const world = await embeddedState(policyOf({ limits: { "stops-per-hour": 3, "stops-per-hour-per-principal": 3 } }));
    const { aws, queue } = world;
    for (let i = 0; i < 8; i++) queue.send(JSON.stringify(happen(aws, "CreateTrainingJob", ...job(`t${i}`))));
    await run(world);
    expect(stopped(world)).toBe(3);
    expect(mailsOf(aws)).toHaveLength(8);
    const [alarm, ...more] = alarmsOf(aws);
    expect(more).toEqual([]);
    expect(alarm?.messages.email).toMatch(/limit of 3 stops an hour is reached\. About \d+ messages wait/);
    const later: number[] = [];
    for (let minute = 0; minute < 180; minute++) {
      aws.clock.advance(60_000);
      await run(world);
      if (minute === 44 || minute === 104 || minute === 164) later.push(stopped(world));
    }
    // At 09:59, 10:59 and 11:59. The last two jobs ended by themselves at 10:15, before an hour had slots for them.
    expect(later).toEqual([3, 6, 6]);
    expect(aws.sagemaker.resources.filter(({ status }) => status === "Completed")).toHaveLength(2);
    // Those that found their job ended gave their slot back.
    expect(slotsOf(world)).toEqual({ "2026-11-02T09": 3, "2026-11-02T10": 3, "2026-11-02T11": 0 });
    expect(queue.size).toBe(0);
    expect(entriesOf(aws).every(({ state }) => state === "closed")).toBe(true);
  });

  it("leaves half of the hour to others: one caller cannot use it up", async () => {
    const world = await embeddedState(policyOf({ limits: { "stops-per-hour": 4 } }));
    const { aws, queue } = world;
    const by = (name: string, arn: string) => ({
      ...happen(aws, "CreateTrainingJob", ...job(name)),
      userIdentity: { type: "IAMUser", arn: `arn:aws:iam::111122223333:user/${arn}` },
    });
    for (let i = 0; i < 5; i++) queue.send(JSON.stringify(by(`a${i}`, "greedy")));
    await run(world);
    expect(stopped(world)).toBe(2);
    queue.send(JSON.stringify(by("b", "other")));
    await run(world);
    expect(stopped(world)).toBe(3);
    expect(alarmsOf(aws)[0]?.messages.email).toContain("for one principal");
  });

  it("jobs that had ended already use up no slot", async () => {
    const world = await embeddedState(policyOf({ limits: { "stops-per-hour": 1 } }));
    const { aws, queue } = world;
    const ended = Array.from({ length: 5 }, (_, i) => happen(aws, "CreateTrainingJob", ...job(`ended${i}`)));
    for (const resource of aws.sagemaker.resources) resource.status = "Completed";
    for (const event of ended) queue.send(JSON.stringify(event));
    await run(world);
    expect(slotsOf(world)).toEqual({ "2026-11-02T09": 0 });
    queue.send(JSON.stringify(happen(aws, "CreateTrainingJob", ...job("t"))));
    await run(world);
    expect(stopped(world)).toBe(1);
  });

  it("a notebook that is Pending takes one slot however often it is tried", async () => {
    const world = await embeddedState(policyOf({ limits: { "stops-per-hour": 1 } }));
    const { aws, queue } = world;
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
    for (let minute = 0; minute < 20; minute++) {
      await run(world);
      aws.clock.advance(60_000);
    }
    expect(aws.sagemaker.resources[0]?.status).toBe("Stopped");
    expect(alarmsOf(aws)).toEqual([]);
  });
});

/** The slots that are taken in each hour. */
const slotsOf = ({ aws }: EmbeddedState): Record<string, number> =>
  Object.fromEntries(
    [...(aws.buckets.get(BUCKET)?.objects ?? [])].flatMap(([key, { body }]) =>
      key.startsWith("limiter/") ? [[key.slice(-18, -5), JSON.parse(body.toString()).slots.length]] : [],
    ),
  );

describe("a ledger that cannot be written", () => {
  const denied: EmbeddedOptions = {
    fault: ({ service }) =>
      service === "s3" ? { is: "error", name: "AccessDenied", message: "no", status: 403 } : undefined,
  };
  it.each([
    ["missing", undefined, (world: EmbeddedState) => void world.aws.buckets.delete(BUCKET)],
    ["denied", denied, () => {}],
    [
      "of another account",
      undefined,
      (world: EmbeddedState) => void world.aws.buckets.set(BUCKET, { objects: new Map(), owner: "444455556666" }),
    ],
  ])("%s: stops nothing, sends one mail and one alarm", async (_what, options, breakIt) => {
    const world = await embeddedState(policyOf(), options);
    breakIt(world);
    const { aws, queue } = world;
    queue.send(JSON.stringify(happen(aws, "CreateTrainingJob", ...job("t"))));
    for (let minute = 0; minute < 10; minute++) {
      await run(world);
      aws.clock.advance(60_000);
    }
    expect(stopped(world)).toBe(0);
    expect(mailsOf(aws)).toHaveLength(1);
    expect(mailsOf(aws)[0]?.messages.email).toMatch(/the\s+ledger\s+cannot\s+be\s+written/);
    expect(alarmsOf(aws)).toHaveLength(1);
    expect(alarmsOf(aws)[0]?.subject).toMatch(/^Keyward cannot write its ledger/);
    expect(queue.size).toBe(1);
  });

  it("fixed: the waiting stop is done", async () => {
    const world = await embeddedState();
    const bucket = world.aws.buckets.get(BUCKET);
    world.aws.buckets.delete(BUCKET);
    world.queue.send(JSON.stringify(happen(world.aws, "CreateTrainingJob", ...job("t"))));
    await run(world);
    if (bucket) world.aws.buckets.set(BUCKET, bucket);
    world.aws.clock.advance(PAUSES_SECONDS[0] * 1000);
    await run(world);
    expect(stopped(world)).toBe(1);
  });
});

describe("denied actions", () => {
  it("are recorded, raise one alarm an hour, and are not tried again", async () => {
    const world = await embeddedState(policyOf(), {
      fault: ({ operation }) =>
        operation === "StopTrainingJob"
          ? { is: "error", name: "AccessDeniedException", message: "no", status: 400 }
          : undefined,
    });
    const { aws, queue } = world;
    for (let i = 0; i < 5; i++) queue.send(JSON.stringify(happen(aws, "CreateTrainingJob", ...job(`t${i}`))));
    await run(world);
    expect(queue.size).toBe(0);
    expect(alarmsOf(aws)).toHaveLength(1);
    expect(entriesOf(aws).map(({ state }) => state)).toEqual(Array(5).fill("closed"));
    aws.clock.advance(3_600_000);
    queue.send(JSON.stringify(happen(aws, "CreateTrainingJob", ...job("later"))));
    await run(world);
    expect(alarmsOf(aws)).toHaveLength(2);
  });
});

describe("spoofing and loops", () => {
  it.each([
    ["another source's envelope", { source: "my.app", "detail-type": "AWS API Call via CloudTrail" }],
    [
      "another service's record",
      { source: "aws.sagemaker", "detail-type": "AWS API Call via CloudTrail", foreign: true },
    ],
  ])("%s is not acted on", async (_what, { foreign, ...envelope }: Record<string, unknown>) => {
    const world = await embeddedState();
    const detail = {
      ...happen(world.aws, "CreateTrainingJob", ...job("t")),
      ...(foreign ? { eventSource: "evil.amazonaws.com" } : {}),
    };
    const { decision } = await respond({ ...envelope, detail }, world.ports, firstDelivery(world));
    expect(decision).toMatchObject({ verdict: "ignored", actions: [] });
    expect(world.calls()).toEqual([]);
  });

  it.each([{ accounts: ["444455556666"] }, { regions: ["eu-west-1"] }])(
    "what the policy does not name (%j) is reported, never acted on",
    async (scope) => {
      const world = await embeddedState(policyOf(scope));
      const { decision } = await respond(
        happen(world.aws, "CreateTrainingJob", ...job("t")),
        world.ports,
        firstDelivery(world),
      );
      expect(decision.actions.map(({ do: name, outcome }) => `${name} ${outcome}`)).toEqual([
        "tag skipped",
        "stop skipped",
        "notify done",
      ]);
      expect(world.calls()).toEqual(["Publish"]);
    },
  );

  it.each(["AddTags", "StopTrainingJob", "UpdateTrainingJob"])("its own %s is ignored", async (operation) => {
    const world = await embeddedState();
    const own = recordOf(callOf(operation, { TrainingJobName: "t", ResourceConfig: { KeepAlivePeriodInSeconds: 0 } }));
    expect(await respond(own, world.ports, firstDelivery(world))).toMatchObject({
      decision: { verdict: "ignored" },
      next: "done",
    });
  });
});

describe("the same event", () => {
  it("delivered to five cold containers at once and five times after leads to one mail, one tagging, one stop", async () => {
    const world = await embeddedState();
    const { aws } = world;
    const event = happen(aws, "CreateTrainingJob", ...job("t"));
    const cold = () => portsOn(aws, policyOf());
    await Promise.all(Array.from({ length: 5 }, () => respond(event, cold(), firstDelivery(world))));
    for (let i = 0; i < 5; i++) await respond(event, cold(), firstDelivery(world));
    expect(world.calls()).toEqual(["AddTags", "Publish", "StopTrainingJob"]);
    expect(entriesOf(aws)).toMatchObject([
      { state: "closed", attempts: 1, actions: [{ do: "tag" }, { do: "stop" }, { do: "notify" }] },
    ]);
  });
});

it("no secret of a record reaches a log, a mail, the ledger, a tag or a dead letter's reason", async () => {
  const secret = "hunter2-canary";
  const lines: string[] = [];
  const world = await embeddedState();
  const { aws, queue } = world;
  const ports = portsOn(aws, policyOf(), { log: (line) => void lines.push(line) });
  const [request, response] = job("t");
  const planted = {
    ...request,
    Environment: { DB_PASSWORD: secret },
    HyperParameters: { token: secret },
    AlgorithmSpecification: { ContainerArguments: [secret], ContainerEntrypoint: [secret] },
    Tags: [{ Key: "owner", Value: secret }],
  };
  queue.send(JSON.stringify(happen(aws, "CreateTrainingJob", planted, response)));
  queue.send(JSON.stringify({ detail: { environment: { password: secret } }, source: "aws.sagemaker" }));
  const script = { NotebookInstanceLifecycleConfigName: "l", OnStart: [{ Content: secret }], KmsKeyId: "alias/x" };
  queue.send(JSON.stringify(happen(aws, "CreateNotebookInstanceLifecycleConfig", script)));
  while ((await deliver(queue, (event) => handleBatch(event, ports, ports.queue))) > 0);
  const stored = [...(aws.buckets.get(BUCKET)?.objects.values() ?? [])].map(({ body }) => body.toString());
  const reasons = world.deadLetters.peek().map(({ attributes }) => attributes);
  const tags = aws.sagemaker.resources.map(({ tags }) => [...tags]);
  expect(lines.length).toBe(3);
  expect(mailsOf(aws).length).toBe(2);
  expect(JSON.stringify([lines, stored, aws.sns.publications, reasons, tags])).not.toContain(secret);
});
