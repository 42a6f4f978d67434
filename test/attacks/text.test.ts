import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Outcome } from "../../lib/core/model/types.ts";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { parse } from "../../lib/core/read/parse.ts";
import { createTally, reportOf, tallyDecision } from "../../lib/core/report/tally.ts";
import { writeReport } from "../../lib/report/write-report.ts";
import { defanged, quoted } from "../../lib/text/untrusted.ts";
import { writeAlarm } from "../../lib/wording/mail/alarm-mail.ts";
import { type Mail, writeMail } from "../../lib/wording/mail/mail.ts";
import { mailFactsOf } from "../../lib/wording/mail/mail-facts.ts";
import { policyOf } from "../support/build.ts";
import { keyward } from "../support/cli.ts";

/** Each is a text that a mail, a chat, a page or a terminal would make something of. */
const HOSTILE = [
  "Your account is closed, sign in at https://evil.example.com/login",
  "evil.example.com/login",
  "пример.рф",
  "evil。com",
  "xn--e1afmkfd.xn--p1ai",
  "<https://evil.example.com|AWS Console>",
  "[AWS Console](https://evil.example.com)",
  "<!channel> <@U012> @here @channel",
  "mailto:boss@evil.example.com",
  "boss@evil.example.com",
  "javascript:alert(1)",
  "\\\\evil.example.com\\share",
  "//203.0.113.7/x",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "\u001b]8;;https://evil.example.com\u0007click\u001b]8;;\u0007\u001b[2J\u009b31m",
  "a\u202egro.live\u2066\u200bb\r\nBcc: all@evil.example.com",
  "ml.evil.com",
];

/** What mail clients, Slack, Teams and code scanners make a link or a mention of. */
const LIVE =
  /https?:|evil\.com|example\.com|evil。com|пример\.рф|\.xn--|<|>|\]\(|(^|[^\p{L}\p{N}[])@(here|channel|U)|mailto:\S|javascript:\S|\\\\|203\.0\.113\.7/iu;
const INVISIBLE = /(?!\n)[\p{C}\p{DI}\p{Zl}\p{Zp}]/u;

const EVENTS = [
  "CreateNotebookInstance/fail-no-key",
  "CreateTrainingJob/fail-no-volume-key",
  "CreatePipeline/fail-no-volume-key",
  "CreateDomain/fail-no-key",
  "CreateEndpoint/fail-config-without-key",
];
/** The members that decide how the event is read: changed, there is nothing to say about it. */
const READ_BY =
  /(^|\.)(eventSource|eventName|source|detail-type|eventVersion|eventType|eventCategory|instanceType|account|recipientAccountId|errorCode|invokedBy|readOnly|type|Type)$/i;

/** The event with a hostile text in each string member, as the whole text and at its end. */
function poisoned(value: unknown, evil: string, at = ""): unknown {
  if (typeof value === "string") {
    if (READ_BY.test(at)) return value;
    return /^(arn:|s3:\/\/)/.test(value) ? `${value}/${evil}` : evil;
  }
  if (Array.isArray(value)) return value.map((one) => poisoned(one, evil, at));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, poisoned(inner, evil, `${at}.${name}`)]),
  );
}

const existing = EVENTS.flatMap((name) => {
  try {
    return [JSON.parse(readFileSync(`events/${name}.json`, "utf8"))];
  } catch {
    return [];
  }
});
const CASES = HOSTILE.flatMap((evil) => existing.map((event) => [evil, poisoned(event, evil)] as const));
const policy = policyOf({});

function mailOf(event: unknown, evil: string): Mail | undefined {
  const call = parse(event);
  if (call.is !== "call") return undefined;
  const reason = { code: "aws-denied", error: "AccessDenied", message: `${evil} is not authorized` } as const;
  const outcomes: Outcome[] = [
    { do: "tag", outcome: "denied", reason },
    { do: "stop", outcome: "failed", reason },
  ];
  const facts = mailFactsOf(call, judge(call, policy, new Map()), outcomes, policy);
  const parent = { kind: "pipeline-execution", name: evil, arn: evil };
  const repeated = { kind: "domain", name: evil, mailed: evil, events: 3 };
  return writeMail({ ...facts, parent, repeated, followed: [`DescribeEndpoint ${evil}`] });
}

/** A mail without the lines of Keyward's own code, whose methods have dots. */
const ownText = (mail: Mail): string[] => {
  const { content, metadata } = JSON.parse(mail.chat);
  const chat = [content.title, content.description, metadata.summary, metadata.threadId, ...metadata.relatedResources];
  return [mail.subject, mail.default, mail.email, ...chat];
};

describe("a caller's text, in every member of an event", () => {
  it("is no link, no mention and no markup in a mail and in a chat", () => {
    const live = CASES.flatMap(([evil, event]) => {
      const mail = mailOf(event, evil);
      const texts = mail ? ownText(mail) : [];
      return texts.flatMap((text) =>
        [LIVE.exec(text)?.[0], INVISIBLE.exec(text)?.[0]].filter(Boolean).map((hit) => ({ evil, hit, text })),
      );
    });
    expect(CASES.filter(([evil, event]) => mailOf(event, evil)).length).toBeGreaterThan(30);
    expect(live).toEqual([]);
  });

  it("is no link in the mail to the operators", () => {
    for (const evil of HOSTILE) {
      const reason = {
        code: "denied-action",
        action: "tag",
        answer: { code: "aws-denied", error: "E", message: evil },
      } as const;
      const alarm = writeAlarm({ kind: "denied", reason, account: "111122223333", region: "us-east-1", waiting: 2 });
      for (const text of [alarm.email, alarm.default, JSON.parse(alarm.chat).content.description])
        expect(text.match(LIVE)?.[0]).toBeUndefined();
    }
  });

  it("is no markup in the HTML page", () => {
    const tally = createTally();
    for (const [, event] of CASES) tallyDecision(tally, dryRun(event, policy, new Date(0)).decision);
    const page = writeReport(
      reportOf(tally, {
        of: "backtest",
        madeAt: "2026-11-02T00:00:00Z",
        policyVersion: "p",
        policy,
        read: { files: 1, damaged: [...HOSTILE] },
      }),
    );
    expect(page).not.toMatch(/<script>alert|<img|href="?https?:|\u202e/);
    expect(page).not.toContain("\u001b");
  });
});

describe("a caller's text in a terminal and for other tools", () => {
  const folder = mkdtempSync(join(tmpdir(), "keyward-text-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

  it("has no control and no bidirectional character", () => {
    const file = join(folder, "events.jsonl");
    writeFileSync(file, CASES.map(([, event]) => JSON.stringify(event)).join("\n"));
    for (const args of [
      ["replay", file, "--verbose"],
      ["explain", file],
      ["backtest", file],
    ]) {
      const { out, err } = keyward(args);
      expect((out + err).length).toBeGreaterThan(200);
      expect(CONTROLS.exec(out + err)?.[0]).toBeUndefined();
    }
  });

  it.each(["sarif", "junit"])("is no link in %s", (format) => {
    const Resources = Object.fromEntries(
      HOSTILE.map((evil, i) => [
        `Job${i}`,
        {
          Type: "AWS::SageMaker::NotebookInstance",
          Properties: { NotebookInstanceName: evil, InstanceType: "ml.t3.medium", RoleArn: evil, KmsKeyId: evil },
        },
      ]),
    );
    const file = join(folder, "template.json");
    writeFileSync(file, JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Resources }));
    const { out } = keyward(["check", file, "--format", format]);
    const texts =
      format === "sarif"
        ? JSON.parse(out).runs[0].results.map((one: { message: { text: string } }) => one.message.text)
        : [...out.matchAll(/message="([^"]*)"/g)].map(([, text]) => text);
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) expect(LIVE.exec(text)?.[0]).toBeUndefined();
  });
});

describe("defanged text", () => {
  it.each(HOSTILE)("%j is inert", (evil) => {
    expect(defanged(evil, 300)).not.toMatch(LIVE);
    expect(defanged(`x ${evil} y`, 300)).not.toMatch(LIVE);
  });

  it.each([
    ["ml.m5.2xlarge", "ml.m5.2xlarge"],
    ["arn:aws:iam::111122223333:role/ds", "arn:aws:iam::111122223333:role/ds"],
    ["s3://ml-data/churn", "s3://ml-data/churn"],
    ["see https://evil.com", '"see hxxps://evil[.]com"'],
    [`a "quote"`, `"a 'quote'"`],
    ["x ".repeat(100), `"${"x ".repeat(39)}x…"`],
  ])("%s is shown as %s", (text, shown) => expect(quoted(text, 200)).toBe(shown));

  it("is bounded and has no address, whatever it was", () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...HOSTILE, ".", "/", ":", "a", " ", "http", "@", "]", "(")), (parts) => {
        const text = defanged(parts.join(""), 120);
        expect([...text].length).toBeLessThanOrEqual(120);
        expect(text).not.toMatch(/https?:\/\/|[a-z]\.com|\]\(|[<>]/i);
      }),
    ));
});
