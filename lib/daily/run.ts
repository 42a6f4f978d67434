import type { Reason } from "../core/model/reason.ts";
import { LEASE_MS } from "../enforce/store/ledger.ts";
import { claimDay } from "./claim-day.ts";
import { LOOK_BACK_DAYS } from "./collect.ts";
import { daysBefore } from "./day.ts";
import type { DailyPorts } from "./ports.ts";
import { sendMails } from "./send-mails.ts";

export type DailyEnd =
  | { readonly is: "done" }
  /** A later run has to send the rest. */
  | { readonly is: "unfinished"; readonly reason: Reason };

const POLL_MS = 10_000;

/**
 * Sends the mails about yesterday (UTC), and what earlier runs have left of the days before. A run that finds another one
 * at work waits until that has ended or its claim has.
 */
export async function runDaily(ports: DailyPorts): Promise<DailyEnd> {
  const today = ports.now().toISOString().slice(0, 10);
  let end: DailyEnd = { is: "done" };
  for (let back = LOOK_BACK_DAYS; back >= 1; back--) {
    const after = await runDay(daysBefore(today, back), back, ports);
    if (after.is === "unfinished") end = after;
  }
  return end;
}

async function runDay(date: string, back: number, ports: DailyPorts): Promise<DailyEnd> {
  for (let waited = 0; ; waited += POLL_MS) {
    const claimed = await claimDay(date, back === 1, ports);
    switch (claimed.is) {
      case "over":
        return { is: "done" };
      case "unavailable":
        return { is: "unfinished", reason: claimed.reason };
      case "held": {
        const sent = await sendMails(claimed.held, back === LOOK_BACK_DAYS, ports);
        return sent === "closed" ? { is: "done" } : { is: "unfinished", reason: { code: "daily-mail-open", date } };
      }
      case "busy":
        // A run that writes again and again is at work. If it ends before its time, Lambda repeats it.
        if (waited > LEASE_MS) return { is: "done" };
        await ports.wait(POLL_MS);
        break;
      default:
        return claimed satisfies never;
    }
  }
}
