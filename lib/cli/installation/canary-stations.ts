import { type Canary, type CanaryNote, canaryKey } from "../../core/model/canary.ts";
import { isObject, text } from "../../core/model/member.ts";
import { paint, safe } from "../terminal/terminal.ts";

/** A part of the path that the canary has passed, and when. */
export interface Station {
  readonly station: string;
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
}

/** A canary's object as far as it can be used; undefined where it is none. */
export function parseNote(value: unknown): CanaryNote | undefined {
  if (!isObject(value) || !text(value, "id") || !text(value, "sentAt") || !text(value, "receivedAt")) return undefined;
  const isKnown =
    MAILS.includes(text(value.mail, "is") ?? "") && (text(value.mail, "is") !== "sent" || text(value.mail, "at"));
  return isKnown ? (value as unknown as CanaryNote) : undefined;
}

const MAILS: readonly string[] = [
  "none",
  "due",
  "sent",
  "limited",
  "failed",
] satisfies readonly CanaryNote["mail"]["is"][];

/** The stations that the object proves. `writtenAt`: when S3 last wrote it. */
export function stationsOf(canary: Canary, note: CanaryNote, writtenAt: Date): Station[] {
  const rule =
    canary.is === "call" ? "the trail and the rule sent the call to the queue" : "the rule sent it to the queue";
  const passed = [
    { station: "queue", at: note.sentAt, what: rule },
    { station: "function", at: note.receivedAt, what: "the function received it" },
    { station: "ledger", at: note.writtenAt ?? writtenAt.toISOString(), what: `${canaryKey(canary)} is written` },
  ];
  const { mail } = note;
  return mail.is === "sent"
    ? [...passed, { station: "mail", at: mail.at, what: "SNS accepted the test mail" }]
    : passed;
}

/** Whole seconds: the clocks of this machine, SQS, the function and S3 differ by more than the rest. */
const second = (at: string): string => at.replace(/\.\d+Z$/, "Z");

export const stationLine = ({ station, at, what }: Station): string =>
  `  ${safe(second(at), 30)}  ${paint("green", station.padEnd(9))} ${safe(what, 300)}`;

export const missedLine = (station: string, what: string): string =>
  `  ${"-".padEnd(20)}  ${paint("red", station.padEnd(9))} ${safe(what, 500)}`;
