import type { DailyMail } from "../wording/mail/daily-mail.ts";

/** The record of one day's mails (docs/protocol.md): one object, which each run claims before it publishes. */
export interface Day {
  /** The day that the mails are about: 2026-11-02, in UTC. */
  readonly date: string;
  /** As in an entry of the ledger. */
  readonly state: "working" | "waiting" | "closed";
  /** How many runs have claimed it. */
  readonly claims: number;
  readonly mails: readonly DueMail[];
}

/** One mail of the day. */
export interface DueMail {
  readonly kind: DailyMail["kind"];
  /** The name of the topic; null for the topic of its kind. */
  readonly to: string | null;
  /** The keys of the ledger's entries that it is about. */
  readonly entries: readonly string[];
  /** How often it may have been published: counted before each attempt. */
  readonly attempts: number;
  readonly state: "due" | "sent" | "given-up";
}

export const dayKey = (date: string): string => `digest/${date}.json`;

const DAY_MS = 86_400_000;

/** The date so many days before another one. */
export const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * DAY_MS).toISOString().slice(0, 10);

/** Without an answer a mail may have arrived. So it is published once more, and then never again. */
export const MAX_ATTEMPTS = 2;
