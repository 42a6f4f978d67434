import { describe, expect, it } from "vitest";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { DIGEST_WITHIN_MS } from "../../lib/enforce/notices.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { policyOf } from "../support/build.ts";
import {
  alarmsOf,
  arnOf,
  embeddedState,
  entriesOf,
  firstDelivery,
  happen,
  mailsOf,
  portsOn,
} from "../support/world.ts";

const job = (name: string) =>
  [
    { TrainingJobName: name, ResourceConfig: { InstanceType: "ml.m5.large" } },
    { TrainingJobArn: arnOf("training-job", name) },
  ] as const;

const THROTTLED = { is: "error", name: "ThrottlingException", message: "no", status: 400 } as const;
const TEAM = { match: { name: "churn-*" }, send: "now", to: "team-churn" };
const routed = (...notify: object[]): Policy => policyOf({ notify });

/** A job without a key, under a policy with these routes, in a stack that has these topics beside its own. */
async function notified(policy: Policy, name: string, topics: readonly string[] = ["team-churn"]) {
  const state = await embeddedState(policy);
  const { aws } = state;
  const routeTopicArns = topics.map((topic) => aws.sns.createTopic(topic));
  const ports = portsOn(aws, policy, { routeTopicArns });
  const event = happen(aws, "CreateTrainingJob", ...job(name));
  const again = () => respond(event, ports, { ...firstDelivery(state), receives: 2 });
  const { decision, next } = await respond(event, ports, firstDelivery(state));
  const to = () => aws.sns.publications.map(({ topicArn }) => topicArn.split(":").at(-1));
  return { aws, event, again, next, decision, to, notify: decision.actions.find((one) => one.do === "notify") };
}

describe("the first route that matches", () => {
  it("sends the mail to its topic, and the ledger says so", async () => {
    const { aws, to, notify, decision } = await notified(routed(TEAM), "churn-1");
    expect(to()).toEqual(["team-churn"]);
    expect(notify).toEqual({ do: "notify", outcome: "done", reason: { code: "sent-to", to: "team-churn" } });
    expect(decision.actions.map((one) => `${one.do} ${one.outcome}`)).toEqual(["tag done", "stop done", "notify done"]);
    expect(entriesOf(aws)[0]?.actions.at(-1)).toMatchObject({ code: "sent-to", because: "to the topic team-churn" });
  });

  it("decides, not a later one; without a match the mail goes to the users, as before", async () => {
    const policy = routed({ match: { name: "churn-1" }, send: "now" }, TEAM);
    expect((await notified(policy, "churn-1")).to()).toEqual(["keyward"]);
    expect((await notified(policy, "churn-2")).to()).toEqual(["team-churn"]);
    const other = await notified(policy, "other");
    expect(other.to()).toEqual(["keyward"]);
    expect(other.notify).toEqual({ do: "notify", outcome: "done" });
  });

  it("may be for one finding", async () => {
    const volumes = { match: { setting: "volume" }, send: "now", to: "team-churn" };
    const outputs = { match: { setting: "core-dump" }, send: "never" };
    expect((await notified(routed(outputs, volumes), "a")).to()).toEqual(["team-churn"]);
  });

  it("can stop the mail; the resource is tagged and stopped all the same", async () => {
    const { to, decision, next } = await notified(routed({ match: { account: "*" }, send: "never" }), "a");
    expect(to()).toEqual([]);
    expect(next).toBe("done");
    expect(decision.actions).toEqual([
      { do: "tag", outcome: "done" },
      { do: "stop", outcome: "done" },
      { do: "notify", outcome: "skipped", reason: { code: "notify-never" } },
    ]);
  });

  it("does not stop the mail where an earlier one may have matched", async () => {
    const tagged = { match: { tag: { key: "team", "set-by": "*" } }, send: "now", to: "team-churn" };
    const policy = routed(
      { match: { principal: "*:role/etl" }, send: "now" },
      { match: { account: "*" }, send: "never" },
    );
    const change = {
      version: "0",
      id: "e3b0c442-98fc-4c14-9afb-000000009999",
      source: "aws.sagemaker",
      "detail-type": "SageMaker Notebook Instance State Change",
      account: "111122223333",
      region: "us-east-1",
      time: "2026-11-02T09:15:00Z",
      detail: {
        NotebookInstanceName: "nb",
        NotebookInstanceArn: arnOf("notebook-instance", "nb"),
        NotebookInstanceStatus: "InService",
      },
    };
    const notifyIn = (given: Policy) =>
      dryRun(change, given, new Date()).decision.actions.find((one) => one.do === "notify");
    expect(notifyIn(policy)).toEqual({ do: "notify", outcome: "planned" });
    expect(notifyIn(routed(tagged, { match: { account: "*" }, send: "daily", to: "t" }))).toMatchObject({
      reason: { code: "in-digest", to: "t" },
    });
  });
});

describe("a topic that the stack does not have", () => {
  it("is reported to the operators once, and its mails go to the users", async () => {
    const { aws, to, again, notify } = await notified(routed(TEAM), "churn-1", []);
    await again();
    expect(to()).toEqual(["operators", "keyward"]);
    expect(notify).toEqual({ do: "notify", outcome: "done" });
    expect(alarmsOf(aws)[0]?.messages.email).toMatch(/names the topic team-churn/);
    expect(alarmsOf(aws)[0]?.messages.email).toMatch(/RouteTopicArns/);
  });
});

describe("a notice for the daily mail", () => {
  const daily = routed({ match: { account: "*" }, send: "daily", to: "team-churn" });

  it("is not mailed, and the ledger has it", async () => {
    const { aws, to, decision, next, again } = await notified(daily, "a");
    await again();
    expect(to()).toEqual([]);
    expect(next).toBe("done");
    expect(decision.actions.at(-1)).toEqual({
      do: "notify",
      outcome: "skipped",
      reason: { code: "in-digest", to: "team-churn" },
    });
    const [entry] = entriesOf(aws);
    expect(entry).toMatchObject({ state: "closed", notices: { first: 0 } });
    expect(entry?.actions.at(-1)).toMatchObject({ code: "in-digest", facts: { to: "team-churn" } });
  });

  it("has an entry even where nothing else is done", async () => {
    const policy = policyOf({
      respond: { default: ["notify"] },
      notify: [{ match: { account: "*" }, send: "daily" }],
    });
    const { aws } = await notified(policy, "a");
    expect(entriesOf(aws)).toMatchObject([{ state: "closed", actions: [{ do: "notify", facts: { to: null } }] }]);
  });

  it("that no daily mail looks at any more is sent at once, to its topic", async () => {
    const state = await embeddedState(daily);
    const { aws } = state;
    const event = happen(aws, "CreateTrainingJob", ...job("a"));
    const ports = portsOn(aws, daily, { routeTopicArns: [aws.sns.createTopic("team-churn")] });
    aws.clock.advance(DIGEST_WITHIN_MS + 60_000);
    await respond(event, ports, firstDelivery(state));
    await respond(event, ports, { ...firstDelivery(state), receives: 2 });
    expect(aws.sns.publications.map(({ topicArn }) => topicArn.split(":").at(-1))).toEqual(["team-churn"]);
    expect(entriesOf(aws)[0]?.actions.at(-1)).toMatchObject({ do: "notify", outcome: "done", code: "sent-to" });
  });

  it("that is in one is not sent by itself, however late its event is finished", async () => {
    const state = await embeddedState(daily, {
      fault: ({ operation }) => (operation === "StopTrainingJob" && isThrottled ? THROTTLED : undefined),
    });
    const { aws } = state;
    let isThrottled = true;
    const event = happen(aws, "CreateTrainingJob", ...job("a"));
    const ports = portsOn(aws, daily);
    expect((await respond(event, ports, firstDelivery(state))).next).toBe("retry");
    isThrottled = false;
    aws.clock.advance(2 * DIGEST_WITHIN_MS);
    await respond(event, ports, { ...firstDelivery(state), receives: 2, isRedriven: true });
    expect(mailsOf(aws)).toEqual([]);
    expect(entriesOf(aws)).toMatchObject([{ state: "closed", actions: [{}, {}, { code: "in-digest" }] }]);
  });

  it("that was attempted by itself before is finished by itself", async () => {
    const state = await embeddedState(routed());
    const { aws } = state;
    const event = happen(aws, "CreateTrainingJob", ...job("a"));
    const ended = { ...portsOn(aws, routed()), notify: () => new Promise<never>(() => {}) };
    void respond(event, ended, firstDelivery(state));
    while (entriesOf(aws).length === 0 || aws.sagemaker.resources[0]?.status !== "Stopping")
      await new Promise((done) => setTimeout(done, 5));
    aws.clock.advance(120_000);
    await respond(event, portsOn(aws, daily), { ...firstDelivery(state), receives: 2 });
    expect(mailsOf(aws)).toHaveLength(1);
    expect(entriesOf(aws)[0]).toMatchObject({ notices: { first: 2 } });
    expect(JSON.stringify(entriesOf(aws))).not.toContain("in-digest");
  });
});
