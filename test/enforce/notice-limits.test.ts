import { describe, expect, it } from "vitest";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Outcome } from "../../lib/core/model/types.ts";
import type { PlannedAction } from "../../lib/core/plan/orders.ts";
import { notifyOf, reserve } from "../../lib/enforce/notices.ts";
import type { Claim, Notices } from "../../lib/ports/ledger.ts";
import type { Alarm, Ports, Result } from "../../lib/ports/ports.ts";
import { callOf, policyOf } from "../support/build.ts";

const NOTIFY = { do: "notify" } as PlannedAction;
const NONE: Notices = { first: 0, followUp: 0, owesFollowUp: false };
const MAILED: Outcome[] = [{ do: "notify", outcome: "done" }];
const answer = { error: "E", message: "m" } as const;
const UNANSWERED: Result = {
  is: "failed",
  reason: { code: "aws-unanswered", ...answer },
  retryable: true,
  unanswered: true,
};
const REFUSED: Result = { is: "failed", reason: { code: "aws-throttled", ...answer }, retryable: true };
const STOPPING: Outcome[] = [{ do: "stop", outcome: "deferred", reason: { code: "slots-busy" } }];

interface Scene {
  readonly earlier?: readonly Outcome[];
  readonly before?: Notices;
  readonly result?: Result;
  readonly isHeld?: boolean;
  readonly willRetry?: boolean;
  readonly isLast?: boolean;
}

/** One delivery's notice, with a claim as the ledger would give it. */
async function notified(scene: Scene) {
  const { earlier = [], before = NONE, result = { is: "done" }, isHeld = true, willRetry = false } = scene;
  const event = callOf("CreateTrainingJob", { TrainingJobName: "t" });
  const policy = policyOf();
  const delivery = { receives: 1, sentAt: new Date(), isRedriven: false, isLast: scene.isLast ?? false };
  const task = { event, judgement: judge(event, policy, new Map()), planned: [NOTIFY], delivery };
  const alarms: Alarm["kind"][] = [];
  let mails = 0;
  const ports = {
    policy,
    alarm: async ({ kind }: Alarm) => void alarms.push(kind),
    async notify() {
      mails++;
      return result;
    },
  } as unknown as Ports;
  const claim = {
    earlier,
    before,
    notices: reserve(task, { earlier, notices: before }),
    isHeld: () => isHeld,
  } as Claim;
  const { step, notices } = await notifyOf(NOTIFY, { task, claim, outcomes: STOPPING, willRetry }, ports);
  return { outcome: step.outcome.outcome, next: step.next, notices, alarms, mails, claimed: claim.notices };
}

describe("the first notice", () => {
  it("is counted with the claim, and stays counted", async () => {
    const counted = { ...NONE, first: 1 };
    expect(await notified({})).toMatchObject({ claimed: counted, notices: counted, mails: 1, next: "done" });
  });

  it("does not count where SNS refused it, and comes back", async () => {
    expect(await notified({ result: REFUSED })).toMatchObject({ notices: NONE, next: "retry", alarms: [] });
  });

  it("counts where SNS did not answer; the second time it is given up, and the operators know", async () => {
    const first = await notified({ result: UNANSWERED });
    expect(first).toMatchObject({ notices: { first: 1 }, next: "retry", alarms: [] });
    const second = await notified({ before: first.notices, result: UNANSWERED });
    expect(second).toMatchObject({ outcome: "failed", next: "deadLetter", alarms: ["notice"], notices: { first: 2 } });
    const third = await notified({ before: second.notices });
    expect(third).toMatchObject({ outcome: "failed", next: "deadLetter", alarms: ["notice"], mails: 0 });
  });

  it("is not sent without the claim, and may have been sent by another delivery", async () => {
    expect(await notified({ isHeld: false })).toMatchObject({ mails: 0, next: "retry", notices: { first: 1 } });
  });

  it("owes a follow-up only where it announced a retry and SNS took it", async () => {
    const owes = async (scene: Scene) => (await notified(scene)).notices.owesFollowUp;
    expect(await owes({ willRetry: true })).toBe(true);
    expect(await owes({})).toBe(false);
    expect(await owes({ willRetry: true, isLast: true })).toBe(false);
    expect(await owes({ willRetry: true, result: UNANSWERED })).toBe(false);
  });
});

describe("the follow-up", () => {
  const before: Notices = { first: 1, followUp: 0, owesFollowUp: true };
  const owed = { earlier: MAILED, before };

  it("is counted with the claim, is sent once the stop has ended, and is not owed any more", async () => {
    const sent = { first: 1, followUp: 1, owesFollowUp: false };
    expect(await notified(owed)).toMatchObject({ claimed: { followUp: 1 }, mails: 1, next: "done", notices: sent });
  });

  it("waits while the stop is tried again, unless it is the last delivery", async () => {
    expect(await notified({ ...owed, willRetry: true })).toMatchObject({ mails: 0, notices: before });
    expect(await notified({ ...owed, willRetry: true, isLast: true })).toMatchObject({ mails: 1 });
  });

  it("that nobody is owed is not sent", async () => {
    expect(await notified({ earlier: MAILED, before: { ...NONE, first: 1 } })).toMatchObject({
      mails: 0,
      next: "done",
    });
  });

  it("comes back where SNS refused it, and is not counted", async () => {
    expect(await notified({ ...owed, result: REFUSED })).toMatchObject({ next: "retry", notices: before });
  });

  it("is attempted twice at most, and then the operators know", async () => {
    const first = await notified({ ...owed, result: UNANSWERED });
    expect(first).toMatchObject({ next: "retry", notices: { followUp: 1, owesFollowUp: true }, alarms: [] });
    const second = await notified({ earlier: MAILED, before: first.notices, result: UNANSWERED });
    expect(second).toMatchObject({ next: "done", notices: { followUp: 2, owesFollowUp: false }, alarms: ["notice"] });
    const crashed = { ...before, followUp: 2 };
    expect(await notified({ earlier: MAILED, before: crashed })).toMatchObject({
      mails: 0,
      alarms: ["notice"],
      notices: { owesFollowUp: false },
    });
  });

  it("is not sent without the claim", async () => {
    expect(await notified({ ...owed, isHeld: false })).toMatchObject({ mails: 0, next: "retry" });
  });
});
