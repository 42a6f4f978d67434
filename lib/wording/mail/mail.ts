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

/** Every subject begins with it, so that a mail client's rules and its sorting find all mails. */
export const SUBJECT_START = "Keyward:";

const STOP: Readonly<Record<string, SafeText>> = {
  planned: safeText`would be stopped`,
  done: safeText`stopped`,
  "already-done": safeText`ended`,
  deferred: safeText`to be stopped`,
  denied: safeText`not stopped`,
  failed: safeText`not stopped`,
};

/** A failed stop that is tried again; and after the last attempt nothing is going to be stopped. */
function stopWords({ facts, stop }: MailText): SafeText | undefined {
  if (facts.willRetry && stop?.outcome === "failed") return safeText`not stopped yet`;
  if (facts.mayBeStopped && (!stop || stop.outcome === "skipped")) return safeText`may be stopped`;
  const isOver = facts.isFollowUp && (stop === undefined || stop.outcome === "deferred" || stop.outcome === "skipped");
  return isOver ? STOP.failed : STOP[stop?.outcome ?? ""];
}

const MAX_SUBJECT = 99;
/** The shortest useful part of a name. If less room is left, the subject omits what was done. */
const MIN_NAME = 24;

/** Publish refuses an empty attribute. */
const attribute = (value: string | null): string => oneLine(value ?? "", 64) || "unknown";

/**
 * Sorts by the verdict, the kind and the name: all mails about a resource stand together. What was done and the place come
 * last. A long name is cut.
 */
function subjectOf(mailText: MailText): SafeText {
  const { facts } = mailText;
  const { noun, name } = subjectResource(mailText);
  const start = safeText`${SUBJECT_START} ${facts.verdict === "undetermined" ? "check" : facts.verdict} ${noun}`;
  const where = joined(
    [facts.event.account, facts.event.region].map((part) => quotedAscii(part ?? "", 20)),
    " ",
  );
  const roomBeside = (end: SafeText) => MAX_SUBJECT - `${start} ${end}`.length;
  const full = safeText`, ${doneWords(mailText)} (${where})`;
  const end = roomBeside(full) >= Math.min(name.length, MIN_NAME) ? full : safeText` (${where})`;
  const named = name === "" ? "" : safeText` ${quotedAscii(name, Math.max(8, roomBeside(end)))}`;
  return asciiLine(safeText`${start}${named}${end}`, MAX_SUBJECT);
}

/** A further mail about a cause names the cause, unless something was stopped. The name is the caller's, not yet quoted. */
function subjectResource(mailText: MailText): { noun: SafeText; name: string } {
  const { repeated, resource } = mailText.facts;
  const isReminder = repeated !== undefined && stopWords(mailText) === undefined;
  return isReminder
    ? { noun: ownText(kindOf(repeated.kind).noun), name: repeated.name }
    : { noun: mailText.noun, name: resource.name ?? "" };
}

function doneWords(mailText: MailText): SafeText {
  const { repeated } = mailText.facts;
  const stopped = stopWords(mailText);
  if (stopped !== undefined) return stopped;
  if (repeated) return safeText`${repeated.events} event${repeated.events === 1 ? "" : "s"} more`;
  return mailText.facts.verdict === "undetermined" ? safeText`KMS key unclear` : safeText`reported`;
}
