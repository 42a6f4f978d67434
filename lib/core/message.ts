import { chatOf } from "./message-chat.ts";
import { emailOf } from "./message-email.ts";
import { type Story, storyOf, type Told } from "./story.ts";
import { asciiLine, oneLine } from "./text.ts";

/** One notification in the forms that its readers want. */
export interface Mail {
  /** One line of ASCII under 100 characters (Publish, API Reference). */
  readonly subject: string;
  readonly default: string;
  readonly email: string;
  /** For the `https` protocol: a custom notification of Amazon Q Developer in chat applications, as JSON. */
  readonly chat: string;
  /** For subscriptions' filter policies. */
  readonly attributes: Readonly<Record<"kind" | "account" | "region" | "verdict" | "action", string>>;
}

/** Writes the mail about one event. Names, principals and keys in it are untrusted: one line each, bounded, no controls. */
export function writeMail(told: Told): Mail {
  const story = storyOf(told);
  return {
    subject: subjectOf(story),
    default: `${story.headline}. Event ${oneLine(told.event.eventID ?? "unknown", 64)}.`,
    email: emailOf(story),
    chat: chatOf(story),
    attributes: {
      kind: told.resource.kind,
      account: told.event.account ?? "unknown",
      region: told.event.region ?? "unknown",
      verdict: told.verdict,
      action: story.stop?.outcome === "done" || story.stop?.outcome === "already-done" ? "stop" : "notify",
    },
  };
}

const PREFIX: Readonly<Record<string, string>> = {
  done: "Stopped",
  "already-done": "Ended",
  deferred: "To be stopped",
  denied: "Not stopped",
  failed: "Not stopped",
};

/** What happened to what and where, the name cut first where it gets long. */
function subjectOf({ told, noun, name, stop }: Story): string {
  const label = told.verdict === "undetermined" ? "Check" : (PREFIX[stop?.outcome ?? ""] ?? "Reported");
  const where = asciiLine(`${told.event.account ?? ""} ${told.event.region ?? ""}`, 34);
  const why = told.verdict === "undetermined" ? "KMS key unclear" : "no accepted KMS key";
  const fixed = `${label}: ${noun}  (${why}, ${where})`;
  return asciiLine(`${label}: ${noun} ${asciiLine(name, Math.max(8, 99 - fixed.length))} (${why}, ${where})`, 99);
}
