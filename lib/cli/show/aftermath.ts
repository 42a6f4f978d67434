import type { Decision, Outcome } from "../../core/model/types.ts";
import type { EmbeddedAws } from "../../local/embedded-aws.ts";
import type { LocalResource } from "../../local/sagemaker-resource.ts";
import type { Publication } from "../../local/sns.ts";
import { count, fold, heading, table } from "../terminal/layout.ts";
import { paint, safe, WIDTH } from "../terminal/terminal.ts";
import { nameOf, outcomeInWords } from "./decision.ts";

/** A later delivery of an event, or a state change: its decision, the outcomes before it, and its time. */
export interface Later {
  readonly decision: Decision;
  readonly earlier: readonly Outcome[] | undefined;
  /** The minutes since all events were delivered. */
  readonly minutes: number;
}

/** A later delivery of an unfinished event, or of a state change. Shows only the new outcomes. */
export function showLater({ decision, earlier, minutes }: Later): string {
  const { resource, eventName, actions } = decision;
  const what = resource ? nameOf(resource) : safe(eventName);
  const came = earlier ? "delivered again" : "is InService now";
  const facts = newsOf({ decision, earlier });
  const still = actions.filter(({ outcome }) => outcome === "deferred" || outcome === "failed");
  const news = facts.length > 0 ? facts.map(outcomeInWords) : still.map((action) => `still ${outcomeInWords(action)}`);
  const label = `+${minutes} min`.padEnd(9);
  return fold(`${label}${[`${what} ${came}`, ...news].join(", ")}`, 0, 9);
}

/** The outcomes of a later delivery that the delivery before it did not have. */
export const newsOf = ({ decision, earlier }: Pick<Later, "decision" | "earlier">): Outcome[] =>
  decision.actions.filter((one) => one.outcome !== "skipped" && !earlier?.some((before) => isSame(before, one)));

const isSame = (a: Outcome, b: Outcome): boolean =>
  a.do === b.do && a.outcome === b.outcome && JSON.stringify(a.reason) === JSON.stringify(b.reason);

/** The state of the embedded AWS after all events. */
export interface Aftermath {
  readonly aws: EmbeddedAws;
  /** The resources of the events, and those that an action changed. */
  readonly resources: readonly LocalResource[];
  /** The number of messages in the dead-letter queue. */
  readonly deadLetters: number;
}

/** The mails, the final status of every resource, and the AWS calls. */
export function showAftermath({ aws, resources, deadLetters }: Aftermath): string {
  const mails = aws.sns.publications;
  return [
    ...mails.map((mail, i) => `${heading(`Mail ${i + 1} of ${mails.length}`)}\n\n${showMail(mail)}`),
    ...(resources.length > 0
      ? [`${heading("The final status of each resource")}\n\n${showResources(resources)}\n`]
      : []),
    `${heading("AWS calls")}\n\n${showCalls(aws)}\n`,
    ...(deadLetters > 0 ? [`${count(deadLetters, "unreadable event")} ended in the dead-letter queue.\n`] : []),
  ].join("\n");
}

export const subjectOf = ({ subject }: Publication): string => safe(subject);

/** The mail, in the form for e-mail. */
export function showMail({ topicArn, subject, messages }: Publication): string {
  const body = (messages.email ?? messages.default ?? "").trimEnd();
  const head = [
    paint("dim", fold(`Topic:   ${topicArn}`, 0, 9)),
    paint("bold", fold(`Subject: ${subject ?? "-"}`, 0, 9)),
  ];
  return `${head.join("\n")}\n\n${foldMail(body)}\n`;
}

const MAIL_INDENT = 2;

/**
 * The mail in the page's width. Sentences and the facts of the event are folded where the page is narrower than a mail;
 * code stays as it is, because a folded command would not run.
 */
function foldMail(body: string): string {
  const lines = WIDTH < MAIL_WIDTH + MAIL_INDENT ? unwrapped(body.split("\n")) : body.split("\n");
  return lines
    .map((line) => {
      const isText = /^\S/.test(line) || FACT.test(line);
      if (line === "" || !isText) return line && `  ${line}`;
      const inside = line.length - line.trimStart().length + MAIL_INDENT;
      return fold(line.trimStart(), inside, inside + (FACT.test(line) ? 7 : line.startsWith("- ") ? 2 : 0));
    })
    .join("\n");
}

/** Such a line always begins on its own. */
const LABEL = /^(What to do|What Keyward did|The reason|The affected data|To ask for an exemption): /;

/** As in lib/wording/mail: a line of text that is full goes on in the next one. */
const MAIL_WIDTH = 78;

function unwrapped(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let width = 0;
  for (const line of lines) {
    const before = joined.at(-1);
    const [word = ""] = line.trimStart().split(" ");
    const goesOn = /^\S/.test(before ?? "") && (before?.startsWith("- ") ? /^ {2}\S/ : /^[^\s-]/).test(line);
    if (goesOn && !LABEL.test(line) && width + 1 + word.length > MAIL_WIDTH)
      joined.push(`${joined.pop()} ${line.trimStart()}`);
    else joined.push(line);
    width = line.length;
  }
  return joined;
}

const FACT = /^ {2}(Cause|ARN|From|Seen|Where|Who|Call) +/;

/** The longest name that leaves room for the longest kind and status. */
const MAX_NAME = 32;

const byKind = (a: LocalResource, b: LocalResource): number =>
  a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name);

export function showResources(resources: readonly LocalResource[]): string {
  const sorted = [...resources].sort(byKind);
  const rows = sorted.map(({ kind, name, status, tags }) => [
    kind,
    safe(name, MAX_NAME),
    status,
    tags.get("keyward:status") ?? "not tagged",
  ]);
  const [header, ...lines] = table(["KIND", "NAME", "STATUS", "KEYWARD:STATUS"], rows).split("\n");
  const reasons = sorted.map(({ tags }) => tags.get("keyward:reason"));
  const withReasons = lines.flatMap((line, i) => {
    const reason = reasons[i];
    return reason === undefined ? [line] : [line, paint("dim", fold(`keyward:reason ${safe(reason, 256)}`, 4, 6))];
  });
  return [header, ...withReasons].join("\n");
}

function showCalls({ calls }: EmbeddedAws): string {
  const names = calls.map(
    ({ service, operation, error }) => `${service} ${operation} ${error ? `refused: ${error}` : ""}`,
  );
  const rows = [...new Set(names)].sort().map((name) => {
    const [service = "", operation = "", ...refused] = name.split(" ");
    return [service, operation, String(names.filter((one) => one === name).length), refused.join(" ")];
  });
  return table(["SERVICE", "OPERATION", "CALLS", ""], rows);
}
