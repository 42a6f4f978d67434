import type { Reason } from "../../core/model/reason.ts";
import { asciiLine, oneLine, wrap } from "../../text/one-line.ts";
import { safeText } from "../../text/safe-text.ts";
import { quoted, quotedAscii } from "../../text/untrusted.ts";
import { say } from "../reasons/say.ts";
import type { Mail } from "./mail.ts";

/** The facts of an alarm to the operators. */
export interface AlarmFacts {
  readonly kind: "denied" | "limit" | "ledger" | "notice" | "control" | "topic";
  readonly reason: Reason;
  readonly account: string;
  readonly region: string;
  /** The approximate number of messages in the queue; undefined where it is not known. */
  readonly waiting: number | undefined;
}

const WORDS = {
  denied: {
    title: "Keyward is not allowed to act",
    todo: "An action was denied and will not be repeated. Check the function's role, the service control policies, and the key policies of the topic and the queue. The log line of the event names the action.",
  },
  limit: {
    title: "Keyward has reached its limit of stops",
    todo: "Keyward stops nothing more in this hour. The waiting resources are stopped in the next hours, or within minutes after you raise limits.stops-per-hour and push the policy. If a change of the policy affects more resources than intended, run: keyward mode observe --stack NAME, which cancels the stops that wait.",
  },
  notice: {
    title: "Keyward cannot tell whether a mail went out",
    todo: "A mail to the users was attempted twice, and no answer came. It may have arrived, or not. The message of a single mail is in the dead-letter queue with its reason; its entry in the ledger says what was found and done. Tell the team, and check the topic.",
  },
  control: {
    title: "Keyward cannot use its control object",
    todo: "The last mode and policy that could be used stay in force; a function that starts now stops nothing. Run: keyward mode --stack NAME, and keyward policy history --stack NAME. Push the policy again, or switch the mode again.",
  },
  topic: {
    title: "Keyward does not know a topic that the policy names",
    todo: "Add the ARN of the topic to the stack's parameter RouteTopicArns, or correct the name under notify in the policy and push it. Until then these mails go to the topic for users.",
  },
  ledger: {
    title: "Keyward cannot write its ledger",
    todo: "Keyward stops and tags nothing until it can write the ledger. It still sends mails. Check the ledger's bucket: it must exist in this account, and the function's role must be allowed to read it, to write it and to use its key.",
  },
} as const;

/** Writes an alarm to the operators. Users get other mails. */
export function writeAlarm({ kind, reason, account, region, waiting }: AlarmFacts): Mail {
  const { title, todo } = WORDS[kind];
  const where = safeText`account ${quoted(account, 20)}, ${quoted(region, 30)}`;
  const queue =
    waiting === undefined ? "" : safeText` About ${waiting} message${waiting === 1 ? "" : "s"} wait in the queue.`;
  const text = safeText`${title} in ${where}: ${oneLine(say(reason, quoted), 400)}.${queue}`;
  const email = safeText`${wrap(text, 78)}\n\n${wrap(safeText`${todo}`, 78)}\n\nThis is sent at most once an hour.\n`;
  return {
    subject: asciiLine(safeText`${title} (${quotedAscii(account, 20)} ${quotedAscii(region, 20)})`, 99),
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
