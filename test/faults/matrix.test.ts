import { afterAll, describe, expect, it } from "vitest";
import {
  DELIVERIES,
  type Delivered,
  type Ended,
  FAULTS,
  type FaultName,
  isPossible,
  playCell,
  SITES,
  type Site,
} from "./cell.ts";

const rows = (Object.keys(SITES) as Site[]).flatMap((site) =>
  FAULTS.filter((fault) => isPossible(site, fault)).map((fault) => [site, fault] as const),
);
const table = new Map<string, string>();

/**
 * Calls whose permanent failure leaves the event to the dead-letter queue, since what depends on them cannot be done.
 */
const NEEDED: readonly Site[] = [
  "ledger: claim",
  "limiter: slot",
  "AddTags",
  "StopTrainingJob",
  "DescribeTrainingJob (warm pool)",
  "UpdateTrainingJob (warm pool)",
  "Publish",
  "ledger: outcome",
  "ledger: take over",
  "parent's note",
  "StopAutoMLJob (parent)",
];

/** Look-ups that a verdict depends on. */
const LOOK_UPS: readonly Site[] = ["DescribeKey", "GetBucketEncryption"];

/** Look-ups that confirm a parent. Without an answer the job is judged by itself. */
const PARENT_LOOK_UPS: readonly Site[] = ["DescribeTrainingJob (parent)", "ListPipelineExecutionSteps (parent)"];

/** Faults that stay. */
const STAY: readonly FaultName[] = ["denied", "throttle always", "lost for good"];

/** An event that has failed for good leaves the queue only when the dead-letter queue has taken it. */
function checkDeadLetter(
  fault: FaultName,
  copies: number,
  { inQueue, dead, deadAsItCame, mails, entry }: Ended,
): string {
  expect({ deadAsItCame, mails, state: entry?.state }).toEqual({ deadAsItCame: true, mails: 1, state: "waiting" });
  if (fault === "denied" || fault === "throttle always") {
    expect({ inQueue, dead }).toEqual({ inQueue: copies, dead: 0 });
    return "stays in queue";
  }
  if (fault === "lost for good") {
    expect(inQueue).toBe(copies);
    expect(dead).toBeGreaterThan(copies);
    return "in both";
  }
  expect(inQueue).toBe(0);
  expect(dead).toBeGreaterThanOrEqual(copies);
  return dead > copies ? "dead letter, twice" : "dead letter";
}

/** What must hold in the end, whatever went wrong; a cell says where it is less than all done. */
function check(site: Site, fault: FaultName, delivered: Delivered, ended: Ended): string {
  const { entry, entries, inQueue, dead, deadAsItCame, mails, followUps, status, tagged, warmPool, alarms } = ended;
  const copies = delivered === "once" ? 1 : 5;
  if (site === "dead letters: SendMessage") return checkDeadLetter(fault, copies, ended);
  // Nothing is in limbo, and what was given up is as it came.
  expect(inQueue).toBe(0);
  expect(deadAsItCame).toBe(true);
  expect(entries).toBeLessThanOrEqual(1);
  // The ledger agrees with the real state.
  const said = (name: string) => entry?.actions.find((action) => action.do === name)?.outcome;
  if (said("tag") === "done") expect(tagged).toBe(true);
  if (said("stop") === "done" || said("stop") === "already-done") expect(status).toMatch(/^(Stop|Completed)/);
  if (said("notify") === "done") expect(mails).toBeGreaterThan(0);
  // One mail; two where the fault fell between sending it and writing that down; without a ledger one for each copy.
  const noLedger = site === "ledger: claim" && fault === "denied";
  const between =
    (site === "Publish" && (fault === "crash after" || fault === "lost for good")) ||
    (site === "ledger: outcome" && fault !== "throttle once" && fault !== "5xx");
  expect(mails).toBeLessThanOrEqual(noLedger ? copies : between ? 2 : 1);
  // An announced stop that is given up is reported once more, and none is announced in vain.
  expect(followUps).toBeLessThanOrEqual(entry?.notices.followUp ?? 0);
  expect(followUps).toBeLessThanOrEqual(1);
  if (dead === 0) expect(entry?.notices.owesFollowUp ?? false).toBe(false);
  if (LOOK_UPS.includes(site) && STAY.includes(fault)) {
    // Nobody knows whose key it is: notified, and never stopped.
    expect({ mails, status, dead, verdict: entry?.verdict }).toMatchObject({
      mails: 1,
      status: "Completed",
      dead: 0,
      verdict: "undetermined",
    });
    return "mail, not stopped";
  }
  const stopped = status.startsWith("Stop");
  const all = mails > 0 && tagged && stopped && !warmPool && entry?.state === "closed" && dead === 0;
  const undelivered = fault === "denied" && site === "Publish";
  // Its parent is not known: the job itself is reported and stopped.
  const alone = PARENT_LOOK_UPS.includes(site) && entry?.parent === undefined;
  if (all && alone) return "done, by itself";
  if (all) return mails > 1 ? `done, ${mails} mails` : "done";
  if (fault === "denied" && dead === 0) {
    // Final, recorded as it was, with an alarm.
    expect({ state: entry?.state, alarmed: alarms > 0, notified: mails > 0 || undelivered }).toEqual({
      state: "closed",
      alarmed: true,
      notified: true,
    });
    expect(entry?.actions.filter(({ outcome }) => outcome === "denied")).toHaveLength(1);
    return "denied, alarm";
  }
  expect(NEEDED).toContain(site);
  expect(STAY).toContain(fault);
  // Nobody was left with "Keyward tries again", unless nobody can read that it was announced.
  const isUnreadable = site === "ledger: claim" || site === "ledger: take over";
  const stopFailed = said("stop") === "failed" || said("stop") === "deferred";
  if (stopFailed && mails > 0 && !isUnreadable) expect(followUps).toBe(1);
  if (followUps > 0) return `given up, ${mails} + 1 mails`;
  return `given up${mails > 0 ? `, ${mails} mail${mails > 1 ? "s" : ""}` : ", no mail"}`;
}

/** In milliseconds. It ends a cell that hangs, and is far more than a slow machine needs. */
const HANGS_AFTER = 900_000;

describe.concurrent("every call × every fault × every delivery", () => {
  it.each(rows)("%s, %s", { timeout: HANGS_AFTER }, async (site, fault) => {
    const play = async (delivered: Delivered) => {
      const ended = await playCell(site, fault, delivered);
      const key = `${site}|${fault}|${delivered}`;
      table.set(
        key,
        ended.met ? check(site, fault, delivered, ended) : `not made; ${check(site, fault, delivered, ended)}`,
      );
    };
    // Side by side, as most of a hanging cell's time is spent waiting.
    await Promise.all(DELIVERIES.map(play));
  });
});

afterAll(() => {
  const short = (cell: string | undefined) => (cell?.startsWith("not made") ? "·" : (cell ?? "FAILED"));
  const lines = (Object.keys(SITES) as Site[]).flatMap((site) =>
    DELIVERIES.map((delivered, i) => {
      const cellOf = (fault: FaultName) =>
        isPossible(site, fault) ? short(table.get(`${site}|${fault}|${delivered}`)) : "·";
      const cells = FAULTS.map((fault) => cellOf(fault).padEnd(23));
      return `${(i === 0 ? site : "").padEnd(37)}${delivered.padEnd(15)}${cells.join("")}`;
    }),
  );
  const header = `${"CALL".padEnd(37)}${"DELIVERED".padEnd(15)}${FAULTS.map((fault) => fault.padEnd(23)).join("")}`;
  process.stdout.write(`\n${[header, ...lines].join("\n")}\n· the call is not made there\n\n`);
});
