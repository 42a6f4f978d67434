import { protectsNoun } from "../../catalogue/protects.ts";
import { isViolation } from "../../core/judge/exempt.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { oneLine, wrap } from "../../text/one-line.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { quoted } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
import { say } from "../reasons/say.ts";
import { dataOf } from "./mail-data.ts";
import { remedyText } from "./mail-remedy.ts";
import { eventsSince, type MailText } from "./mail-text.ts";
import { ACCEPTS, outcomeSentence } from "./mail-words.ts";

const WIDTH = 78;
const MAX_FINDINGS = 20;

/** The mail for people: the event, the findings, the actions and the remedy. */
export function emailOf(mailText: MailText): SafeText {
  const sections = [
    opening(mailText),
    facts(mailText),
    found(mailText),
    paragraph(dataOf(mailText)),
    done(mailText),
    promise(mailText),
    stopping(mailText),
    stillRunning(mailText),
    ownText(remedyText(mailText, WIDTH)),
    expiry(mailText),
    exemption(mailText),
  ];
  return safeText`${joined(
    sections.filter((section) => section !== ""),
    "\n\n",
  )}\n`;
}

const paragraph = (text: SafeText): SafeText => wrap(text, WIDTH);
const bullet = (text: SafeText): SafeText => wrap(safeText`- ${text}`, WIDTH, "  ");

function opening({ headline, facts }: MailText): SafeText {
  if (facts.isFollowUp) {
    return paragraph(
      safeText`${headline}. Keyward's mail before this one, about the same event, said that it tries again.`,
    );
  }
  if (facts.verdict === "non-compliant") return paragraph(safeText`${headline}.`);
  return paragraph(
    safeText`${headline}. Nothing was stopped.${facts.reason ? safeText` Reason: ${oneLine(say(facts.reason, quoted), 400)}.` : ""}`,
  );
}

function facts({ facts, name, noun, where, who, parent, cause }: MailText): SafeText {
  const { eventName, eventTime, eventID } = facts.event;
  const lines = [
    ...(facts.repeated && cause
      ? [safeText`  Cause  ${cause}, ${eventsSince(facts.repeated)}; each is in the ledger`]
      : []),
    safeText`  What   ${noun}${name === "" ? "" : safeText` ${name}`}`,
    ...(facts.resource.arn ? [safeText`  ARN    ${quoted(facts.resource.arn, 256)}`] : []),
    ...(parent === undefined ? [] : [safeText`  From   ${parent}; its other jobs are tagged, without a mail for each`]),
    ...(facts.followed.length > 0
      ? [safeText`  Seen   ${oneLine(joined(facts.followed.map(describeCall), ", then "), 300)}`]
      : []),
    safeText`  Where  ${where}`,
    safeText`  Who    ${who}`,
    safeText`  When   ${quoted(eventTime ?? "unknown", 40)} (UTC)`,
    safeText`  Call   ${quoted(eventName ?? facts.operation, 80)}, event ${quoted(eventID ?? "unknown", 64)}`,
  ];
  return joined(lines, "\n");
}

/** "DescribeEndpointConfig churn-1": the name is the caller's. */
function describeCall(call: string): SafeText {
  const [operation = "", ...name] = call.split(" ");
  return safeText`${quoted(operation, 80)} ${quoted(name.join(" "), 100)}`;
}

function found({ facts, findings }: MailText): SafeText {
  if (findings.length === 0) return safeText``;
  const more = findings.length - MAX_FINDINGS;
  const lines = [
    paragraph(titleOf(facts.verdict, findings, ACCEPTS[facts.acceptKeys])),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => bullet(findingSentence(finding))),
    ...(more > 0 ? [bullet(safeText`and ${more} more, all in Keyward's log under the ID of the event`)] : []),
  ];
  return joined(lines, "\n");
}

function titleOf(
  verdict: string,
  findings: readonly SettingVerdict[],
  accepts: (typeof ACCEPTS)[keyof typeof ACCEPTS],
): SafeText {
  if (verdict !== "non-compliant" && !findings.some(isViolation))
    return safeText`Undetermined (the policy accepts ${accepts}):`;
  if (findings.every(({ protects }) => protects === "in-transit")) return safeText`Not as the policy requires:`;
  return safeText`Not under an accepted key (the policy accepts ${accepts}):`;
}

function findingSentence({ path, protects, key, reason }: SettingVerdict): SafeText {
  const named = key === undefined ? "" : safeText` is ${quoted(key, 200)}`;
  const why = reason === undefined ? "" : safeText`: ${oneLine(say(reason, quoted), 400)}`;
  return safeText`${quotePath(path, quoted)} (${ownText(protectsNoun(protects))})${named}${why}.`;
}

function done(mailText: MailText): SafeText {
  const { outcomes } = mailText.facts;
  if (outcomes.length === 0) return safeText`What was done: only this mail.`;
  return joined(
    [safeText`What was done:`, ...outcomes.map((outcome) => bullet(outcomeSentence(outcome, mailText)))],
    "\n",
  );
}

function promise({ facts }: MailText): SafeText {
  return facts.willRetry
    ? paragraph(safeText`Keyward sends one more mail, which says how the stop ended.`)
    : safeText``;
}

/** A follow-up comes after the last attempt. */
function stillRunning({ facts, stop, stopKind }: MailText): SafeText {
  if (!facts.isFollowUp || !stop || !["deferred", "failed", "denied"].includes(stop.outcome)) return safeText``;
  return paragraph(
    safeText`Keyward does not try again: stop the ${stopKind ? ownText(stopKind.noun) : "resource"} yourself.`,
  );
}

function stopping({ facts, stop, stopKind }: MailText): SafeText {
  const stops = facts.isFollowUp ? ["done"] : ["done", "deferred", "planned"];
  if (!stop || !stopKind?.stopping || !stops.includes(stop.outcome)) return safeText``;
  return paragraph(
    safeText`Effects of the stop: ${ownText(stopKind.stopping.keeps)} ${ownText(stopKind.stopping.loses)}`,
  );
}

function expiry({ facts }: MailText): SafeText {
  // The policy is the owner's, and so are its exemptions.
  const lines = facts.expired.map(({ name, reason, owner, expires }) =>
    ownText(
      `${oneLine(name, 100)}, for ${oneLine(reason, 200)} (owner: ${oneLine(owner, 100)}), expired on ${expires}.`,
    ),
  );
  if (lines.length === 0) return safeText``;
  return joined([safeText`An exemption covered it and has expired:`, ...lines.map(bullet)], "\n");
}

function exemption({ facts, noun, name }: MailText): SafeText {
  if (facts.contact === undefined) return safeText``;
  // The policy is the owner's: its contact may be a link.
  const contact = ownText(oneLine(facts.contact, 500).replace(/[^.!?]$/, "$&."));
  const what = name === "" ? noun : safeText`${noun} ${name}`;
  const quote = safeText`${what}, event ${quoted(facts.event.eventID ?? "unknown", 64)}`;
  return paragraph(safeText`To ask for an exemption: ${contact} Quote: ${quote}.`);
}
