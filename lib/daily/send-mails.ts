import type { Result } from "../ports/ports.ts";
import { writeDailyMail } from "../wording/mail/daily-mail.ts";
import { type Held, isHeld, writeDay } from "./claim-day.ts";
import { readEntries } from "./collect.ts";
import { type DueMail, MAX_ATTEMPTS } from "./day.ts";
import type { DailyPorts } from "./ports.ts";

/** `closed`: every mail is sent or given up. `open`: some are left for a later run. `lost`: the claim is lost. */
export type Sent = "closed" | "open" | "lost";

/**
 * Sends the mails of a claimed day. The attempt is counted in the record before each mail is published, so that each is
 * published twice at most, whatever crashes. `isLast`: no later run looks at the day.
 */
export async function sendMails(claimed: Held, isLast: boolean, ports: DailyPorts): Promise<Sent> {
  let held = claimed;
  for (let i = 0; i < held.day.mails.length; i++) {
    const after = await sendOne(held, i, isLast, ports);
    if (!after) return "lost";
    held = after;
  }
  const isOpen = held.day.mails.some(({ state }) => state === "due");
  const ended = await writeDay(held, { ...held.day, state: isOpen ? "waiting" : "closed" }, ports);
  if (!ended) return "lost";
  return isOpen ? "open" : "closed";
}

/** Undefined where the claim is lost. */
async function sendOne(held: Held, i: number, isLast: boolean, ports: DailyPorts): Promise<Held | undefined> {
  const mail = held.day.mails[i];
  if (mail?.state !== "due") return held;
  // A run that crashed has made the last attempt.
  if (mail.attempts >= MAX_ATTEMPTS) return giveUp(held, i, ports);
  // First, because a read that fails must not use up an attempt.
  const entries = await readEntries(mail.entries, ports);
  if ("is" in entries) return isLast ? giveUp(held, i, ports) : held;
  const text = writeDailyMail({
    kind: mail.kind,
    date: held.day.date,
    decisions: entries.map(({ entry }) => entry),
    account: ports.account,
    region: ports.region,
    bucket: ports.bucket,
    contact: ports.contact,
    stack: ports.stack,
  });
  const counted = isHeld(held, ports)
    ? await change(held, i, { ...mail, attempts: mail.attempts + 1 }, ports)
    : undefined;
  if (!counted || !isHeld(counted, ports)) return undefined;
  return afterAttempt(counted, i, await ports.publish(text, mail), isLast, ports);
}

async function afterAttempt(held: Held, i: number, result: Result, isLast: boolean, ports: DailyPorts) {
  const mail = held.day.mails[i];
  if (!mail) return held;
  if (result.is === "done") return change(held, i, { ...mail, state: "sent" }, ports);
  if (result.is === "denied")
    await ports.alarm({ kind: "denied", reason: { code: "denied-action", action: "notify", answer: result.reason } });
  if (isLast) return giveUp(held, i, ports);
  const mayBeOut = result.is === "failed" && result.unanswered === true;
  if (mayBeOut) return mail.attempts >= MAX_ATTEMPTS ? giveUp(held, i, ports) : held;
  // SNS has answered that it did not take the mail: the attempt does not count.
  return change(held, i, { ...mail, attempts: mail.attempts - 1 }, ports);
}

/** A mail that may not have gone out is reported to the operators, before the record says that it is given up. */
async function giveUp(held: Held, i: number, ports: DailyPorts): Promise<Held | undefined> {
  const mail = held.day.mails[i];
  if (!mail) return held;
  await ports.alarm({ kind: "notice", reason: { code: "daily-mail-unanswered", date: held.day.date } });
  return change(held, i, { ...mail, state: "given-up" }, ports);
}

const change = (held: Held, i: number, mail: DueMail, ports: DailyPorts): Promise<Held | undefined> =>
  writeDay(held, { ...held.day, mails: held.day.mails.with(i, mail) }, ports);
