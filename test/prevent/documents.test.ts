import { describe, expect, it } from "vitest";
import { LIMITS, packDocuments } from "../../lib/prevent/documents.ts";
import { documentOf, type Statement } from "../../lib/prevent/statement.ts";
import { statementsOf } from "../../lib/prevent/statements.ts";
import { exemption, KEY, OTHER, policies, policyWith, TODAY } from "./policies.ts";

const ROLE = "arn:aws:iam::111122223333:role/data-science";

const documents = (statements: readonly Statement[], limits: { readonly characters: readonly number[] }) => {
  const packed = packDocuments(statements, limits);
  if (!packed.ok) throw new Error(`${packed.sid} does not fit`);
  return packed.documents;
};

/** Every action of every statement, with its conditions: what the documents deny. */
const deniedBy = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => JSON.parse(text).Statement as { Action: string | string[]; Condition: object }[])
    .flatMap(({ Action, Condition }) => [Action].flat().map((action) => `${action} ${JSON.stringify(Condition)}`))
    .sort();

describe("a document", () => {
  it("for the shipped policy fits into the 5,120 characters of before May 2026", () => {
    const [only, ...more] = documents(statementsOf(policies.shipped ?? policyWith({}), TODAY).statements, LIMITS.scp);
    expect(more).toEqual([]);
    expect(only?.length).toBeLessThanOrEqual(5120);
    expect(only).not.toMatch(/\s/);
  });

  it.each<[string, Record<string, unknown>]>([
    ["a list of keys", { keys: { accept: "listed", allow: [KEY, OTHER] } }],
    ["a deny list", { keys: { accept: "any", deny: [KEY, OTHER] } }],
    ["an exempt role", { exemptions: [exemption({ principal: ROLE })] }],
    ["encryption in transit", { require: { "in-transit": true } }],
  ])("for a policy with %s does too", (_name, members) => {
    const [only, ...more] = documents(statementsOf(policyWith(members), TODAY).statements, LIMITS.scp);
    expect(more).toEqual([]);
    expect(only?.length).toBeLessThanOrEqual(5120);
  });

  it.each(Object.entries(policies))(
    "for the policy %s is within its limit, and loses no statement when split",
    (_name, policy) => {
      const { statements } = statementsOf(policy, TODAY);
      const whole = [deniedBy([documentOf(statements)]), deniedBy([documentOf(statements, "short")])];
      for (const limits of [LIMITS.scp, LIMITS.iam, { characters: [2000] }]) {
        const texts = documents(statements, limits);
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(limits.characters.at(-1) ?? 0);
        expect(whole).toContainEqual(deniedBy(texts));
      }
    },
  );

  it("is not split where one is enough", () => {
    const { statements } = statementsOf(policyWith({}), TODAY);
    const { length } = documentOf(statements);
    const { length: short } = documentOf(statements, "short");
    expect(documents(statements, { characters: [short, length] })).toEqual([documentOf(statements, "short")]);
    expect(documents(statements, { characters: [short - 1, length] })).toEqual([documentOf(statements)]);
    expect(documents(statements, { characters: [short - 1] })).toHaveLength(2);
  });

  it("that cannot hold one action of a statement is a value that names the statement", () => {
    const many = Array.from(
      { length: 200 },
      (_, i) => `arn:aws:kms:eu-central-1:111122223333:key/mrk-${String(i).padStart(32, "0")}`,
    );
    const { statements } = statementsOf(policyWith({ keys: { accept: "listed", allow: many } }), TODAY);
    expect(packDocuments(statements, LIMITS.scp)).toEqual({
      ok: false,
      sid: "VolumeKeyWrong",
      characters: expect.any(Number),
      most: 10240,
    });
  });

  it("has no more than sixteen statements for the exemptions of one rule", () => {
    const exemptions = Array.from({ length: 5 }, (_, i) =>
      exemption({ principal: `arn:aws:iam::111122223333:role/r${i}`, region: `eu-${i}*` }),
    );
    const { statements, leftOut } = statementsOf(policyWith({ exemptions }), TODAY);
    expect(statements).toEqual([]);
    expect(leftOut.length).toBeGreaterThan(0);
  });
});
