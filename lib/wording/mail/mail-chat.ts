import { oneLine } from "../../text/one-line.ts";
import { joined, type SafeText, safeText } from "../../text/safe-text.ts";
import { chatCode, defanged } from "../../text/untrusted.ts";
import { adviceOf } from "./mail-advice.ts";
import { doneSentences, exemptionSentence, findingSentence, openingLines } from "./mail-email.ts";
import { codeSections } from "./mail-remedy.ts";
import { isClear, type MailText } from "./mail-text.ts";

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
      threadId: defanged(facts.thread ?? facts.resource.arn ?? facts.event.eventID ?? "unknown", 256),
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
    ...openingLines(mailText).slice(1),
    safeText`${where}, by ${chatCode(facts.event.principal ?? "not in the event", 256)}`,
    ...findings.slice(0, MAX_FINDINGS).map((finding) => safeText`- ${findingSentence(finding, mailText)}`),
    ...(more > 0 ? [safeText`- and ${more} more`] : []),
    ...(isClear(facts) ? [] : doneSentences(mailText)),
    ...(isClear(facts) ? [] : codeSections(mailText)).map(
      ({ lead, code }) => safeText`${lead}\n\`\`\`\n${code}\n\`\`\``,
    ),
  ];
  return joined(lines, "\n");
}

function nextSteps(mailText: MailText): SafeText[] {
  const exemption = isClear(mailText.facts) ? undefined : exemptionSentence(mailText.facts);
  return [safeText`What to do: ${adviceOf(mailText)}`, ...(exemption === undefined ? [] : [exemption])];
}
