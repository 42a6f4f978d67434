import { describe, expect, it } from "vitest";
import { judge } from "../../lib/core/judge/judge.ts";
import { defined } from "../../lib/core/model/defined.ts";
import { plan } from "../../lib/core/plan/plan.ts";
import { act } from "../../lib/enforce/act.ts";
import { actForParent } from "../../lib/enforce/act-for-parent.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Claim, Notices, Progress } from "../../lib/ports/ledger.ts";
import type { Alarm, Ports, Result } from "../../lib/ports/ports.ts";
import { callOf, policyOf } from "../support/build.ts";
import { recordOf } from "../support/world.ts";

const START = new Date("2026-11-02T09:15:00Z");
const DONE: Result = { is: "done" };
const answer = { error: "E", message: "m" } as const;
const LATER: Result = { is: "failed", reason: { code: "aws-throttled", ...answer }, retryable: true };
const NEVER: Result = { is: "failed", reason: { code: "aws-failed", ...answer }, retryable: false };
const DENIED: Result = { is: "denied", reason: { code: "aws-denied", ...answer } };
const NO_ANSWER = { code: "aws-unanswered", ...answer } as const;
const NONE: Notices = { first: 0, followUp: 0, owesFollowUp: false };
const ONE: Notices = { ...NONE, first: 1 };

interface Answers {
  readonly tag?: Result;
  readonly stop?: Result;
  readonly saves?: boolean;
  readonly earlier?: Claim["earlier"];
}

/** A non-compliant training job under a claim, with ports that give one answer each. */
function scene({ tag = DONE, stop = DONE, saves = true, earlier = [] }: Answers = {}) {
  const policy = policyOf();
  const event = callOf("CreateTrainingJob", { TrainingJobName: "t" }, { TrainingJobArn: "arn:aws:sagemaker:x" });
  const judgement = judge(event, policy, new Map());
  const delivery = { receives: 1, sentAt: START, isRedriven: false, isLast: false };
  const task = { event, judgement, planned: plan(judgement, policy, START), delivery };
  const made: string[] = [];
  const saved: Progress[] = [];
  const alarms: Alarm["kind"][] = [];
  const answering = (name: string, result: Result) => async () => {
    made.push(name);
    return result;
  };
  const ports = {
    policy,
    now: () => START,
    elapsed: () => 0,
    alarm: async ({ kind }: Alarm) => void alarms.push(kind),
    record: () => {},
    recordFault: () => {},
    tag: answering("tag", tag),
    stop: answering("stop", stop),
    notify: answering("notify", DONE),
    limiter: {
      async take() {
        made.push("slot");
        return { is: "taken", slot: { id: "s", keys: [] } };
      },
      giveBack: async () => {},
    },
  } as unknown as Ports;
  const claim: Claim = {
    earlier,
    before: NONE,
    notices: ONE,
    attempt: 1,
    at: START,
    isHeld: () => true,
    async save(progress) {
      saved.push(progress);
      return saves;
    },
  };
  return { task, claim, ports, made, saved, alarms };
}

describe("the end of an event", () => {
  it.each<[string, Answers, string, Progress["state"]]>([
    ["all is done", {}, "done", "closed"],
    ["the stop is tried again", { stop: LATER }, "retry", "waiting"],
    ["the stop has failed for good", { stop: NEVER }, "deadLetter", "waiting"],
    ["the stop has failed for good and the tag is tried again", { stop: NEVER, tag: LATER }, "retry", "waiting"],
    ["the stop was denied", { stop: DENIED }, "done", "closed"],
  ])("where %s", async (_, answers, next, state) => {
    const { task, claim, ports, saved, made } = scene(answers);
    expect((await act(task, claim, ports)).next).toBe(next);
    expect(saved).toMatchObject([{ state, notices: { first: 1 } }]);
    expect(made.sort()).toEqual(["notify", "slot", "stop", "tag"]);
  });

  it("is not reached where the entry could not be written", async () => {
    const { task, claim, ports } = scene({ saves: false });
    expect((await act(task, claim, ports)).next).toBe("retry");
  });
});

describe("an action that an earlier delivery has ended", () => {
  it("is not repeated", async () => {
    const { task, claim, ports, made } = scene({
      earlier: [
        { do: "tag", outcome: "done" },
        { do: "stop", outcome: "already-done", reason: { code: "gone" } },
      ],
    });
    expect((await act(task, claim, ports)).next).toBe("done");
    expect(made).toEqual(["notify"]);
  });

  it("for good is repeated only for a redriven message", async () => {
    const earlier: Claim["earlier"] = [
      { do: "tag", outcome: "done" },
      { do: "stop", outcome: "failed", reason: { code: "arn-name-not-found" }, isFinal: true },
      { do: "notify", outcome: "done" },
    ];
    const first = scene({ earlier });
    expect((await act(first.task, first.claim, first.ports)).next).toBe("deadLetter");
    expect(first.made).toEqual([]);
    const { task, claim, ports, made } = scene({ earlier });
    const redriven = { ...task, delivery: { ...task.delivery, isRedriven: true } };
    expect((await act(redriven, claim, ports)).next).toBe("done");
    expect(made.sort()).toEqual(["slot", "stop"]);
  });

  it("with a denial has had its alarm", async () => {
    const now = scene({ stop: DENIED });
    await act(now.task, now.claim, now.ports);
    expect(now.alarms).toEqual(["denied"]);
    const denied = { do: "stop", outcome: "denied", reason: { code: "aws-denied", ...answer } } as const;
    const later = scene({ earlier: [denied] });
    await act(later.task, later.claim, later.ports);
    expect(later.alarms).toEqual([]);
  });
});

describe("an event whose parent cannot be claimed", () => {
  it.each([true, false])("comes back with nothing done and no notice counted (retryable: %s)", async (retryable) => {
    const { task, claim, ports, made, saved, alarms } = scene();
    const parent = { kind: "pipeline-execution", name: "p", arn: "arn:aws:sagemaker:p" };
    const child = { ...task, judgement: { ...task.judgement, parent } as typeof task.judgement };
    const claimed = { is: "unavailable", reason: NO_ANSWER, retryable } as const;
    const parents = { claim: async () => claimed, release: async () => true };
    expect((await actForParent(child, claim, { ...ports, parents })).next).toBe("retry");
    expect(made).toEqual([]);
    expect(saved).toEqual([{ outcomes: [], notices: NONE, state: "waiting" }]);
    expect(alarms).toEqual(retryable ? [] : ["ledger"]);
  });
});

describe("an event that cannot be claimed", () => {
  const answered = async (opened: object, receives = 1) => {
    const { ports, made, alarms, task } = scene();
    const ledger = { open: async () => opened, settle: async () => ({ is: "settled" }) } as unknown as Ports["ledger"];
    const record = recordOf(task.event);
    const { next } = await respond(record, { ...ports, ledger }, { ...task.delivery, receives });
    return { next, made, alarms };
  };

  it("because another delivery works on it, comes back", async () => {
    expect(await answered({ is: "busy" })).toEqual({ next: "retry", made: [], alarms: [] });
  });

  it("because it is closed, is finished", async () => {
    expect(await answered({ is: "closed", outcomes: [] })).toEqual({ next: "done", made: [], alarms: [] });
  });

  it("because the store did not answer, comes back with nothing done, each time", async () => {
    const unanswered = { is: "unavailable", reason: NO_ANSWER, retryable: true };
    for (const receives of [1, 2, 3]) {
      expect(await answered(unanswered, receives)).toEqual({ next: "retry", made: [], alarms: [] });
    }
  });

  it("because the store refuses for good, is mailed once, with its second delivery, and stops nothing", async () => {
    const denied = { is: "unavailable", reason: DENIED.is === "denied" && DENIED.reason, retryable: false };
    const made: string[][] = [];
    for (const receives of [1, 2, 3, 4]) {
      const one = await answered(denied, receives);
      expect(one).toMatchObject({ next: "retry", alarms: ["ledger"] });
      made.push(one.made);
    }
    expect(made).toEqual([[], ["notify"], [], []]);
  });

  it.each([
    ["a first", 1, false, 0, undefined],
    ["the second, which may mail", 2, false, 0, true],
    ["a later", 3, false, 1, true],
    ["a redriven", 1, true, 1, true],
  ] as const)(
    "%s delivery counts what may have been mailed without the ledger",
    async (_, receives, isRedriven, more, withoutLedgerCounted) => {
      const { ports, task } = scene();
      const one: Notices = { first: 1, followUp: 0, owesFollowUp: true };
      const seen: Notices[] = [];
      const open = async (_decision: unknown, attempted: (entry: Notices | undefined) => Notices) => {
        seen.push(attempted(undefined), attempted(one), attempted({ ...one, withoutLedgerCounted: true }));
        return { is: "busy" };
      };
      const ledger = { open, settle: async () => ({ is: "settled" }) } as unknown as Ports["ledger"];
      await respond(recordOf(task.event), { ...ports, ledger }, { ...task.delivery, receives, isRedriven });
      const [fresh, known, counted] = seen;
      expect(fresh).toEqual({ first: more, followUp: 0, owesFollowUp: false, ...defined({ withoutLedgerCounted }) });
      expect(known).toEqual({ ...one, first: 1 + more, ...defined({ withoutLedgerCounted }) });
      // It is counted once.
      expect(counted).toEqual({ ...one, withoutLedgerCounted: true });
    },
  );
});
