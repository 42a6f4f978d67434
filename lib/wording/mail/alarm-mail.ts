import type { Reason } from "../../core/model/reason.ts";
import { asciiLine, oneLine, wrap } from "../../text/one-line.ts";
import { say } from "../reasons/say.ts";
import type { Mail } from "./mail.ts";

/** What an alarm to the operators is written from. */
export interface AlarmFacts {
  readonly kind: "denied" | "limit" | "ledger";
  readonly reason: Reason;
  readonly account: string;
  readonly region: string;
  /** The number of messages in the queue, roughly; undefined where it is not known. */
  readonly waiting: number | undefined;
}

const WORDS = {
  denied: {
    title: "Keyward is not allowed to act",
    todo: "An action was denied and is not tried again. Look at the function's role, at service control policies and at the key policies of the topic and the queue; the log line of the event says which action it was.",
  },
  limit: {
    title: "Keyward has reached its limit of stops",
    todo: "Nothing more is stopped this hour. What waits is stopped as the next hours' slots come free, or at once when limits.stops-per-hour in the policy is raised and deployed. If a change of the policy condemned more than it should have, set mode: observe.",
  },
  ledger: {
    title: "Keyward cannot write its ledger",
    todo: "Nothing is stopped or tagged until it can; people are still told. Look at the ledger's bucket: that it is there, that it is this account's, and that the function's role may read and write it and use its key.",
  },
} as const;

/** Writes an alarm to the operators. Users get other mails. */
export function writeAlarm({ kind, reason, account, region, waiting }: AlarmFacts): Mail {
  const { title, todo } = WORDS[kind];
  const where = `account ${account}, ${region}`;
  const queue = waiting === undefined ? "" : ` About ${waiting} message${waiting === 1 ? "" : "s"} wait in the queue.`;
  const text = `${title} in ${where}: ${oneLine(say(reason), 300)}.${queue}`;
  const email = `${wrap(text, 78)}\n\n${wrap(todo, 78)}\n\n${wrap("This is sent at most once an hour.", 78)}\n`;
  return {
    subject: asciiLine(`${title} (${account} ${region})`, 99),
    default: text,
    email,
    chat: JSON.stringify({
      version: "1.0",
      source: "custom",
      content: { textType: "client-markdown", title, description: text, nextSteps: [todo] },
    }),
    attributes: { kind: "keyward", account, region, verdict: "alarm", action: kind },
  };
}
