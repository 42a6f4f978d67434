import { asciiLine, oneLine, wrap } from "../../text/one-line.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { chatQuoted, type Quote, quoted, quotedAscii } from "../../text/untrusted.ts";
import type { PublicDecision } from "../public-decision.ts";
import { rowsOf, rowText } from "./daily-rows.ts";
import { summaryLines } from "./daily-summary.ts";
import { type Mail, SUBJECT_START } from "./mail.ts";

/** The facts of a mail about a day. */
export interface DailyMail {
  /** `digest`: the notices of the day. `summary`: what Keyward would have done, in mode `observe`. */
  readonly kind: "digest" | "summary";
  /** 2026-11-02, in UTC. */
  readonly date: string;
  /** The entries that the mail is about. */
  readonly decisions: readonly PublicDecision[];
  readonly account: string;
  readonly region: string;
  /** The ledger's bucket. */
  readonly bucket: string;
  readonly contact?: string | undefined;
  readonly stack?: string | undefined;
}

const MAX_ROWS = 50;
const MAX_CHAT_ROWS = 10;
const WIDTH = 78;

/** Writes a mail about a day. Names and principals in it are the callers' text. */
export function writeDailyMail(facts: DailyMail): Mail {
  const { kind, date, account, region } = facts;
  const where = safeText`(${quotedAscii(date, 10)}, ${quotedAscii(account, 20)} ${quotedAscii(region, 20)})`;
  const [title, todo] = openingOf(facts);
  return {
    subject: asciiLine(safeText`${SUBJECT_START} ${SUBJECTS[kind](rowsOf(facts.decisions).length)} ${where}`, 99),
    default: title,
    email: emailOf(facts, title, todo),
    chat: chatOf(facts, title, todo),
    attributes: { kind, account, region, verdict: "daily", action: "notify" },
  };
}

const SUBJECTS = {
  digest: (count: number) => safeText`daily, ${resources(count)}`,
  summary: (count: number) => safeText`observed, ${resources(count)}`,
} as const;

const resources = (count: number): SafeText => safeText`${count} resource${count === 1 ? "" : "s"}`;

/** The first line says what happened, the second what to do. */
function openingOf(facts: DailyMail): [SafeText, SafeText] {
  const { date, account, region } = facts;
  const count = resources(rowsOf(facts.decisions).length);
  const where = safeText`on ${quoted(date, 10)} in account ${quoted(account, 20)}, ${quoted(region, 30)}`;
  if (facts.kind === "digest") {
    return [
      safeText`${count} without an accepted KMS key, or not clear, ${where}.`,
      safeText`Give each its key and create it again, the worst first. Its tags and its ledger entry say what is wrong.`,
    ];
  }
  const stack = facts.stack === undefined ? "STACK (fill in)" : ownText(facts.stack);
  return [
    safeText`Keyward only observed: it would have acted on ${count} ${where}.`,
    safeText`Check that this is what you want. Then: keyward mode enforce --stack ${stack} --because "…".`,
  ];
}

const bodyOf = (facts: DailyMail, max: number, quote: Quote): SafeText[] => {
  const rows = rowsOf(facts.decisions);
  const more = rows.length - max;
  return [...rows.slice(0, max).map((row) => rowText(row, quote)), ...(more > 0 ? [safeText`and ${more} more`] : [])];
};

function emailOf(facts: DailyMail, title: SafeText, todo: SafeText): SafeText {
  const { date, bucket, region, contact } = facts;
  const bullets = (lines: readonly SafeText[]) =>
    joined(
      lines.map((line) => wrap(safeText`- ${line}`, WIDTH, "  ")),
      "\n",
    );
  const sections = [
    joined(
      [title, safeText`What to do: ${todo}`].map((line) => wrap(line, WIDTH)),
      "\n",
    ),
    ...(facts.kind === "summary" ? summaryLines(facts.decisions, quoted).map(bullets) : []),
    bullets(bodyOf(facts, MAX_ROWS, quoted)),
    safeText`The list of all entries of the ledger that this mail is about:\n  aws s3 cp s3://${ownText(bucket)}/digest/${quoted(date, 10)}.json - --region ${quoted(region, 30)}`,
    ...(contact === undefined
      ? []
      : [wrap(safeText`To ask for an exemption: ${ownText(oneLine(contact, 500))}`, WIDTH)]),
  ];
  return safeText`${joined(sections, "\n\n")}\n`;
}

/** A custom notification, as a single mail's (mail-chat.ts). The mails of one day and kind are one thread. */
function chatOf(facts: DailyMail, title: SafeText, todo: SafeText): string {
  const { kind, date, account, region } = facts;
  const lines = [
    ...(kind === "summary" ? summaryLines(facts.decisions, chatQuoted).flat() : []),
    ...bodyOf(facts, MAX_CHAT_ROWS, chatQuoted),
  ];
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    content: {
      textType: "client-markdown",
      title,
      description: joined(
        lines.map((line) => safeText`- ${line}`),
        "\n",
      ),
      nextSteps: [safeText`What to do: ${todo}`],
      keywords: ["Keyward", kind],
    },
    metadata: {
      threadId: `keyward/${account}/${region}/${kind}/${date}`,
      summary: title,
      eventType: kind,
      relatedResources: [],
    },
  });
}
