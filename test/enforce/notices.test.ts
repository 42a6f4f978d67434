import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import { KEY, policyOf } from "../support/build.ts";
import {
  alarmsOf,
  arnOf,
  type EmbeddedState,
  embeddedState,
  entriesOf,
  firstDelivery,
  happen,
  mailsOf,
} from "../support/world.ts";

const job = [
  { TrainingJobName: "t", ResourceConfig: { InstanceType: "ml.m5.large" } },
  { TrainingJobArn: arnOf("training-job", "t") },
] as const;
const THROTTLED: Fault = { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 };

/** An embedded AWS that fails one operation while `fault` is set. */
async function failing(operation: string, first: Fault | undefined) {
  const failure = { fault: first };
  const state = await embeddedState(policyOf(), {
    fault: (request) => (request.operation === operation ? failure.fault : undefined),
  });
  return { ...state, failure, event: happen(state.aws, "CreateTrainingJob", ...job) };
}

/** The next delivery, after the wait of the queue; past any lease. */
async function again(state: EmbeddedState, event: JsonObject, isLast = false) {
  state.aws.clock.advance(120_000);
  return respond(event, state.ports, { ...firstDelivery(state), receives: 2, isLast });
}
/** A process that ends while it publishes, and how often it was there. */
function endedIn(ports: EmbeddedState["ports"]) {
  let published = 0;
  const notify = () => {
    published++;
    return new Promise<never>(() => {});
  };
  return { ended: { ...ports, notify }, published: () => published };
}
const subjects = ({ aws }: EmbeddedState) => mailsOf(aws).map(({ subject }) => subject?.replace(/ \(.*/, ""));

describe("a stop that is tried again", () => {
  it("is mailed as such, and one follow-up says how it ended", async () => {
    const state = await failing("StopTrainingJob", THROTTLED);
    const { failure, event, aws } = state;
    expect(await respond(event, state.ports, firstDelivery(state))).toMatchObject({ next: "retry" });
    expect(mailsOf(aws)[0]?.messages.email).toMatch(/could not be stopped yet;\s+Keyward/);
    expect(entriesOf(aws)).toMatchObject([
      { state: "waiting", notices: { first: 1, followUp: 0, owesFollowUp: true } },
    ]);
    await again(state, event);
    expect(subjects(state)).toEqual(["Keyward: non-compliant training job t, not stopped yet"]);
    // The delivery that may have sent the follow-up did not: its count is lowered again.
    expect(entriesOf(aws)).toMatchObject([{ notices: { first: 1, followUp: 0, owesFollowUp: true } }]);
    failure.fault = undefined;
    expect(await again(state, event)).toMatchObject({ next: "done" });
    expect(subjects(state)).toEqual([
      "Keyward: non-compliant training job t, not stopped yet",
      "Keyward: non-compliant training job t, stopped",
    ]);
    expect(mailsOf(aws)[1]?.messages.email).toMatch(/^Training job t, reported before, has been stopped\./);
    await again(state, event);
    expect(mailsOf(aws)).toHaveLength(2);
    expect(entriesOf(aws)).toMatchObject([
      { state: "closed", notices: { first: 1, followUp: 1, owesFollowUp: false } },
    ]);
  });

  it("is mailed as not stopped with the last delivery, once", async () => {
    const state = await failing("StopTrainingJob", THROTTLED);
    const { event, aws } = state;
    await respond(event, state.ports, firstDelivery(state));
    expect(await again(state, event, true)).toMatchObject({ next: "retry" });
    expect(mailsOf(aws)[1]?.messages.email).toMatch(/^Training job t, reported before, could not be stopped\./);
    await again(state, event, true);
    expect(mailsOf(aws)).toHaveLength(2);
  });

  it("by a first mail that is the last delivery's promises nothing", async () => {
    const state = await failing("StopTrainingJob", THROTTLED);
    await respond(state.event, state.ports, { ...firstDelivery(state), isLast: true });
    expect(mailsOf(state.aws)[0]?.messages.email).not.toContain("tries");
    expect(entriesOf(state.aws)).toMatchObject([{ notices: { owesFollowUp: false } }]);
  });

  it("a tag alone that is tried again needs no follow-up", async () => {
    const state = await failing("AddTags", THROTTLED);
    const { failure, event, aws } = state;
    expect(await respond(event, state.ports, firstDelivery(state))).toMatchObject({ next: "retry" });
    failure.fault = undefined;
    expect(await again(state, event)).toMatchObject({ next: "done" });
    expect(subjects(state)).toEqual(["Keyward: non-compliant training job t, stopped"]);
    expect(entriesOf(aws)).toMatchObject([{ state: "closed", notices: { first: 1, followUp: 0 } }]);
  });
});

describe("a notice goes out at most twice in the life of its event", () => {
  it("where SNS takes it and never answers, over any number of deliveries", async () => {
    const state = await failing("Publish", { is: "reset", after: true });
    const { event, aws } = state;
    const users = () => mailsOf(aws).length;
    await respond(event, state.ports, firstDelivery(state));
    expect(users()).toBe(1);
    for (let i = 0; i < 6; i++) await again(state, event);
    expect(users()).toBe(2);
    expect(entriesOf(aws)).toMatchObject([{ state: "waiting", notices: { first: 2 } }]);
  });

  it("also when it is redriven from the dead-letter queue later", async () => {
    const state = await failing("Publish", { is: "reset", after: true });
    const { event, aws, failure } = state;
    await respond(event, state.ports, firstDelivery(state));
    expect((await again(state, event)).next).toBe("deadLetter");
    aws.clock.advance(24 * 3_600_000);
    failure.fault = undefined;
    expect((await respond(event, state.ports, firstDelivery(state))).next).toBe("deadLetter");
    expect(mailsOf(aws)).toHaveLength(2);
    expect(alarmsOf(aws).at(-1)?.subject).toMatch(/^Keyward cannot tell whether a mail went out/);
  });

  it("an attempt that SNS refused does not count", async () => {
    const state = await failing("Publish", THROTTLED);
    const { event, aws, failure } = state;
    await respond(event, state.ports, firstDelivery(state));
    for (let i = 0; i < 4; i++) await again(state, event);
    expect(entriesOf(aws)).toMatchObject([{ state: "waiting", notices: { first: 0 } }]);
    failure.fault = undefined;
    expect(await again(state, event)).toMatchObject({ next: "done" });
    expect(mailsOf(aws)).toHaveLength(1);
  });

  it("deliveries that end after their claim count, though nobody knows whether they mailed", async () => {
    const state = await embeddedState();
    const { aws, ports } = state;
    const event = happen(aws, "CreateTrainingJob", ...job);
    const { ended, published } = endedIn(ports);
    for (let i = 0; i < 2; i++) {
      void respond(event, ended, firstDelivery(state));
      await expect.poll(published, { timeout: 60_000 }).toBe(i + 1);
      aws.clock.advance(120_000);
    }
    expect(await respond(event, ports, firstDelivery(state))).toMatchObject({ next: "deadLetter" });
    expect(mailsOf(aws)).toHaveLength(0);
    expect(alarmsOf(aws).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Keyward cannot tell whether a mail went out/),
    ]);
  });
});

describe("an announced stop that is not wanted any more", () => {
  const OBSERVED = "is not stopped\\.";
  const exemptions = [
    {
      name: "trial",
      reason: "a trial",
      owner: "ml-platform",
      expires: "2027-01-01",
      match: { kind: "training-job", name: "t" },
    },
  ];
  const outcomes: [string, Parameters<typeof policyOf>[0], string][] = [
    ["the policy accepts the key", { require: { volume: false, output: false } }, "complies with the policy now"],
    ["an exemption covers it", { exemptions }, "is exempt now"],
    ["the policy only observes", { mode: "observe" }, OBSERVED],
    ["the policy only tags", { respond: { default: ["tag"] } }, OBSERVED],
  ];
  /** A job whose stop was announced; then the policy changes. */
  async function announced(change: Parameters<typeof policyOf>[0], options: { silent?: boolean; stop?: Fault } = {}) {
    let publish: Fault | undefined;
    const state = await embeddedState(policyOf(), {
      fault: ({ operation }) =>
        operation === "StopTrainingJob" ? (options.stop ?? THROTTLED) : operation === "Publish" ? publish : undefined,
    });
    const event = happen(state.aws, "CreateTrainingJob", ...job);
    expect(await respond(event, state.ports, firstDelivery(state))).toMatchObject({ next: "retry" });
    expect(entriesOf(state.aws)).toMatchObject([{ notices: { owesFollowUp: true } }]);
    if (options.silent) publish = { is: "reset", after: true };
    return { event, state: { ...state, ports: { ...state.ports, policy: policyOf(change) } } };
  }
  const bodies = ({ aws }: EmbeddedState) => mailsOf(aws).map(({ messages }) => messages.email ?? "");

  it.each(outcomes)("because %s, ends with one follow-up that says so", async (_what, change, words) => {
    const { state, event } = await announced(change);
    expect(await again(state, event)).toMatchObject({ next: "done" });
    expect(subjects(state)).toEqual([
      "Keyward: non-compliant training job t, not stopped yet",
      expect.stringMatching(/^Keyward: (compliant|exempt|non-compliant) training job t, not stopped$/),
    ]);
    expect(bodies(state)[1]?.replaceAll("\n", " ")).toMatch(new RegExp(`^Training job t, reported before, ${words}`));
    expect(await again(state, event)).toMatchObject({ next: "done" });
    expect(mailsOf(state.aws)).toHaveLength(2);
    expect(entriesOf(state.aws)).toMatchObject([
      { state: "closed", notices: { first: 1, followUp: 1, owesFollowUp: false } },
    ]);
    expect(state.aws.sagemaker.resources[0]?.status).toBe("InProgress");
  });

  it.each(outcomes)(
    "because %s: the follow-up goes out twice at most, and the operators know",
    async (_what, change) => {
      const { state, event } = await announced(change, { silent: true });
      expect(await again(state, event)).toMatchObject({ next: "retry" });
      expect(entriesOf(state.aws)).toMatchObject([{ state: "waiting", notices: { followUp: 1, owesFollowUp: true } }]);
      expect(await again(state, event)).toMatchObject({ next: "done" });
      await again(state, event);
      expect(mailsOf(state.aws)).toHaveLength(3);
      expect(entriesOf(state.aws)).toMatchObject([{ state: "closed", notices: { followUp: 2, owesFollowUp: false } }]);
      expect(alarmsOf(state.aws).at(-1)?.subject).toMatch(/^Keyward cannot tell whether a mail went out/);
    },
  );

  it("deliveries that end while they send the follow-up count", async () => {
    const { state, event } = await announced(outcomes[0]?.[1]);
    const { ended, published } = endedIn(state.ports);
    for (let i = 1; i <= 2; i++) {
      void again({ ...state, ports: ended }, event);
      await expect.poll(published, { timeout: 60_000 }).toBe(i);
    }
    expect(await again(state, event)).toMatchObject({ next: "done" });
    expect(mailsOf(state.aws)).toHaveLength(1);
    expect(alarmsOf(state.aws).at(-1)?.subject).toMatch(/^Keyward cannot tell whether a mail went out/);
  });

  it("says that nothing was stopped, unless an attempt had no answer", async () => {
    const none = await announced(outcomes[0]?.[1]);
    await again(none.state, none.event);
    expect(bodies(none.state)[1]?.replaceAll("\n", " ")).toContain("Nothing is wrong any more. Nothing was stopped");
    const lost = await announced(outcomes[0]?.[1], { stop: { is: "reset" } });
    await again(lost.state, lost.event);
    expect(bodies(lost.state)[1]?.replaceAll("\n", " ")).toContain("An earlier attempt may have stopped it");
    expect(subjects(lost.state)[1]).toBe("Keyward: compliant training job t, may be stopped");
  });

  it("is also closed for a redriven message", async () => {
    const { state, event } = await announced(outcomes[0]?.[1]);
    state.aws.clock.advance(120_000);
    await respond(event, state.ports, { ...firstDelivery(state), isRedriven: true });
    const stop = { do: "stop", outcome: "failed", code: "aws-throttled" };
    expect(entriesOf(state.aws)).toMatchObject([
      { state: "closed", verdict: "compliant", actions: [{ do: "tag", outcome: "done" }, stop, { do: "notify" }] },
    ]);
    expect(mailsOf(state.aws)).toHaveLength(2);
  });
});

describe("an event that is judged compliant at its second delivery", () => {
  it("closes the entry that the first one opened", async () => {
    let fault: Fault | undefined = THROTTLED;
    const keys = [{ arn: KEY, manager: "CUSTOMER" as const }];
    const strict = policyOf({ keys: { accept: "listed", allow: [] } });
    const state = await embeddedState(strict, {
      keys,
      fault: ({ operation }) => (operation === "StopTrainingJob" ? fault : undefined),
    });
    const { aws, ports } = state;
    const request = {
      TrainingJobName: "t",
      OutputDataConfig: { KmsKeyId: KEY },
      ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY },
    };
    const event = happen(aws, "CreateTrainingJob", request, job[1]);
    expect(await respond(event, ports, firstDelivery(state))).toMatchObject({ next: "retry" });
    fault = undefined;
    const later = { ...ports, policy: policyOf({ keys: { accept: "any" } }) };
    const second = await again({ ...state, ports: later }, event);
    expect(second).toMatchObject({ next: "done", decision: { verdict: "compliant" } });
    expect(entriesOf(aws)).toMatchObject([{ state: "closed", verdict: "compliant" }]);
    expect(aws.sagemaker.resources[0]?.status).toBe("InProgress");
  });

  it("stays in the queue while another delivery works on it", async () => {
    const state = await embeddedState();
    const ledger = { ...state.ports.ledger, settle: async () => "busy" as const };
    const card = happen(state.aws, "CreateModelCard", { ModelCardName: "c", SecurityConfig: { KmsKeyId: KEY } });
    const ports = { ...state.ports, ledger };
    expect(await respond(card, ports, firstDelivery(state))).toMatchObject({ next: "done" });
    expect(await respond(card, ports, { ...firstDelivery(state), receives: 2 })).toMatchObject({ next: "retry" });
  });
});

describe("the first mail, where the ledger is denied after it was sent", () => {
  it("is sent once more without the ledger, and never again", async () => {
    let denied = false;
    const DENIED: Fault = { is: "error", name: "AccessDenied", message: "Access Denied", status: 403 };
    const state = await embeddedState(policyOf(), {
      fault: ({ service }) => (denied && service === "s3" ? DENIED : undefined),
    });
    const { aws, ports } = state;
    const event = happen(aws, "CreateTrainingJob", ...job);
    const notify: typeof ports.notify = async (mail) => {
      const result = await ports.notify(mail);
      denied = true;
      return result;
    };
    const deliver = async (receives: number, more: object = {}) => {
      aws.clock.advance(120_000);
      await respond(event, { ...ports, ...more }, { ...firstDelivery(state), receives });
      return mailsOf(aws).length;
    };
    expect(await deliver(1, { notify })).toBe(1);
    expect(await deliver(2)).toBe(2);
    expect(await deliver(3)).toBe(2);
    denied = false;
    expect(await deliver(4)).toBe(2);
    expect(entriesOf(aws)).toMatchObject([{ notices: { first: 2, withoutLedgerCounted: true } }]);
    expect(alarmsOf(aws).some(({ subject }) => subject?.includes("cannot tell whether a mail went out"))).toBe(true);
  });
});
