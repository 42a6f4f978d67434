import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Cause } from "../../lib/core/plan/cause-of.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { createCauses } from "../../lib/enforce/store/causes.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import { memoryStore } from "../../lib/local/memory-store.ts";
import type { Store } from "../../lib/ports/store.ts";
import { KEY, policyOf } from "../support/build.ts";
import { arnOf, BUCKET, type EmbeddedState, embeddedState, entriesOf, happen, mailsOf } from "../support/world.ts";

const FIRST = { receives: 1, sentAt: new Date("2026-11-02T09:15:00Z"), isRedriven: false, isLast: false };
const DAY = 24 * 3_600_000;
const policy = policyOf({ respond: { default: ["tag", "notify"], "notebook-instance": ["tag", "notify", "stop"] } });

const play = async (state: EmbeddedState, event: JsonObject) => (await respond(event, state.ports, FIRST)).decision;
const mailOutcome = async (state: EmbeddedState, event: JsonObject) => {
  const { actions } = await play(state, event);
  const { outcome, reason } = actions.find((action) => action.do === "notify") ?? {};
  return reason ? { outcome, reason } : { outcome };
};
const DONE = { outcome: "done" };
const counted = (count: number) => ({
  outcome: "skipped",
  reason: { code: "counted-for-cause", eventID: expect.any(String), count },
});

let apps = 0;
/** A Studio app in a domain; each has a name of its own. */
function app(state: EmbeddedState, domain = "d-1"): JsonObject {
  const name = `app-${++apps}`;
  const request = { DomainId: domain, AppType: "JupyterLab", AppName: name, UserProfileName: "ana" };
  return happen(state.aws, "CreateApp", request, { AppArn: arnOf("app", `${domain}/ana/JupyterLab/${name}`) });
}

function addDomain({ aws }: EmbeddedState, id = "d-1", body: JsonObject = {}): void {
  aws.sagemaker.add({ kind: "domain", arn: arnOf("domain", id), id: { DomainId: id }, body });
}

async function withDomain(options: Parameters<typeof embeddedState>[1] = {}): Promise<EmbeddedState> {
  const state = await embeddedState(policy, options);
  addDomain(state);
  return state;
}

describe("one cause, one mail", () => {
  it("an app each morning in a domain without a key: one mail, then a reminder a week", async () => {
    const state = await withDomain();
    const said: unknown[] = [];
    for (let day = 0; day < 15; day++) {
      said.push((await mailOutcome(state, app(state))).outcome);
      state.aws.clock.advance(DAY);
    }
    const week = ["done", ...Array.from({ length: 6 }, () => "skipped")];
    expect(said).toEqual([...week, ...week, "done"]);
    const [first, reminder] = mailsOf(state.aws);
    expect(first?.subject).toMatch(/^Keyward: non-compliant Studio app app-\d, reported/);
    expect(reminder?.subject).toMatch(/^Keyward: non-compliant Studio domain d-1, 7 events more/);
    expect(reminder?.messages.email).toMatch(
      /^Studio domain d-1: 7 events since the mail of 2026-11-02\. The last one:/,
    );
    expect(entriesOf(state.aws)).toHaveLength(15);
    expect(entriesOf(state.aws).every(({ state: is }) => is === "closed")).toBe(true);
  });

  it("an endpoint after its configuration, and a component after both", async () => {
    const state = await embeddedState(policy);
    const { aws } = state;
    const config = {
      EndpointConfigName: "serve-1",
      ProductionVariants: [{ VariantName: "a", InstanceType: "ml.m5.large" }],
    };
    const endpoint = { EndpointName: "serve", EndpointConfigName: "serve-1" };
    const component = { InferenceComponentName: "part", EndpointName: "serve" };
    const arn = { EndpointConfigArn: arnOf("endpoint-config", "serve-1") };
    expect(await mailOutcome(state, happen(aws, "CreateEndpointConfig", config, arn))).toEqual(DONE);
    const made = happen(aws, "CreateEndpoint", endpoint, { EndpointArn: arnOf("endpoint", "serve") });
    expect(await mailOutcome(state, made)).toEqual(counted(1));
    const part = { InferenceComponentArn: arnOf("inference-component", "part") };
    expect(await mailOutcome(state, happen(aws, "CreateInferenceComponent", component, part))).toEqual(counted(2));
    // It is made anew by somebody: that is no consequence.
    expect(await mailOutcome(state, happen(aws, "CreateEndpointConfig", config, arn))).toEqual(DONE);
  });

  it("each child of a schedule after the first, though that has a parent", async () => {
    const state = await embeddedState(policy);
    const schedule = arnOf("monitoring-schedule", "watch");
    state.aws.sagemaker.add({
      kind: "monitoring-schedule",
      arn: schedule,
      id: { MonitoringScheduleName: "watch" },
      body: {},
      status: "Scheduled",
    });
    const child = (name: string) => {
      const request = {
        ProcessingJobName: name,
        ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 20 } },
        MonitoringScheduleArn: schedule,
      };
      const event = happen(state.aws, "CreateProcessingJob", request, {
        ProcessingJobArn: arnOf("processing-job", name),
      });
      const userIdentity = { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/ml/SageMaker" };
      return { ...event, userIdentity: { ...userIdentity, invokedBy: "sagemaker.amazonaws.com" } };
    };
    expect(await mailOutcome(state, child("watch-1"))).toEqual(DONE);
    expect(await mailOutcome(state, child("watch-2"))).toEqual(counted(1));
    expect(await mailOutcome(state, child("watch-3"))).toEqual(counted(2));
    state.aws.clock.advance(8 * DAY);
    expect(await mailOutcome(state, child("watch-4"))).toEqual(DONE);
    expect(mailsOf(state.aws)[1]?.subject).toMatch(/^Keyward: non-compliant monitoring schedule watch, 3 events more /);
  });

  it("volumes of EC2 that are attached to a cluster, which are never known", async () => {
    const state = await embeddedState(policy);
    const attached = (id: string, volume: string) => {
      const request = { ClusterArn: arnOf("cluster", id), NodeId: "i-0a1b", VolumeId: volume };
      return happen(state.aws, "AttachClusterNodeVolume", request, { ClusterArn: request.ClusterArn });
    };
    expect(await mailOutcome(state, attached("c1", "vol-1"))).toEqual(DONE);
    expect(await mailOutcome(state, attached("c1", "vol-1"))).toEqual(counted(1));
    expect(await mailOutcome(state, attached("c1", "vol-2"))).toEqual(counted(2));
    expect(await mailOutcome(state, attached("c2", "vol-3"))).toEqual(DONE);
    state.aws.clock.advance(8 * DAY);
    expect(await mailOutcome(state, attached("c1", "vol-4"))).toEqual(DONE);
    expect(mailsOf(state.aws).at(-1)?.subject).toMatch(/^Keyward: check HyperPod cluster c1, 3 events more /);
  });

  it("other domains, and what is newly wrong in the same, have mails of their own", async () => {
    const state = await withDomain();
    addDomain(state, "d-2");
    expect(await mailOutcome(state, app(state))).toEqual(DONE);
    expect(await mailOutcome(state, app(state, "d-2"))).toEqual(DONE);
    expect(await mailOutcome(state, app(state))).toEqual(counted(1));
  });

  it("an event that stands for itself reads and writes nothing more", async () => {
    const state = await embeddedState(policyOf());
    const job = { TrainingJobName: "t", ResourceConfig: { InstanceType: "ml.m5.large" } };
    await play(state, happen(state.aws, "CreateTrainingJob", job, { TrainingJobArn: arnOf("training-job", "t") }));
    expect(
      [...(state.aws.buckets.get(BUCKET)?.objects.keys() ?? [])].filter((key) => key.startsWith("causes/")),
    ).toEqual([]);
    expect(state.aws.calls.filter(({ operation }) => operation === "GetObject")).toEqual([]);
  });

  it("one read and one write for each event of a cause", async () => {
    const state = await withDomain();
    for (let i = 0; i < 3; i++) {
      const before = state.aws.calls.length;
      await play(state, app(state));
      const made = state.aws.calls.slice(before).filter(({ service }) => service === "s3");
      // The claim, the cause's note, and the outcome.
      expect(made.map(({ operation }) => operation).sort()).toEqual(["GetObject", ...Array(3).fill("PutObject")]);
    }
  });
});

describe("a stop", () => {
  it("of a notebook that is started each morning is mailed each morning, and once where it is tried again at once", async () => {
    const state = await embeddedState(policy);
    const { aws } = state;
    const notebook = { kind: "notebook-instance", arn: arnOf("notebook-instance", "nb") };
    aws.sagemaker.add({ ...notebook, id: { NotebookInstanceName: "nb" }, body: {}, status: "Stopped" });
    const start = () => happen(aws, "StartNotebookInstance", { NotebookInstanceName: "nb" });
    expect(await mailOutcome(state, start())).toEqual(DONE);
    aws.clock.advance(60_000);
    expect(await mailOutcome(state, start())).toEqual(counted(1));
    aws.clock.advance(DAY);
    expect(await mailOutcome(state, start())).toEqual(DONE);
    expect(mailsOf(aws)[1]?.subject).toMatch(/^Keyward: non-compliant notebook instance nb, to be stopped /);
    expect(mailsOf(aws)[1]?.messages.email).toContain("notebook instance nb, 2 events since the mail of 2026-11-02");
  });
});

describe("duplicates, races and failures", () => {
  it("the same event twice counts once", async () => {
    const state = await withDomain();
    await play(state, app(state));
    const again = app(state);
    expect(await mailOutcome(state, again)).toEqual(counted(1));
    expect(await mailOutcome(state, again)).toEqual(counted(1));
    expect(await mailOutcome(state, app(state))).toEqual(counted(2));
  });

  it("twenty at once: one mail, and the others are counted or come back", async () => {
    const state = await withDomain();
    const events = Array.from({ length: 20 }, () => app(state));
    const outcomes = await Promise.all(events.map((event) => mailOutcome(state, event)));
    expect(outcomes.filter(({ outcome }) => outcome === "done")).toHaveLength(1);
    expect(mailsOf(state.aws)).toHaveLength(1);
    let open = events.filter((_, i) => outcomes[i]?.outcome === "deferred");
    for (let round = 0; round < 20 && open.length > 0; round++) {
      state.aws.clock.advance(60_000);
      const again = await Promise.all(open.map((event) => mailOutcome(state, event)));
      open = open.filter((_, i) => again[i]?.outcome === "deferred");
    }
    expect(entriesOf(state.aws).every((entry) => entry.state === "closed")).toBe(true);
    const note = [...(state.aws.buckets.get(BUCKET)?.objects ?? [])].find(([key]) => key.startsWith("causes/"));
    expect(JSON.parse(String(note?.[1].body))).toMatchObject({ count: 19 });
    expect(mailsOf(state.aws)).toHaveLength(1);
  });

  it("a mail that failed counts for nothing: the next event of the cause is mailed", async () => {
    let fault: Fault | undefined = { is: "error", name: "AuthorizationError", message: "no", status: 403 };
    const state = await withDomain({ fault: ({ operation }) => (operation === "Publish" ? fault : undefined) });
    expect(await mailOutcome(state, app(state))).toMatchObject({ outcome: "denied" });
    fault = undefined;
    expect(await mailOutcome(state, app(state))).toEqual(DONE);
    expect(await mailOutcome(state, app(state))).toEqual(counted(1));
    expect(mailsOf(state.aws)).toHaveLength(1);
  });

  it("a mail without an answer is sent twice at most, and not for ever again by others", async () => {
    let fault: Fault | undefined = { is: "reset", after: true };
    const state = await withDomain({ fault: ({ operation }) => (operation === "Publish" ? fault : undefined) });
    const event = app(state);
    expect(await mailOutcome(state, event)).toMatchObject({ outcome: "failed" });
    fault = undefined;
    state.aws.clock.advance(120_000);
    expect(await mailOutcome(state, event)).toEqual(DONE);
    expect(await mailOutcome(state, app(state))).toEqual(counted(1));
  });

  it("where notes cannot be read every event is mailed", async () => {
    const unread: Fault = { is: "error", name: "SlowDown", message: "no", status: 400 };
    const state = await withDomain({
      fault: ({ operation, raw }) =>
        operation !== "DescribeApp" && raw.url.pathname.includes("/causes/") ? unread : undefined,
    });
    expect(await mailOutcome(state, app(state))).toEqual(DONE);
    expect(await mailOutcome(state, app(state))).toEqual(DONE);
  });
});

describe("notes about causes", () => {
  const cause: Cause = {
    account: "111122223333",
    region: "us-east-1",
    kind: "domain",
    name: "d-1",
    things: ["studio-storage"],
    own: false,
  };
  const NOW = new Date("2026-11-02T09:15:00Z");
  const causesOn = (store: Store, now: () => Date = () => NOW) =>
    createCauses({ store, remindAfterDays: 7, now, wait: async () => {} });

  it("are made where a role that may not list is denied to read what is not there", async () => {
    const store = memoryStore(() => NOW);
    const strict: Store = {
      ...store,
      async read(key) {
        const read = await store.read(key);
        if (read.is !== "absent") return read;
        const reason = { code: "aws-denied", error: "AccessDenied", message: "" } as const;
        return { is: "unavailable", reason, retryable: false };
      },
    };
    expect(await causesOn(strict).take(cause, "e1", false)).toEqual({ is: "mail" });
    expect(await causesOn(strict).take(cause, "e2", false)).toEqual({ is: "counted", eventID: "e1", count: 1 });
  });

  it("give an event that comes again its turn again, a reminder with the same numbers", async () => {
    const store = memoryStore(() => NOW);
    await causesOn(store).take(cause, "e1", false);
    await causesOn(store).take(cause, "e2", false);
    const later = causesOn(store, () => new Date(NOW.getTime() + 7 * DAY));
    const reminder = { is: "mail", since: { mailed: NOW.toISOString(), events: 2 } };
    expect(await later.take(cause, "e3", false)).toEqual(reminder);
    expect(await later.take(cause, "e3", false)).toEqual(reminder);
    await later.giveBack(cause, "e3");
    expect(await later.take(cause, "e4", false)).toEqual(reminder);
    expect(await later.take(cause, "e3", false)).toEqual({ is: "counted", eventID: "e4", count: 1 });
  });

  it("a new thing that is wrong is mailed, and then known", async () => {
    const causes = causesOn(memoryStore(() => NOW));
    await causes.take(cause, "e1", false);
    const more = { ...cause, things: ["sharing", "studio-storage"] };
    expect(await causes.take(more, "e2", false)).toMatchObject({ is: "mail" });
    expect(await causes.take(cause, "e3", false)).toMatchObject({ is: "counted", count: 1 });
  });

  it("the case of a name in an ARN does not matter", async () => {
    const causes = causesOn(memoryStore(() => NOW));
    await causes.take({ ...cause, name: "Watch" }, "e1", false);
    expect(await causes.take({ ...cause, name: "watch" }, "e2", false)).toMatchObject({ is: "counted" });
  });
});

it("a compliant app costs no note", async () => {
  const state = await embeddedState(policy);
  addDomain(state, "d-1", { KmsKeyId: KEY });
  await play(state, app(state));
  expect(state.aws.calls.filter(({ service }) => service === "s3")).toEqual([]);
});
