import { protectsNoun } from "../../catalogue/protects.ts";
import { oneLine } from "../../text/one-line.ts";
import type { Story } from "./mail-text.ts";
import { outcomeSentence } from "./mail-words.ts";

const MAX_FINDINGS = 10;

/**
 * A custom notification as Amazon Q Developer in chat applications reads it ("Custom notifications" in its guide);
 * anything of another form is dropped there without a word. Its texts, the title too, are in the chat client's markdown.
 */
export function chatOf(story: Story): string {
  const { told, headline } = story;
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    id: oneLine(told.event.eventID ?? "unknown", 64),
    content: {
      textType: "client-markdown",
      title: plain(headline, 250),
      description: descriptionOf(story),
      nextSteps: nextSteps(story),
      keywords: ["Keyward", told.verdict, told.resource.kind],
    },
    metadata: {
      threadId: oneLine(told.resource.arn ?? told.event.eventID ?? "unknown", 256),
      summary: oneLine(headline, 250),
      eventType: told.verdict,
      relatedResources: told.resource.arn === null ? [] : [oneLine(told.resource.arn, 256)],
    },
  });
}

function descriptionOf(story: Story): string {
  const { told, findings, where, who } = story;
  const more = findings.length - MAX_FINDINGS;
  return [
    `${plain(where, 80)}, by ${code(who, 256)}`,
    ...findings.slice(0, MAX_FINDINGS).map(({ path, protects }) => `- ${code(path, 200)}: ${protectsNoun(protects)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...told.outcomes.map((outcome) => plain(outcomeSentence(outcome, story), 400)),
  ].join("\n");
}

const nextSteps = ({ told, kind }: Story): string[] => [
  ...(told.verdict === "non-compliant" && kind ? [kind.rekey] : []),
  ...(told.contact === undefined ? [] : [`If this has to be as it is: ${plain(told.contact, 500)}`]),
];

/** An identifier as code, where nothing is markup and from where it can be copied; Slack reads `<…>` even there. */
const code = (text: string, max: number): string =>
  `\`${oneLine(text, max).replace(/[`<>]/g, (one) => ({ "`": "'", "<": "‹", ">": "›" })[one] ?? "")}\``;

/** Untrusted text within a sentence, which no chat client takes for markup, a mention or a link. */
const plain = (text: string, max: number): string =>
  oneLine(text, max)
    .replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "")
    .replace(/[*_~`[\]|@!]/g, "\u200b$&")
    .replace(/:\/\//g, ":\u200b//");
