import { asciiLine, wrap } from "../../text/one-line.ts";
import { safeText } from "../../text/safe-text.ts";
import { quoted, quotedAscii } from "../../text/untrusted.ts";
import { type Mail, SUBJECT_START } from "./mail.ts";

/** The facts of a test mail. */
export interface CanaryFacts {
  readonly account: string;
  readonly region: string;
  /** The stack's name. */
  readonly stack: string | undefined;
  /** The canary's UUID. */
  readonly id: string;
  /** So many test mails go out in an hour at most. */
  readonly perHour: number;
}

/** Writes the test mail to the users. It shows nothing of the event but the canary's id. */
export function writeCanaryMail({ account, region, stack = "", id, perHour }: CanaryFacts): Mail {
  const title = safeText`This is a test of Keyward; nothing to do`;
  const where = safeText`account ${quoted(account, 20)}, ${quoted(region, 30)}`;
  const text = safeText`${title}. Mails about SageMaker resources in ${where} reach you. Canary ${quoted(id, 36)}.`;
  const todo = safeText`Somebody ran "keyward canary" for the installation ${quoted(stack, 128)}, to see that its mails arrive. No resource was judged, tagged or stopped. At most ${perHour} such mails are sent in an hour.`;
  return {
    subject: asciiLine(
      safeText`${SUBJECT_START} test mail, nothing to do (${quotedAscii(account, 20)} ${quotedAscii(region, 20)})`,
      99,
    ),
    default: text,
    email: safeText`${wrap(text, 78)}\n\n${wrap(todo, 78)}\n`,
    chat: JSON.stringify({
      version: "1.0",
      source: "custom",
      content: { textType: "client-markdown", title, description: text, nextSteps: [todo] },
    }),
    attributes: { kind: "keyward", account, region, verdict: "test", action: "canary" },
  };
}
