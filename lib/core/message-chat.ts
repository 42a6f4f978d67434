import { outcomeSentence } from "./message-words.ts";
import { PROTECTS } from "./protects.ts";
import type { Story } from "./story.ts";
import { oneLine } from "./text.ts";

const MAX_FINDINGS = 10;

/**
 * A custom notification as Amazon Q Developer in chat applications reads it ("Custom notifications" in its guide);
 * anything of another form is dropped there without a word.
 */
export function chatOf(story: Story): string {
  const { told, headline, findings, where, who } = story;
  const lines = findings
    .slice(0, MAX_FINDINGS)
    .map(({ path, protects }) => `- ${plain(path, 200)}: ${PROTECTS[protects] ?? protects}`);
  const outcomes = told.outcomes.map((outcome) => outcomeSentence(outcome, story));
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    id: oneLine(told.event.eventID ?? "unknown", 64),
    content: {
      textType: "client-markdown",
      title: plain(headline, 250),
      description: [
        `${plain(where, 80)}, by ${plain(who, 256)}`,
        ...lines,
        ...outcomes.map((one) => plain(one, 300)),
      ].join("\n"),
      ...(told.contact === undefined ? {} : { nextSteps: [plain(told.contact, 500)] }),
      keywords: ["Keyward", told.verdict, told.resource.kind],
    },
    metadata: {
      threadId: oneLine(told.resource.arn ?? told.event.eventID ?? "unknown", 256),
      summary: plain(headline, 250),
      eventType: told.verdict,
      relatedResources: told.resource.arn === null ? [] : [oneLine(told.resource.arn, 256)],
    },
  });
}

/** Untrusted text that no chat client takes for markup, a mention or a link. */
const plain = (text: string, max: number): string =>
  oneLine(text, max)
    .replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "")
    .replace(/[*_~`[\]|@!]/g, "\u200b$&")
    .replace(/:\/\//g, ":\u200b//");
