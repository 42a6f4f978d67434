import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Code, Reason } from "../../lib/core/model/reason.ts";
import type { Outcome } from "../../lib/core/model/types.ts";
import { parse } from "../../lib/core/read/parse.ts";
import { chatQuoted, quoted } from "../../lib/text/untrusted.ts";
import { writeAlarm } from "../../lib/wording/mail/alarm-mail.ts";
import { type Mail, writeMail } from "../../lib/wording/mail/mail.ts";
import { mailFactsOf } from "../../lib/wording/mail/mail-facts.ts";
import type { MailFacts } from "../../lib/wording/mail/mail-text.ts";
import { codes, say } from "../../lib/wording/reasons/say.ts";
import { policyOf } from "../support/build.ts";
import { CASES, HOSTILE, hitsIn } from "./hostile.ts";

const policy = policyOf({ buckets: { output: true, unkeyed: true } });

/** A mail that shows all that a caller can write, and its facts changed by `change`. */
function mailOf(event: unknown, evil: string, change: Partial<MailFacts> = {}): Mail {
  const call = parse(event);
  if (call.is !== "call") throw new Error(`not judged: ${JSON.stringify(call)}`);
  const reason = { code: "aws-denied", error: "AccessDenied", message: `${evil} is not authorized` } as const;
  const outcomes: Outcome[] = [
    { do: "tag", outcome: "denied", reason },
    { do: "stop", outcome: "failed", reason },
  ];
  const facts = mailFactsOf(call, judge(call, policy, new Map()), outcomes, policy);
  return writeMail({ ...facts, followed: [`DescribeEndpoint ${evil}`], ...change });
}

const repeatedOf = (evil: string) => ({ kind: "domain", name: evil, mailed: evil, events: 3 });
const parentOf = (evil: string) => ({ kind: "pipeline-execution", name: evil, arn: evil });
/** Each form of a mail: the first, a further one about the same cause, a follow-up; with and without a parent. */
const CHANGES = (evil: string): Partial<MailFacts>[] => [
  {},
  { parent: parentOf(evil) },
  { parent: parentOf(evil), repeated: repeatedOf(evil) },
  { repeated: repeatedOf(evil), outcomes: [] },
  { parent: parentOf(evil), isFollowUp: true },
  { holder: { describe: "DescribeEndpointConfig", name: evil }, resource: { kind: "endpoint", name: evil, arn: evil } },
  { verdict: "undetermined", reason: { code: "aws-failed", error: evil, message: evil } },
  { resource: { kind: "unknown", name: evil, arn: evil }, operation: evil },
];
const MAILS = CASES.flatMap(({ evil, name, event }) =>
  CHANGES(evil).map((change) => ({ evil, name, mail: mailOf(event, evil, change) })),
);

/** Every text of a mail that people read. */
function textsOf({ subject, default: text, email, chat }: Mail): string[] {
  const { id, content, metadata } = JSON.parse(chat);
  const { title, description, nextSteps, keywords } = content;
  const { threadId, summary, eventType, relatedResources } = metadata;
  return [
    ...[subject, text, email, id, title, description, threadId, summary, eventType],
    ...[...nextSteps, ...keywords, ...relatedResources],
  ];
}

/** The shell commands of a mail: indented lines, from `aws` on. */
const commandsOf = ({ email }: Mail): string[] =>
  [...email.matchAll(/^ {2}(aws .*(?:\n.*)*?[^\\])$/gm)].map(([, command = ""]) => command);

/** The commands and the Python of a chat. A pipeline's settings are no code: they name the caller's steps. */
const codesOf = ({ chat }: Mail): string[] =>
  JSON.parse(chat)
    .content.description.split(/^```$/m)
    .filter((_: string, i: number) => i % 2 === 1)
    .map((code: string) => code.trim())
    .filter((code: string) => /^(?:aws|import) /.test(code));

describe("a caller's text, in every member of an event", () => {
  it("is no link, no mention, no markup and not hidden in a mail and in a chat", () => {
    const hits = MAILS.flatMap(({ evil, name, mail }) =>
      textsOf(mail).flatMap((text) => hitsIn(text).map((hit) => ({ evil, name, hit, text }))),
    );
    expect(hits).toEqual([]);
  });

  it("is a sentence only in quotation marks, and in a chat only as code", () => {
    const SENTENCE = /Your (?:account )?is closed|Your account/g;
    const outside = MAILS.flatMap(({ mail }) => {
      const { title, description } = JSON.parse(mail.chat).content;
      const plain = [
        mail.subject,
        mail.default,
        ...mail.email.split("\n\n").map((paragraph) => paragraph.replaceAll("\n", " ")),
      ];
      const within = (mark: string, lines: readonly string[]) =>
        lines.flatMap((line) =>
          [...line.matchAll(SENTENCE)].flatMap(({ index }) =>
            line.slice(0, index).split(mark).length % 2 === 0 ? [] : [line],
          ),
        );
      return [...within('"', plain), ...within("`", `${title}\n${description}`.split("\n"))];
    });
    expect(MAILS.filter(({ mail }) => mail.email.includes("Your account")).length).toBeGreaterThan(20);
    expect(outside).toEqual([]);
  });

  it("cannot end the subject, nor make a line that a mail server breaks", () => {
    for (const { mail } of MAILS) {
      expect(mail.subject).toMatch(/^[ -~]{1,99}$/);
      expect(Math.max(...mail.email.split("\n").map((line) => Buffer.byteLength(line)))).toBeLessThan(998);
    }
  });

  it("stays far below the 256 KB of a message", () => {
    const sizes = MAILS.map(({ mail }) => Buffer.byteLength(JSON.stringify([mail.default, mail.email, mail.chat])));
    expect(Math.max(...sizes)).toBeLessThan(64_000);
  });

  it("is not run when a command of the mail is", () => {
    const folder = mkdtempSync(join(tmpdir(), "keyward-shell-"));
    const commands = [...new Set(MAILS.flatMap(({ mail }) => commandsOf(mail)))];
    const script = `aws() { printf '%s\\n' "$@"; }\n${commands.join("\n")}`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: folder });
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true });
    expect(commands.length).toBeGreaterThan(0);
    expect({ status, stderr: stderr.toString(), left }).toEqual({ status: 0, stderr: "", left: [] });
    expect(stdout.toString()).not.toMatch(/OWNED|evil/);
  });

  it("is not in the code that a mail and a chat propose", () => {
    const codes = MAILS.flatMap(({ mail }) => codesOf(mail).map((code) => ({ code, mail })));
    expect(codes.filter(({ code }) => code.startsWith("import ")).length).toBeGreaterThan(100);
    expect(codes.filter(({ code }) => code.startsWith("aws ")).length).toBeGreaterThan(100);
    for (const { code, mail } of codes) {
      expect(code).not.toMatch(/OWNED|evil|closed|HYPERLINK|calc/);
      expect(mail.email).toContain(code.replace(/^(?=.)/gm, "  "));
    }
  });
});

describe("the mail to the operators", () => {
  const alarmOf = (evil: string) => {
    const answer = { code: "aws-denied", error: evil, message: `for ${evil}` } as const;
    const reason = { code: "denied-action", action: "tag", answer } as const;
    return writeAlarm({ kind: "denied", reason, account: evil, region: evil, waiting: 2 });
  };

  it("shows inert text", () => {
    const alarms = HOSTILE.map(alarmOf);
    const texts = alarms.flatMap(({ subject, default: text, email, chat }) => {
      const { title, description } = JSON.parse(chat).content;
      return [subject, text, email, title, description];
    });
    expect(texts.flatMap(hitsIn)).toEqual([]);
    for (const { subject } of alarms) expect(subject).toMatch(/^[ -~]{1,99}$/);
  });
});

describe("the sentence of a reason", () => {
  /** Facts that are Keyward's own words, and those that are reasons. */
  const inner = (evil: string): Reason => ({ code: "aws-failed", error: evil, message: evil });
  const OWN = { kind: "training-job", without: "transient-key", lacks: "settings", of: "record", ask: "key" };
  const NAMES =
    "member source type errorCode status operation path name step exemption expression value replacement pattern by state account region form algorithm error message service eventID action outcome arn partition condition function export version";
  const factsOf = (evil: string) => ({
    ...Object.fromEntries(NAMES.split(" ").map((name) => [name, evil])),
    ...Object.fromEntries(["paths", "instanceTypes", "local", "ebs", "unknown"].map((name) => [name, [evil, evil]])),
    ...OWN,
    protects: ["volume"],
    because: "metadata",
    answer: inner(evil),
    key: inner(evil),
    open: [inner(evil)],
  });

  const reasonOf = (code: Code, evil: string): Reason => {
    const bucket = code === "bucket-for-missing-key" ? inner(evil) : evil;
    return { ...factsOf(evil), bucket, code } as unknown as Reason;
  };
  /** The codes whose sentences hold a fact that a caller or AWS has written. */
  const quoting = codes.filter((code) => say(reasonOf(code, "HOSTILE")).includes("HOSTILE"));

  it("is checked where it has facts", () => expect(quoting.length).toBeGreaterThan(60));

  it.each(quoting)("%s quotes its facts", (code) => {
    for (const evil of HOSTILE) {
      for (const quote of [quoted, chatQuoted]) expect(hitsIn(say(reasonOf(code, evil), quote))).toEqual([]);
    }
  });
});
