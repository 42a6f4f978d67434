import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { kinds } from "../../lib/catalogue/kinds.ts";
import { readPolicy } from "../../lib/policy/read-policy.ts";
import { type ShippedMail, shippedMails, snippetsOf } from "../support/shipped-mails.ts";

const shipped = readPolicy(readFileSync("policy.yaml", "utf8"));
if (!shipped.ok) throw new Error("the shipped policy is faulty");
const { policy } = shipped;

const MAX_LINES = 34;
/** Longer mails, and why. */
const LONGER: Readonly<Record<string, string>> = {
  "CreateMonitoringSchedule/fail-named-definition.json":
    "two keys, a new job definition and the schedule that names it",
  "CreateTrainingJob/undetermined-key-of-another-account.json":
    "the look-up of a key and the remedy, both with long ARNs",
};

const oneText = (text: string): string => text.replace(/\s+/g, " ");
/** The text of a chat without the marks of its Markdown. */
const plain = (text: string): string => oneText(text).replaceAll("`", "");

describe("the mail of every shipped event", () => {
  let mails: readonly ShippedMail[] = [];
  beforeAll(async () => {
    mails = await shippedMails(policy);
    expect(mails.length).toBeGreaterThan(110);
  }, 120_000);

  it("says first what happened and then what to do", () => {
    for (const { email } of mails) {
      const [opening = ""] = email.split("\n\n");
      expect(oneText(opening)).toMatch(
        /^(?!What)[A-Z].*(KMS key|nodes|stopped|covers it).*?\. What to do: [a-zA-Z].*\./,
      );
      expect(opening.split("\n").findIndex((line) => line.startsWith("What to do: "))).toBeLessThanOrEqual(3);
    }
  });

  it(`has fewer than ${MAX_LINES + 1} lines, apart from those that are listed with a reason`, () => {
    const long = mails.filter(({ email }) => email.trimEnd().split("\n").length > MAX_LINES).map(({ file }) => file);
    expect(long).toEqual(Object.keys(LONGER).sort());
  });

  it("has a subject that sorts by the verdict, the kind and the name, in ASCII of 99 characters at most", () => {
    const nouns = new Set<string>(kinds.map(({ noun }) => noun));
    for (const { subject, call } of mails) {
      expect(subject).toMatch(/^Keyward: (non-compliant|check) [ -~]+ \(\d{12} [a-z]+-[a-z]+-\d\)$/);
      expect(subject.length).toBeLessThanOrEqual(99);
      const rest = subject.replace(/^Keyward: (non-compliant|check) /, "");
      const isUnknown = call !== undefined && rest.startsWith(`${call.eventName} call`);
      expect(isUnknown || [...nouns].some((noun) => rest.startsWith(`${noun} `))).toBe(true);
    }
  });

  it("says the same in the chat", () => {
    for (const { file, email, chat } of mails) {
      const { title, description, nextSteps } = chat.content;
      const text = plain([title, description, ...nextSteps].join(" "));
      const mail = oneText(email);
      for (const said of sentencesOf(mail)) expect(text, file).toContain(plain(said));
      for (const code of snippetsOf({ chat } as ShippedMail)) {
        expect(mail, file).toContain(oneText(code));
      }
    }
  });

  it("breaks no line of text that 78 columns can hold, and has no empty paragraph", () => {
    for (const { email } of mails) {
      expect(email).not.toMatch(/\n\n\n|[ \t]\n/);
      const prose = email.split("\n").filter((line) => /^[A-Z-]/.test(line));
      expect(prose.filter((line) => line.length > 78 && line.trim().includes(" ", 2) && !/\S{40}/.test(line))).toEqual(
        [],
      );
    }
  });

  it("says whom to ask", () => {
    for (const { email } of mails) expect(oneText(email)).toContain(`To ask for an exemption: ${policy.contact}`);
  });

  it("has no secret of a request", () => {
    for (const { file, call, email, chat } of mails) {
      for (const secret of secretsOf(call?.request)) {
        expect(`${email}${JSON.stringify(chat)}`, file).not.toContain(secret);
      }
    }
  });
});

/** The first line's sentence, and what to do. */
function sentencesOf(mail: string): string[] {
  const [, happened = "", advice = ""] =
    /^(.*?)\. (?:Nothing was stopped\. )?(What to do: .*?)\.(?= [A-Z])/.exec(mail) ?? [];
  return [happened, advice];
}

/** Values of members that hold a caller's own text: environments, hyperparameters, arguments, tags. */
function secretsOf(value: unknown, isSecret = false): string[] {
  if (typeof value === "string") return isSecret && value.length > 5 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    secretsOf(inner, isSecret || /environment|hyperParameters|arguments|entrypoint|tags|password|secret$/i.test(name)),
  );
}
