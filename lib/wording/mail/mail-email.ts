import { protectsNoun } from "../../catalogue/protects.ts";
import { isViolation } from "../../core/judge/exempt.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { oneLine, wrap } from "../../text/one-line.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { quoted } from "../../text/untrusted.ts";
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
export function emailOf(mailText: MailText): SafeText {
  if (isClear(mailText.facts)) return safeText`${opening(mailText)}\n\n${facts(mailText)}\n`;
  const sections = [
    opening(mailText),
    found(mailText),
    done(mailText),
    remedyText(mailText, WIDTH),
    facts(mailText),
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

/** The first line says what happened, the second what to do. */
function opening(mailText: MailText): SafeText {
  const [happened, ...more] = openingLines(mailText);
  return joined([happened, safeText`What to do: ${adviceOf(mailText)}`, ...more].map(paragraph), "\n");
}

/** The headline, and what belongs to it. The chat has the same. */
export function openingLines({ headline, facts, quote }: MailText): [SafeText, ...SafeText[]] {
  if (facts.isFollowUp) {
    const before = safeText`Keyward's mail before this one, about the same event, said that it tries again.`;
    return [safeText`${headline}.`, isClear(facts) ? safeText`${before} ${clearWords(facts)}` : before];
  }
  if (facts.verdict === "non-compliant") return [safeText`${headline}.`];
  return [
    safeText`${headline}. Nothing was stopped.`,
    ...(facts.reason ? [safeText`The reason: ${oneLine(say(facts.reason, quote), 400)}.`] : []),
  ];
}

function clearWords({ mayBeStopped }: MailText["facts"]): SafeText {
  const stopped = mayBeStopped
    ? "An earlier attempt may have stopped it."
    : "Nothing was stopped, by Keyward's records.";
  return safeText`Nothing is wrong any more. ${stopped} Keyward does not try again.`;
}

function facts({ facts, where, who, parent, cause }: MailText): SafeText {
  const { eventName, eventTime, eventID } = facts.event;
  const lines = [
    ...(facts.repeated && cause
      ? [safeText`  Cause  ${cause}, ${eventsSince(facts.repeated)}; each is in the ledger`]
      : []),
    ...(facts.resource.arn ? [safeText`  ARN    ${quoted(facts.resource.arn, 256)}`] : []),
    ...(parent === undefined ? [] : [safeText`  From   ${parent}; its other jobs are tagged, without a mail for each`]),
    ...(facts.followed.length > 0
      ? [safeText`  Seen   ${oneLine(joined(facts.followed.map(describeCall), ", then "), 300)}`]
      : []),
    safeText`  Where  ${where}, at ${quoted(eventTime ?? "unknown", 40)}`,
    safeText`  Who    ${who}`,
    safeText`  Call   ${quoted(eventName ?? facts.operation, 80)}, event ${quoted(eventID ?? "unknown", 64)}`,
  ];
  return joined(lines, "\n");
}

/** "DescribeEndpointConfig churn-1": the name is the caller's. */
function describeCall(call: string): SafeText {
  const [operation = "", ...name] = call.split(" ");
  return safeText`${quoted(operation, 80)} ${quoted(name.join(" "), 100)}`;
}

function found(mailText: MailText): SafeText {
  const { facts, findings } = mailText;
  if (findings.length === 0) return safeText``;
  const more = findings.length - MAX_FINDINGS;
  const lines = [
    paragraph(titleOf(facts.verdict, findings, ACCEPTS[facts.acceptKeys])),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => bullet(findingSentence(finding, mailText))),
    ...(more > 0 ? [bullet(safeText`and ${more} more, all in Keyward's log under the ID of the event`)] : []),
    ...[dataOf(mailText)].filter((data) => data !== "").map(paragraph),
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

/** One finding as a sentence, for the mail and the chat. */
export function findingSentence({ path, protects, key, reason }: SettingVerdict, { facts, quote }: MailText): SafeText {
  const named = key === undefined ? "" : safeText` is ${quote(key, 200)}`;
  // The opening gives the reason that holds for all.
  const isSaid = facts.verdict === "undetermined" && JSON.stringify(reason) === JSON.stringify(facts.reason);
  const why = reason === undefined || isSaid ? "" : safeText`: ${oneLine(say(reason, quote), 400)}`;
  return safeText`${quotePath(path, quote)} (${ownText(protectsNoun(protects))})${named}${why}.`;
}

const done = (mailText: MailText): SafeText =>
  paragraph(safeText`What Keyward did: ${joined(doneSentences(mailText), " ")}`);

/** The outcomes and their effects, for the mail and the chat. */
export function doneSentences(mailText: MailText): SafeText[] {
  const { facts, stop, stopKind } = mailText;
  const stops = facts.isFollowUp ? ["done"] : ["done", "deferred", "planned"];
  const stopping = stop && stops.includes(stop.outcome) ? stopKind?.stopping : undefined;
  return [
    ...(facts.outcomes.length === 0 ? [safeText`Only this mail was sent.`] : []),
    ...facts.outcomes.map((outcome, i) => outcomeSentence(outcome, mailText, i > 0 && facts.parent === undefined)),
    ...(stopping ? [safeText`Effects of the stop: ${ownText(stopping.keeps)} ${ownText(stopping.loses)}`] : []),
    ...(facts.willRetry ? [safeText`Keyward sends one more mail, which says how the stop ended.`] : []),
  ];
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

function exemption({ facts }: MailText): SafeText {
  const ask = exemptionSentence(facts);
  return ask === undefined ? safeText`` : paragraph(ask);
}

/** How to ask for an exemption. The policy is the owner's: its contact may be a link. */
export function exemptionSentence({ contact }: MailText["facts"]): SafeText | undefined {
  if (contact === undefined) return undefined;
  return safeText`To ask for an exemption: ${ownText(oneLine(contact, 500).replace(/[^.!?]$/, "$&."))} Quote the event.`;
}
