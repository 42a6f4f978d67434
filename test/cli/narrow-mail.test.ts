import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { readPolicy } from "../../lib/policy/read-policy.ts";
import { shippedMails } from "../support/shipped-mails.ts";

it("breaks no word of a mail's text in a terminal of 60 columns, and changes no code", async () => {
  const shipped = readPolicy(readFileSync("policy.yaml", "utf8"));
  if (!shipped.ok) throw new Error("the shipped policy is faulty");
  const mails = await shippedMails(shipped.policy);
  vi.resetModules();
  const columns = process.stdout.columns;
  process.stdout.columns = 60;
  const { showMail } = await import("../../lib/cli/show/aftermath.ts");
  process.stdout.columns = columns;
  for (const { subject, email } of mails) {
    const shown = showMail({
      topicArn: "arn:aws:sns:us-east-1:111122223333:keyward",
      subject,
      messages: { email },
      attributes: {},
    });
    const lines = shown.split("\n");
    const code = email.split("\n").filter((line) => /^ {2,}(?!(Cause|ARN|From|Seen|Where|Who|Call) )/.test(line));
    const wide = lines.filter((line) => line.length > 60 && !code.includes(line.slice(2)));
    expect(wide).toEqual([]);
    const withoutSpace = (text: string) => text.replace(/\s/g, "");
    expect(withoutSpace(shown)).toContain(withoutSpace(email));
    expect(shown).toMatch(/^ {2}What to do: /m);
  }
}, 120_000);
