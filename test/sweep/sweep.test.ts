import { describe, expect, it } from "vitest";
import { createLister } from "../../lib/aws/lister.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedAws, EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { type Checkpoint, createCheckpoints } from "../../lib/sweep/checkpoint.ts";
import { createPace } from "../../lib/sweep/pace.ts";
import { type Swept, sweep } from "../../lib/sweep/sweep.ts";
import type { SweptResource } from "../../lib/sweep/sweep-resource.ts";
import { KEY, policyOf } from "../support/build.ts";
import { arnOf, embeddedState, entriesOf, happen, mailsOf, portsOn } from "../support/world.ts";

const REGION = "us-east-1";
const ACCOUNT = "111122223333";

interface Run {
  readonly swept: Swept;
  readonly found: readonly SweptResource[];
  readonly calls: readonly string[];
  readonly checkpoints: readonly Checkpoint[];
}

/** One sweep of the embedded AWS, which waits on the embedded clock. */
async function sweepOf(
  aws: EmbeddedAws,
  policy: Policy,
  more: { from?: Checkpoint; pages?: number } = {},
): Promise<Run> {
  const { endpoint, credentials } = aws;
  const ports = portsOn(aws, policy, { wait: async (ms) => aws.clock.advance(ms) });
  const found: SweptResource[] = [];
  const checkpoints: Checkpoint[] = [];
  const before = aws.calls.length;
  let pages = more.pages ?? Number.POSITIVE_INFINITY;
  const swept = await sweep({
    ports,
    account: ACCOUNT,
    region: REGION,
    pace: createPace(ports),
    ...createLister({ endpoint, credentials, region: REGION }),
    from: more.from,
    found: (one) => void found.push(one),
    save: async (checkpoint) => void checkpoints.push(checkpoint),
    goOn: () => pages-- > 0,
  });
  const calls = aws.calls.slice(before).flatMap(({ service, operation }) => (service === "s3" ? [] : [operation]));
  return { swept, found, calls, checkpoints };
}

const add = (aws: EmbeddedAws, kind: string, id: Record<string, string>, body: JsonObject, status?: string) =>
  aws.sagemaker.add({
    kind,
    arn: arnOf(kind, Object.values(id).at(-1) ?? ""),
    id,
    body,
    ...(status ? { status } : {}),
  });
const job = (aws: EmbeddedAws, name: string, key: string | undefined, status: string) =>
  add(
    aws,
    "training-job",
    { TrainingJobName: name },
    { OutputDataConfig: key ? { KmsKeyId: key } : {}, ResourceConfig: { InstanceType: "ml.g5.xlarge" } },
    status,
  );
const keyed = (name: string, key: string | undefined): JsonObject => (key ? { [name]: key } : {});

/** One resource of each kind, with a key and without, and resources that have ended. */
function plant(aws: EmbeddedAws): string[] {
  const wrong: string[] = [];
  for (const [key, suffix] of [
    [KEY, "good"],
    [undefined, "bad"],
  ] as const) {
    if (!key)
      wrong.push("notebook-instance nb-bad", "notebook-instance old-bad", "training-job job-bad", "endpoint serve-bad");
    add(aws, "notebook-instance", { NotebookInstanceName: `nb-${suffix}` }, keyed("KmsKeyId", key), "InService");
    add(aws, "notebook-instance", { NotebookInstanceName: `old-${suffix}` }, keyed("KmsKeyId", key), "Stopped");
    job(aws, `job-${suffix}`, key, "InProgress");
    for (const status of ["Completed", "Failed", "Stopped"]) job(aws, `${status}-${suffix}`, key, status);
    add(
      aws,
      "endpoint-config",
      { EndpointConfigName: `config-${suffix}` },
      {
        ProductionVariants: [{ VariantName: "a", InstanceType: "ml.m5.large" }],
        ...keyed("KmsKeyId", key),
      },
    );
    add(aws, "endpoint", { EndpointName: `serve-${suffix}` }, { EndpointConfigName: `config-${suffix}` }, "InService");
    add(aws, "domain", { DomainId: `d-${suffix}` }, keyed("KmsKeyId", key));
    add(
      aws,
      "user-profile",
      { DomainId: `d-${suffix}`, UserProfileName: "ana" },
      {
        UserSettings: { SharingSettings: { NotebookOutputOption: "Allowed", ...keyed("S3KmsKeyId", key) } },
      },
    );
    add(
      aws,
      "feature-group",
      { FeatureGroupName: `fg-${suffix}` },
      { OfflineStoreConfig: { S3StorageConfig: { S3Uri: "s3://b/x", ...keyed("KmsKeyId", key) } } },
    );
    add(
      aws,
      "cluster",
      { ClusterName: `c-${suffix}` },
      {
        NodeProvisioningMode: "Continuous",
        InstanceGroups: [
          { InstanceStorageConfigs: [{ EbsVolumeConfig: { RootVolume: true, ...keyed("VolumeKmsKeyId", key) } }] },
        ],
      },
    );
    add(
      aws,
      "inference-experiment",
      { Name: `ab-${suffix}` },
      { ModelVariants: [], ...keyed("KmsKey", key) },
      "Running",
    );
    if (!key)
      wrong.push(
        "domain d-bad",
        "user-profile ana",
        "feature-group fg-bad",
        "cluster c-bad",
        "inference-experiment ab-bad",
      );
  }
  return wrong.sort();
}

const policy = policyOf({ buckets: { unkeyed: false } });
const acting = policyOf({ buckets: { unkeyed: false }, sweep: "act" });
const wrongIn = ({ found }: Pick<Run, "found">) =>
  found
    .flatMap(({ decision }) =>
      decision.verdict === "non-compliant" ? [`${decision.resource?.kind} ${decision.resource?.name}`] : [],
    )
    .sort();
const world = (options: EmbeddedOptions = {}) => embeddedState(policy, options);

describe("a sweep", () => {
  it("finds exactly the planted resources, and the same ones in a second sweep", async () => {
    const { aws } = await world();
    const wrong = plant(aws);
    const first = await sweepOf(aws, policy);
    expect(wrongIn(first)).toEqual(wrong);
    expect(first.swept).toMatchObject({ done: true, looked: 2 * wrong.length, unread: [] });
    const second = await sweepOf(aws, policy);
    const withMissed = ({ found }: Run) => found.map(({ decision, missed }) => ({ ...decision, missed }));
    expect(withMissed(second)).toEqual(withMissed(first));
    expect([...first.calls, ...second.calls].filter((name) => /^(AddTags|Publish|Stop|Update)/.test(name))).toEqual([]);
  });

  it("reads only a few pages if half a million jobs have ended", async () => {
    const { aws } = await world();
    for (let i = 0; i < 2_000; i++) job(aws, `done-${i}`, undefined, "Completed");
    for (let i = 0; i < 250; i++) job(aws, `run-${i}`, KEY, "InProgress");
    const { calls, swept } = await sweepOf(aws, policy);
    expect(calls.filter((name) => name === "ListTrainingJobs")).toHaveLength(3 + 1);
    expect(calls.filter((name) => name === "DescribeTrainingJob")).toHaveLength(250);
    expect(swept.looked).toBe(250);
  });

  it("can end after any page, and the next run completes it with the same result", async () => {
    const { aws } = await world();
    plant(aws);
    for (let i = 0; i < 250; i++) job(aws, `run-${i}`, i % 50 === 0 ? undefined : KEY, "InProgress");
    const whole = await sweepOf(aws, policy);
    const parts: SweptResource[] = [];
    let from: Checkpoint | undefined;
    let last: Run | undefined;
    for (let runs = 0; !last?.swept.done; runs++) {
      expect(runs).toBeLessThan(100);
      last = await sweepOf(aws, policy, { pages: 1, ...(from ? { from } : {}) });
      parts.push(...last.found);
      from = last.checkpoints.at(-1) ?? from;
    }
    expect(wrongIn({ found: parts })).toEqual(wrongIn(whole));
    expect(last.swept).toMatchObject({ looked: whole.swept.looked, missed: whole.swept.missed });
  });

  it("names a list that it may not read, and reads the others", async () => {
    const { aws } = await world({
      fault: ({ operation }) =>
        operation === "ListDomains"
          ? { is: "error", name: "AccessDeniedException", message: "no", status: 400 }
          : undefined,
    });
    const wrong = plant(aws);
    const run = await sweepOf(aws, policy);
    expect(run.swept.unread).toMatchObject([{ list: "ListDomains", reason: { code: "aws-denied" } }]);
    expect(wrongIn(run)).toEqual(wrong.filter((one) => one !== "domain d-bad"));
  });

  it("waits and reads again if a list is throttled", async () => {
    let throttled = 0;
    const { aws } = await world({
      fault: ({ operation }) =>
        operation === "ListEndpoints" && throttled++ < 4
          ? { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 }
          : undefined,
    });
    const wrong = plant(aws);
    const run = await sweepOf(aws, policy);
    expect({ unread: run.swept.unread, wrong: wrongIn(run) }).toEqual({ unread: [], wrong });
  });
});

describe("a list that throws, which only a bug does", () => {
  it("stays unread and is reported; the others are read", async () => {
    const { aws } = await world();
    const wrong = plant(aws);
    const { endpoint, credentials } = aws;
    const lister = createLister({ endpoint, credentials, region: REGION });
    const faults: unknown[] = [];
    const ports = portsOn(aws, policy, { wait: async (ms) => aws.clock.advance(ms) });
    const found: SweptResource[] = [];
    const { unread } = await sweep({
      ports: { ...ports, recordFault: (at, error) => void faults.push({ ...at, error: String(error) }) },
      account: ACCOUNT,
      region: REGION,
      pace: createPace(ports),
      page: async (listing, ...more) => {
        if (listing.list === "ListDomains") throw new TypeError("a bug");
        return lister.page(listing, ...more);
      },
      taggedWith: lister.taggedWith,
      found: (one) => void found.push(one),
      save: async () => {},
      goOn: () => true,
    });
    expect(unread).toEqual([{ list: "ListDomains", reason: { code: "fault", error: "TypeError: a bug" } }]);
    expect(faults).toEqual([{ list: "ListDomains", error: "TypeError: a bug" }]);
    expect(wrongIn({ found })).toEqual(wrong.filter((one) => one !== "domain d-bad"));
  });
});

describe("the actions of a sweep", () => {
  it("are only reported, unless the policy says otherwise", async () => {
    const { aws } = await world();
    plant(aws);
    const { found } = await sweepOf(aws, policy);
    const outcomes = found.flatMap(({ decision }) => decision.actions);
    expect(new Set(outcomes.map(({ outcome, reason }) => `${outcome} ${reason?.code}`))).toEqual(
      new Set(["skipped sweep-reports"]),
    );
    expect(entriesOf(aws)).toEqual([]);
  });

  it("are the same as for an event, and are done once", async () => {
    const { aws } = await world();
    const wrong = plant(aws);
    const first = await sweepOf(aws, acting);
    expect(wrongIn(first)).toEqual(wrong);
    expect(first.swept.missed).toBe(wrong.length - 1);
    expect(mailsOf(aws)).toHaveLength(wrong.length);
    expect(aws.sagemaker.resources.find(({ name }) => name === "job-bad")?.status).toMatch(/^Stop/);
    expect(aws.sagemaker.resources.find(({ name }) => name === "job-good")?.status).toBe("InProgress");
    const second = await sweepOf(aws, acting);
    expect(mailsOf(aws)).toHaveLength(wrong.length);
    expect(second.calls.filter((name) => /^(AddTags|Publish|Stop)/.test(name))).toEqual([]);
    expect(second.swept.missed).toBe(0);
    expect(entriesOf(aws)).toHaveLength(wrong.length);
  });

  it("end the warm pool that a job has left", async () => {
    const { aws } = await world();
    const ResourceConfig = { InstanceType: "ml.m5.large", KeepAlivePeriodInSeconds: 3600 };
    const left = add(
      aws,
      "training-job",
      { TrainingJobName: "warm" },
      { OutputDataConfig: {}, ResourceConfig },
      "Completed",
    );
    expect(left.warmPool).toBe(true);
    const { found, calls } = await sweepOf(aws, acting);
    expect(found[0]?.decision.actions).toContainEqual({
      do: "stop",
      outcome: "already-done",
      reason: { code: "not-running", status: "Completed" },
    });
    expect(calls).toContain("UpdateTrainingJob");
    expect(left.warmPool).toBe(false);
  });

  it("do not repeat the mail of an event, and still stop a running resource", async () => {
    const { aws } = await world();
    const event = happen(
      aws,
      "CreateNotebookInstance",
      { NotebookInstanceName: "nb" },
      {
        NotebookInstanceArn: arnOf("notebook-instance", "nb"),
      },
    );
    await respond(event, portsOn(aws, acting), {
      receives: 1,
      sentAt: aws.clock.now(),
      isRedriven: false,
      isLast: false,
    });
    aws.clock.advance(3_600_000);
    const mailed = mailsOf(aws).length;
    const { found, swept } = await sweepOf(aws, acting);
    expect(swept.missed).toBe(0);
    expect(found[0]?.decision.actions).toEqual([
      { do: "tag", outcome: "skipped", reason: { code: "already-reported" } },
      { do: "stop", outcome: "done" },
      { do: "notify", outcome: "skipped", reason: { code: "already-reported" } },
    ]);
    expect(mailsOf(aws)).toHaveLength(mailed);
  });

  it("respect the limit, and the exemptions that are valid on the day of the sweep", async () => {
    const { aws } = await world();
    for (let i = 0; i < 3; i++) job(aws, `job-${i}`, undefined, "InProgress");
    const exemptions = [{ reason: "r", owner: "o", expires: "2026-11-02", match: { name: "job-0" } }];
    const limited = policyOf({
      buckets: { unkeyed: false },
      sweep: "act",
      exemptions,
      limits: { "stops-per-hour": 1 },
    });
    const { found } = await sweepOf(aws, limited);
    expect(found.map(({ decision }) => decision.verdict)).toEqual(["exempt", "non-compliant", "non-compliant"]);
    const stops = found.flatMap(({ decision }) => decision.actions.filter((action) => action.do === "stop"));
    expect(stops.map(({ outcome }) => outcome)).toEqual(["done", "deferred"]);
    aws.clock.advance(24 * 3_600_000);
    const later = await sweepOf(aws, limited);
    expect(later.found.map(({ decision }) => decision.verdict)).not.toContain("exempt");
  });
});

describe("the pace of a sweep", () => {
  it("limits the rate of each List operation, and of all Describe operations together", async () => {
    let now = 0;
    const wait = async (ms: number) => {
      now += ms;
    };
    const limits = { "lists-per-second": 2, "describes-per-second": 10 };
    const pace = createPace({ now: () => new Date(now), wait, policy: policyOf({ limits }) });
    for (let i = 0; i < 5; i++) await pace.list("ListTrainingJobs");
    expect(now).toBe(2_000);
    await pace.list("ListEndpoints");
    expect(now).toBe(2_000);
    now = 60_000;
    for (let i = 0; i < 11; i++) await pace.describe();
    expect(now).toBe(61_000);
  });
});

describe("the checkpoint of a sweep", () => {
  const at = { startedAt: "2026-11-02T09:00:00.000Z", listing: 3, filter: 1, token: "100", looked: 7, missed: 1 };
  it("is loaded by the next run, until the sweep is finished or a day has passed", async () => {
    const store = memoryStore(() => new Date(at.startedAt));
    const on = (now: string) => createCheckpoints(store, REGION, () => new Date(now));
    const first = on("2026-11-02T09:10:00Z");
    expect(await first.load()).toBeUndefined();
    await first.save(at);
    await first.save({ ...at, looked: 8 });
    expect(await on("2026-11-02T15:00:00Z").load()).toEqual({ ...at, looked: 8 });
    expect(await on("2026-11-03T09:00:00Z").load()).toBeUndefined();
    await first.save(undefined);
    expect(await on("2026-11-02T15:00:00Z").load()).toBeUndefined();
  });
});
