import { protectsNoun } from "../../catalogue/protects.ts";
import { isViolation } from "../../core/judge/exempt.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { oneLine, wrap } from "../../text/one-line.ts";
import { defanged, quoted } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
import { say } from "../reasons/say.ts";
import { dataOf } from "./mail-data.ts";
import { remedyText } from "./mail-remedy.ts";
import { eventsSince, type MailText } from "./mail-text.ts";
import { ACCEPTS, outcomeSentence } from "./mail-words.ts";

const WIDTH = 78;
const MAX_FINDINGS = 20;

/** The mail for people: the event, the findings, the actions and the remedy. */
export function emailOf(mailText: MailText): string {
  const sections = [
    opening(mailText),
    facts(mailText),
    found(mailText),
    paragraph(dataOf(mailText)),
    done(mailText),
    promise(mailText),
    stopping(mailText),
    stillRunning(mailText),
    remedyText(mailText, WIDTH),
    expiry(mailText),
    exemption(mailText),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const paragraph = (text: string): string => wrap(text, WIDTH);
const bullet = (text: string): string => wrap(`- ${text}`, WIDTH, "  ");

function opening({ headline, facts }: MailText): string {
  if (facts.isFollowUp) {
    return paragraph(`${headline}. Keyward's mail before this one, about the same event, said that it tries again.`);
  }
  if (facts.verdict === "non-compliant") return paragraph(`${headline}.`);
  return paragraph(
    `${headline}. Nothing was stopped.${facts.reason ? ` Reason: ${oneLine(say(facts.reason, quoted), 400)}.` : ""}`,
  );
}

function facts({ facts, name, noun, where, who, parent, cause }: MailText): string {
  const { eventName, eventTime, eventID } = facts.event;
  return [
    ...(facts.repeated ? [`  Cause  ${cause}, ${eventsSince(facts.repeated)}; each is in the ledger`] : []),
    `  What   ${noun}${name === "" ? "" : ` ${name}`}`,
    ...(facts.resource.arn ? [`  ARN    ${quoted(facts.resource.arn, 256)}`] : []),
    ...(parent === undefined ? [] : [`  From   ${parent}; its other jobs are tagged, without a mail for each`]),
    ...(facts.followed.length > 0 ? [`  Seen   ${defanged(facts.followed.join(", then "), 300)}`] : []),
    `  Where  ${where}`,
    `  Who    ${who}`,
    `  When   ${quoted(eventTime ?? "unknown", 40)} (UTC)`,
    `  Call   ${quoted(eventName ?? facts.operation, 80)}, event ${quoted(eventID ?? "unknown", 64)}`,
  ].join("\n");
}

function found({ facts, findings }: MailText): string {
  if (findings.length === 0) return "";
  const more = findings.length - MAX_FINDINGS;
  return [
    paragraph(titleOf(facts.verdict, findings, ACCEPTS[facts.acceptKeys])),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => bullet(findingSentence(finding))),
    ...(more > 0 ? [bullet(`and ${more} more, all in Keyward's log under the ID of the event`)] : []),
  ].join("\n");
}

function titleOf(verdict: string, findings: readonly SettingVerdict[], accepts: string): string {
  if (verdict !== "non-compliant" && !findings.some(isViolation))
    return `Undetermined (the policy accepts ${accepts}):`;
  if (findings.every(({ protects }) => protects === "in-transit")) return "Not as the policy requires:";
  return `Not under an accepted key (the policy accepts ${accepts}):`;
}

function findingSentence({ path, protects, key, reason }: SettingVerdict): string {
  const named = key === undefined ? "" : ` is ${quoted(key, 200)}`;
  const why = reason === undefined ? "" : `: ${oneLine(say(reason, quoted), 400)}`;
  return `${quotePath(path, quoted)} (${protectsNoun(protects)})${named}${why}.`;
}

function done(mailText: MailText): string {
  const { outcomes } = mailText.facts;
  if (outcomes.length === 0) return "What was done: only this mail.";
  return ["What was done:", ...outcomes.map((outcome) => bullet(outcomeSentence(outcome, mailText)))].join("\n");
}

function promise({ facts }: MailText): string {
  return facts.willRetry ? paragraph("Keyward sends one more mail, which says how the stop ended.") : "";
}

/** A follow-up comes after the last attempt. */
function stillRunning({ facts, stop, stopKind }: MailText): string {
  if (!facts.isFollowUp || !stop || !["deferred", "failed", "denied"].includes(stop.outcome)) return "";
  return paragraph(`Keyward does not try again: stop the ${stopKind?.noun ?? "resource"} yourself.`);
}

function stopping({ facts, stop, stopKind }: MailText): string {
  const stops = facts.isFollowUp ? ["done"] : ["done", "deferred", "planned"];
  if (!stop || !stopKind?.stopping || !stops.includes(stop.outcome)) return "";
  return paragraph(`Effects of the stop: ${stopKind.stopping.keeps} ${stopKind.stopping.loses}`);
}

function expiry({ facts }: MailText): string {
  const lines = facts.expired.map(
    ({ name, reason, owner, expires }) =>
      `${oneLine(name, 100)}, for ${oneLine(reason, 200)} (owner: ${oneLine(owner, 100)}), expired on ${expires}.`,
  );
  if (lines.length === 0) return "";
  return ["An exemption covered it and has expired:", ...lines.map(bullet)].join("\n");
}

function exemption({ facts, noun, name }: MailText): string {
  if (facts.contact === undefined) return "";
  // The policy is the owner's: its contact may be a link.
  const contact = oneLine(facts.contact, 500).replace(/[^.!?]$/, "$&.");
  const what = name === "" ? noun : `${noun} ${name}`;
  const quote = `${what}, event ${quoted(facts.event.eventID ?? "unknown", 64)}`;
  return paragraph(`To ask for an exemption: ${contact} Quote: ${quote}.`);
}
