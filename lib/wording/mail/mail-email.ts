import { protectsNoun } from "../../catalogue/protects.ts";
import { isViolation } from "../../core/judge/exempt.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { oneLine, wrap } from "../../text/one-line.ts";
import { defanged, quoted } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
import { say } from "../reasons/say.ts";
import { adviceOf } from "./mail-advice.ts";
import { dataOf } from "./mail-data.ts";
import { remedyText } from "./mail-remedy.ts";
import { eventsSince, isClear, type MailText } from "./mail-text.ts";
import { ACCEPTS, outcomeSentence } from "./mail-words.ts";

const WIDTH = 78;
const MAX_FINDINGS = 20;

/** The mail for people: the event, the findings, the actions and the remedy. */
export function emailOf(mailText: MailText): string {
  if (isClear(mailText.facts)) return `${opening(mailText)}\n\n${facts(mailText)}\n`;
  const sections = [
    opening(mailText),
    found(mailText),
    done(mailText),
    remedyText(mailText, WIDTH),
    facts(mailText),
    expiry(mailText),
    exemption(mailText),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const paragraph = (text: string): string => wrap(text, WIDTH);
const bullet = (text: string): string => wrap(`- ${text}`, WIDTH, "  ");

/** The first line says what happened, the second what to do. */
function opening(mailText: MailText): string {
  const [happened, ...more] = openingLines(mailText);
  return [happened, `What to do: ${adviceOf(mailText)}`, ...more].map((line) => paragraph(line ?? "")).join("\n");
}

/** The headline, and what belongs to it. The chat has the same. */
export function openingLines({ headline, facts, quote }: MailText): string[] {
  if (facts.isFollowUp) {
    const before = "Keyward's mail before this one, about the same event, said that it tries again.";
    return [`${headline}.`, `${before}${isClear(facts) ? ` ${clearWords(facts)}` : ""}`];
  }
  if (facts.verdict === "non-compliant") return [`${headline}.`];
  return [
    `${headline}. Nothing was stopped.`,
    ...(facts.reason ? [`The reason: ${oneLine(say(facts.reason, quote), 400)}.`] : []),
  ];
}

function clearWords({ mayBeStopped }: MailText["facts"]): string {
  const stopped = mayBeStopped
    ? "An earlier attempt may have stopped it."
    : "Nothing was stopped, by Keyward's records.";
  return `Nothing is wrong any more. ${stopped} Keyward does not try again.`;
}

function facts({ facts, where, who, parent, cause }: MailText): string {
  const { eventName, eventTime, eventID } = facts.event;
  return [
    ...(facts.repeated ? [`  Cause  ${cause}, ${eventsSince(facts.repeated)}; each is in the ledger`] : []),
    ...(facts.resource.arn ? [`  ARN    ${quoted(facts.resource.arn, 256)}`] : []),
    ...(parent === undefined ? [] : [`  From   ${parent}; its other jobs are tagged, without a mail for each`]),
    ...(facts.followed.length > 0 ? [`  Seen   ${defanged(facts.followed.join(", then "), 300)}`] : []),
    `  Where  ${where}, at ${quoted(eventTime ?? "unknown", 40)}`,
    `  Who    ${who}`,
    `  Call   ${quoted(eventName ?? facts.operation, 80)}, event ${quoted(eventID ?? "unknown", 64)}`,
  ].join("\n");
}

function found(mailText: MailText): string {
  const { facts, findings } = mailText;
  if (findings.length === 0) return "";
  const more = findings.length - MAX_FINDINGS;
  return [
    paragraph(titleOf(facts.verdict, findings, ACCEPTS[facts.acceptKeys])),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => bullet(findingSentence(finding, mailText))),
    ...(more > 0 ? [bullet(`and ${more} more, all in Keyward's log under the ID of the event`)] : []),
    ...[dataOf(mailText)].filter((data) => data !== "").map(paragraph),
  ].join("\n");
}

function titleOf(verdict: string, findings: readonly SettingVerdict[], accepts: string): string {
  if (verdict !== "non-compliant" && !findings.some(isViolation))
    return `Undetermined (the policy accepts ${accepts}):`;
  if (findings.every(({ protects }) => protects === "in-transit")) return "Not as the policy requires:";
  return `Not under an accepted key (the policy accepts ${accepts}):`;
}

/** One finding as a sentence, for the mail and the chat. */
export function findingSentence({ path, protects, key, reason }: SettingVerdict, { facts, quote }: MailText): string {
  const named = key === undefined ? "" : ` is ${quote(key, 200)}`;
  // The opening gives the reason that holds for all.
  const isSaid = facts.verdict === "undetermined" && JSON.stringify(reason) === JSON.stringify(facts.reason);
  const why = reason === undefined || isSaid ? "" : `: ${oneLine(say(reason, quote), 400)}`;
  return `${quotePath(path, quote)} (${protectsNoun(protects)})${named}${why}.`;
}

const done = (mailText: MailText): string => paragraph(`What Keyward did: ${doneSentences(mailText).join(" ")}`);

/** The outcomes and their effects, for the mail and the chat. */
export function doneSentences(mailText: MailText): string[] {
  const { facts, stop, stopKind } = mailText;
  const stops = facts.isFollowUp ? ["done"] : ["done", "deferred", "planned"];
  const stopping = stop && stops.includes(stop.outcome) ? stopKind?.stopping : undefined;
  return [
    ...(facts.outcomes.length === 0 ? ["Only this mail was sent."] : []),
    ...facts.outcomes.map((outcome, i) => outcomeSentence(outcome, mailText, i > 0 && facts.parent === undefined)),
    ...(stopping ? [`Effects of the stop: ${stopping.keeps} ${stopping.loses}`] : []),
    ...(facts.willRetry ? ["Keyward sends one more mail, which says how the stop ended."] : []),
  ];
}

function expiry({ facts }: MailText): string {
  const lines = facts.expired.map(
    ({ name, reason, owner, expires }) =>
      `${oneLine(name, 100)}, for ${oneLine(reason, 200)} (owner: ${oneLine(owner, 100)}), expired on ${expires}.`,
  );
  if (lines.length === 0) return "";
  return ["An exemption covered it and has expired:", ...lines.map(bullet)].join("\n");
}

function exemption({ facts }: MailText): string {
  const ask = exemptionSentence(facts);
  return ask === undefined ? "" : paragraph(ask);
}

/** How to ask for an exemption. The policy is the owner's: its contact may be a link. */
export const exemptionSentence = ({ contact }: MailText["facts"]): string | undefined =>
  contact && `To ask for an exemption: ${oneLine(contact, 500).replace(/[^.!?]$/, "$&.")} Quote the event.`;
