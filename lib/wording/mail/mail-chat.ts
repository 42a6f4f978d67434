import { protectsNoun } from "../../catalogue/protects.ts";
import { oneLine } from "../../text/one-line.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { chatCode, defanged } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
import type { MailText } from "./mail-text.ts";
import { outcomeSentence } from "./mail-words.ts";

const MAX_FINDINGS = 10;

/**
 * A custom notification as Amazon Q Developer in chat applications reads it ("Custom notifications" in its guide);
 * it drops a message of any other form without an error. All texts, the title too, are in the chat client's markdown.
 * `summary` is the headline without it.
 */
export function chatOf(mailText: MailText, summary: SafeText): string {
  const { facts, headline } = mailText;
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    id: defanged(facts.event.eventID ?? "unknown", 64),
    content: {
      textType: "client-markdown",
      title: oneLine(headline, 400),
      description: descriptionOf(mailText),
      nextSteps: nextSteps(mailText),
      keywords: ["Keyward", facts.verdict, facts.resource.kind],
    },
    metadata: {
      threadId: defanged(facts.resource.arn ?? facts.event.eventID ?? "unknown", 256),
      summary: oneLine(summary, 400),
      eventType: facts.verdict,
      relatedResources: facts.resource.arn === null ? [] : [defanged(facts.resource.arn, 256)],
    },
  });
}

function descriptionOf(mailText: MailText): SafeText {
  const { facts, findings, where } = mailText;
  const more = findings.length - MAX_FINDINGS;
  const lines = [
    safeText`${where}, by ${chatCode(facts.event.principal ?? "not in the event", 256)}`,
    ...findings
      .slice(0, MAX_FINDINGS)
      .map(({ path, protects }) => safeText`- \`${quotePath(path, defanged)}\`: ${ownText(protectsNoun(protects))}`),
    ...(more > 0 ? [safeText`- and ${more} more`] : []),
    ...facts.outcomes.map((outcome) => outcomeSentence(outcome, mailText)),
  ];
  return joined(lines, "\n");
}

const nextSteps = ({ facts, kind }: MailText): SafeText[] => [
  ...(facts.verdict === "non-compliant" && kind ? [ownText(kind.rekey)] : []),
  ...(facts.contact === undefined ? [] : [safeText`To ask for an exemption: ${ownText(oneLine(facts.contact, 500))}`]),
];
