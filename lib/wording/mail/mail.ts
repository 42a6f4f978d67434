import { kindOf } from "../../catalogue/kinds.ts";
import { asciiLine, oneLine } from "../../text/one-line.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { chatQuoted, quoted, quotedAscii } from "../../text/untrusted.ts";
import { chatOf } from "./mail-chat.ts";
import { emailOf } from "./mail-email.ts";
import { type MailFacts, type MailText, mailTextOf } from "./mail-text.ts";

/** One notification in all its forms. */
export interface Mail {
  /** One line of ASCII under 100 characters (Publish, API Reference). */
  readonly subject: SafeText;
  readonly default: SafeText;
  readonly email: SafeText;
  /** For the `https` protocol: a custom notification of Amazon Q Developer in chat applications, as JSON. */
  readonly chat: string;
  /** For subscriptions' filter policies. */
  readonly attributes: Readonly<Record<"kind" | "account" | "region" | "verdict" | "action", string>>;
}

/**
 * Writes the mail about one event. Names, principals, paths and keys in it are the caller's text, and an attacker may be the
 * caller: each form of the mail shows them by lib/text/untrusted.ts.
 */
export function writeMail(facts: MailFacts): Mail {
  const mailText = mailTextOf(facts);
  return {
    subject: subjectOf(mailText),
    default: safeText`${mailText.headline}. Event ${quoted(facts.event.eventID ?? "unknown", 64)}.`,
    email: emailOf(mailText),
    chat: chatOf(mailTextOf(facts, chatQuoted), mailText.headline),
    attributes: {
      kind: facts.resource.kind,
      account: attribute(facts.event.account),
      region: attribute(facts.event.region),
      verdict: facts.verdict,
      action: mailText.stop?.outcome === "done" || mailText.stop?.outcome === "already-done" ? "stop" : "notify",
    },
  };
}

const PREFIX: Readonly<Record<string, SafeText>> = {
  planned: safeText`Would be stopped`,
  done: safeText`Stopped`,
  "already-done": safeText`Ended`,
  deferred: safeText`To be stopped`,
  denied: safeText`Not stopped`,
  failed: safeText`Not stopped`,
};

/** A failed stop that is tried again; and after the last attempt nothing is going to be stopped. */
function prefixOf({ facts, stop }: MailText): SafeText | undefined {
  if (facts.willRetry && stop?.outcome === "failed") return safeText`Not stopped yet`;
  const isOver = facts.isFollowUp && (stop?.outcome === "deferred" || stop?.outcome === "skipped");
  return isOver ? PREFIX.failed : PREFIX[stop?.outcome ?? ""];
}

const MAX_SUBJECT = 99;
/** The shortest useful part of a name. If less room is left, the subject omits the reason. */
const MIN_NAME = 24;

/** Publish refuses an empty attribute. */
const attribute = (value: string | null): string => oneLine(value ?? "", 64) || "unknown";

/** The action, the resource and the place. A long name is cut first. */
function subjectOf(mailText: MailText): SafeText {
  const { facts, findings } = mailText;
  const { label, noun, name } = subjectStart(mailText, prefixOf(mailText));
  const where = joined(
    [facts.event.account, facts.event.region].map((part) => quotedAscii(part ?? "", 20)),
    " ",
  );
  const roomBeside = (form: SafeText) => MAX_SUBJECT - `${label}: ${noun}  ${form}`.length;
  const full = safeText`(${whyOf(facts.verdict, findings)}, ${where})`;
  const form = roomBeside(full) >= Math.min(name.length, MIN_NAME) ? full : safeText`(${where})`;
  return asciiLine(
    safeText`${label}: ${noun} ${quotedAscii(name, Math.max(8, roomBeside(form)))} ${form}`,
    MAX_SUBJECT,
  );
}

/** A further mail about a cause names the cause, unless something was stopped. */
function subjectStart({ facts, noun }: MailText, stopped: SafeText | undefined) {
  const { repeated, verdict } = facts;
  if (repeated && stopped === undefined) {
    const events = safeText`${repeated.events} event${repeated.events === 1 ? "" : "s"}`;
    return {
      label: safeText`Reminder`,
      noun: safeText`${events} of ${ownText(kindOf(repeated.kind).noun)}`,
      name: repeated.name,
    };
  }
  return {
    label: verdict === "undetermined" ? safeText`Check` : (stopped ?? safeText`Reported`),
    noun,
    name: facts.resource.name ?? "",
  };
}

function whyOf(verdict: MailFacts["verdict"], findings: MailText["findings"]) {
  if (verdict === "undetermined") return "KMS key unclear";
  return findings.every(({ protects }) => protects === "in-transit") && findings.length > 0
    ? "traffic not encrypted"
    : "no accepted KMS key";
}
