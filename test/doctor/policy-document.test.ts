import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { allows, type PolicyDocument } from "../../lib/doctor/policy-document.ts";

const RULE = "arn:aws:events:us-east-1:111122223333:rule/keyward-CallRule";
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:keyward";
const request = {
  service: "events.amazonaws.com",
  action: "sqs:SendMessage",
  resource: QUEUE,
  context: { "aws:sourcearn": RULE, "aws:sourceaccount": "111122223333", "aws:securetransport": "true" },
};
const ALLOW = {
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: "*",
};
const DENY = { ...ALLOW, Effect: "Deny" };
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

it.each<readonly [string, readonly object[], string]>([
  ["nothing", [], "no"],
  ["a plain statement", [ALLOW], "yes"],
  ["a star for the principal", [{ ...ALLOW, Principal: "*" }], "yes"],
  ["another service", [{ ...ALLOW, Principal: { Service: ["sns.amazonaws.com"] } }], "no"],
  ["an account only", [{ ...ALLOW, Principal: { AWS: "arn:aws:iam::111122223333:root" } }], "no"],
  ["actions with a star, in any case", [{ ...ALLOW, Action: ["SQS:Send*"] }], "yes"],
  ["another action", [{ ...ALLOW, Action: "sqs:ReceiveMessage" }], "no"],
  ["another queue", [{ ...ALLOW, Resource: `${QUEUE}-other` }], "no"],
  ["the rule", [{ ...ALLOW, ...when("ArnEquals", "aws:SourceArn", [RULE]) }], "yes"],
  ["another rule", [{ ...ALLOW, ...when("ArnEquals", "AWS:SourceArn", `${RULE}2`) }], "no"],
  [
    "rules by a pattern",
    [{ ...ALLOW, ...when("ArnLike", "aws:SourceArn", "arn:aws:events:*:*:rule/keyward-*") }],
    "yes",
  ],
  ["a star that is no pattern", [{ ...ALLOW, ...when("StringEquals", "aws:SourceArn", "arn:aws:events:*") }], "no"],
  ["another account", [{ ...ALLOW, ...when("StringEquals", "aws:SourceAccount", "444455556666") }], "no"],
  ["a condition on another key", [{ ...ALLOW, ...when("StringEquals", "aws:SourceOrgID", "o-1") }], "unknown"],
  ["an operator that is not decided", [{ ...ALLOW, ...when("NumericLessThan", "aws:SourceAccount", "5") }], "unknown"],
  ["one of two statements", [{ ...ALLOW, ...when("StringEquals", "aws:SourceOrgID", "o-1") }, ALLOW], "yes"],
  ["a denial", [ALLOW, DENY], "no"],
  [
    "a denial without TLS",
    [ALLOW, { ...DENY, Principal: "*", ...when("Bool", "aws:SecureTransport", "false") }],
    "yes",
  ],
  [
    "a denial of other accounts",
    [ALLOW, { ...DENY, ...when("StringNotEquals", "aws:SourceAccount", "111122223333") }],
    "yes",
  ],
  ["a denial that depends", [ALLOW, { ...DENY, ...when("StringNotEquals", "aws:SourceOrgID", "o-1") }], "unknown"],
  [
    "a denial of all other principals",
    [ALLOW, { Effect: "Deny", NotPrincipal: { Service: "events.amazonaws.com" }, Action: "*", Resource: "*" }],
    "yes",
  ],
  [
    "all actions but this one",
    [{ Effect: "Allow", Principal: "*", NotAction: "sqs:SendMessage", Resource: "*" }],
    "no",
  ],
])("%s", (_name, statements, expected) => {
  expect(allows({ Statement: statements as JsonObject[] }, request)).toBe(expected);
});

it("takes a single statement, and a policy of any form without an error", () => {
  expect(allows({ Statement: ALLOW }, request)).toBe("yes");
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (policy, Statement) => {
      expect(["yes", "no", "unknown"]).toContain(allows({ ...policy, Statement } as PolicyDocument, request));
    }),
  );
});
