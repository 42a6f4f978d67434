import { type Canary, type CanaryMail, type CanaryNote, canaryKey } from "../../core/model/canary.ts";
import type { Arrival, Ports } from "../../ports/ports.ts";
import type { Store } from "../../ports/store.ts";
import { type CanaryFacts, writeCanaryMail } from "../../wording/mail/canary-mail.ts";
import { say } from "../../wording/reasons/say.ts";
import { embedded } from "../record.ts";
import { hourOf } from "./limiter.ts";

export interface CanaryOptions {
  readonly store: Store;
  readonly publish: Ports["notify"];
  readonly where: Pick<CanaryFacts, "account" | "region">;
  readonly stack: string | undefined;
  readonly now: () => Date;
  readonly recordFault: Ports["recordFault"];
  readonly log: (line: string) => void;
}

/**
 * Anybody who may call PutEvents in the account can send canaries, each with another id, and their mails go to all users.
 * So a clock hour has a few mails, whoever asks for them. Each is one object that can be created once: no race between
 * containers, no replacement to retry, and one refused write for each mail that was sent.
 */
export const CANARY_MAILS_AN_HOUR = 5;
/** What a container answers in an hour: enough for schedules and tests, and a flood of more costs no call to AWS. */
const ANSWERS_AN_HOUR = 100;

/** What a container remembers of the hour. */
interface Memory {
  hour: string;
  answered: number;
  mailsAreUsedUp: boolean;
}

/**
 * Answers canaries. The object is created once for each id, so a repeated delivery or event changes nothing and sends no
 * second mail. Nothing is tried again: a canary that fails has found something, and its sender is waiting for it.
 */
export function createCanaries(options: CanaryOptions): Ports["answerCanary"] {
  const memory: Memory = { hour: "", answered: 0, mailsAreUsedUp: false };
  return async (canary, arrival) => {
    try {
      const { hasArrived, ...facts } = await answer(canary, arrival, memory, options);
      // `id` is a UUID, and nothing else of the event is in the line.
      const members = { canary: canary.is, id: canary.id, ...facts };
      const { log, now, stack } = options;
      log(embedded([["Canary", hasArrived ? 1 : 0, "Count"]], members, now(), stack));
    } catch (error) {
      options.recordFault({ canary: canary.is }, error);
    }
  };
}

interface Answered {
  readonly hasArrived: boolean;
  readonly outcome: "recorded" | "seen-before" | "switched-off" | "too-many" | "not-recorded";
  readonly mail?: CanaryMail["is"];
  readonly code?: string;
  readonly because?: string;
}

async function answer(canary: Canary, arrival: Arrival, memory: Memory, options: CanaryOptions): Promise<Answered> {
  const { store, now } = options;
  const receivedAt = now();
  // Switched off, Keyward calls nothing. The canary has arrived all the same, so the schedule's alarm stays quiet.
  if (arrival.mode === "off") return { hasArrived: true, outcome: "switched-off" };
  if (countIn(memory, hourOf(receivedAt)) > ANSWERS_AN_HOUR) return { hasArrived: false, outcome: "too-many" };
  const note: CanaryNote = {
    id: canary.id,
    sentAt: arrival.sentAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    mail: { is: canary.is === "event" ? "due" : "none" },
  };
  const written = await store.create(canaryKey(canary), note);
  if (written.is === "refused") return { hasArrived: false, outcome: "seen-before" };
  if (written.is === "unavailable") {
    const { reason } = written;
    return { hasArrived: false, outcome: "not-recorded", code: reason.code, because: say(reason) };
  }
  if (canary.is !== "event") return { hasArrived: true, outcome: "recorded", mail: "none" };
  const mail = await sendMail(canary, written.at, memory, options);
  await store.replace(canaryKey(canary), { ...note, writtenAt: written.at.toISOString(), mail }, written.etag);
  return { hasArrived: true, outcome: "recorded", mail: mail.is, ...(mail.is === "failed" ? reasonOf(mail) : {}) };
}

const reasonOf = ({ code, because }: Extract<CanaryMail, { is: "failed" }>) => ({ code, because });

function countIn(memory: Memory, hour: string): number {
  if (memory.hour !== hour) Object.assign(memory, { hour, answered: 0, mailsAreUsedUp: false } satisfies Memory);
  memory.answered++;
  return memory.answered;
}

/** Publishes once: SNS may have taken a mail without an answer, so it is not tried again. `at`: the time of the store. */
async function sendMail(canary: Canary, at: Date, memory: Memory, options: CanaryOptions): Promise<CanaryMail> {
  const { publish, where, now } = options;
  const slot = await takeSlot(canary, at, memory, options.store);
  if (slot !== "taken") return slot;
  const facts = { ...where, stack: options.stack, id: canary.id, perHour: CANARY_MAILS_AN_HOUR };
  const result = await publish(writeCanaryMail(facts));
  if (result.is === "done") return { is: "sent", at: now().toISOString() };
  return { is: "failed", code: result.reason.code, because: say(result.reason) };
}

/** Without the store no mail goes out: the limit could not be kept. */
async function takeSlot({ id }: Canary, at: Date, memory: Memory, store: Store): Promise<"taken" | CanaryMail> {
  for (let slot = 1; slot <= CANARY_MAILS_AN_HOUR && !memory.mailsAreUsedUp; slot++) {
    const written = await store.create(`canary/mails/${hourOf(at)}/${slot}.json`, { id });
    if (written.is === "written") return "taken";
    if (written.is === "unavailable") {
      return { is: "failed", code: written.reason.code, because: say(written.reason) };
    }
  }
  memory.mailsAreUsedUp = true;
  return { is: "limited", perHour: CANARY_MAILS_AN_HOUR };
}
