import { protectsNoun } from "../../catalogue/protects.ts";
import { oneLine } from "../../text/one-line.ts";
import type { MailText } from "./mail-text.ts";
import { outcomeSentence } from "./mail-words.ts";

const MAX_FINDINGS = 10;

/**
 * A custom notification as Amazon Q Developer in chat applications reads it ("Custom notifications" in its guide);
 * it drops a message of any other form without an error. All texts, the title too, are in the chat client's markdown.
 */
export function chatOf(mailText: MailText): string {
  const { facts, headline } = mailText;
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    id: oneLine(facts.event.eventID ?? "unknown", 64),
    content: {
      textType: "client-markdown",
      title: plain(headline, 250),
      description: descriptionOf(mailText),
      nextSteps: nextSteps(mailText),
      keywords: ["Keyward", facts.verdict, facts.resource.kind],
    },
    metadata: {
      threadId: oneLine(facts.resource.arn ?? facts.event.eventID ?? "unknown", 256),
      summary: oneLine(headline, 250),
      eventType: facts.verdict,
      relatedResources: facts.resource.arn === null ? [] : [oneLine(facts.resource.arn, 256)],
    },
  });
}

function descriptionOf(mailText: MailText): string {
  const { facts, findings, where, who } = mailText;
  const more = findings.length - MAX_FINDINGS;
  return [
    `${plain(where, 80)}, by ${code(who, 256)}`,
    ...findings.slice(0, MAX_FINDINGS).map(({ path, protects }) => `- ${code(path, 200)}: ${protectsNoun(protects)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...facts.outcomes.map((outcome) => plain(outcomeSentence(outcome, mailText), 400)),
  ].join("\n");
}

const nextSteps = ({ facts, kind }: MailText): string[] => [
  ...(facts.verdict === "non-compliant" && kind ? [kind.rekey] : []),
  ...(facts.contact === undefined ? [] : [`To ask for an exemption: ${plain(facts.contact, 500)}`]),
];

/** An identifier as code, which holds no markup and can be copied. Slack interprets `<…>` even in code. */
const code = (text: string, max: number): string =>
  `\`${oneLine(text, max).replace(/[`<>]/g, (one) => ({ "`": "'", "<": "‹", ">": "›" })[one] ?? "")}\``;

/** Untrusted text within a sentence, so that no chat client interprets it as markup, a mention or a link. */
const plain = (text: string, max: number): string =>
  oneLine(text, max)
    .replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "")
    .replace(/[*_~`[\]|@!]/g, "\u200b$&")
    .replace(/:\/\//g, ":\u200b//");
