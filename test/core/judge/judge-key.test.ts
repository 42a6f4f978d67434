import { describe, expect, it } from "vitest";
import { judgeKey, keyLookUpOf } from "../../../lib/core/judge/judge-key.ts";
import { formOf, isAwsManagedByName } from "../../../lib/core/judge/key-form.ts";
import { keyRulesOf } from "../../../lib/core/judge/key-rules.ts";
import { type Answer, type Answers, lookUpId } from "../../../lib/core/model/look-up.ts";
import { say } from "../../../lib/wording/reasons/say.ts";
import { ACCOUNT, KEY, policyOf, REGION } from "../../support/build.ts";

const caller = { account: ACCOUNT, region: REGION };
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const MRK = "mrk-1234abcd12ab34cd56ef1234567890ab";
const ALIAS_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:alias/ml`;
const OTHER = `arn:aws:kms:${REGION}:444455556666:key/${ID}`;
const known = (manager: "AWS" | "CUSTOMER", arn = KEY): Answer => ({ is: "key", arn, manager, state: "Enabled" });
const unknown: Answer = {
  is: "unknown",
  reason: { code: "aws-denied", error: "AccessDeniedException", message: "" },
};

describe("key forms", () => {
  it.each([
    [ID, "key-id"],
    [MRK, "key-id"],
    [KEY, "key-arn"],
    [`arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/${MRK}`, "key-arn"],
    ["alias/ml/prod_1", "alias"],
    ["alias/aws/s3", "alias"],
    [ALIAS_ARN, "alias-arn"],
    ["arn:aws:s3:::bucket", "unrecognised"],
    [`arn:aws:kms:${REGION}:1:key/${ID}`, "unrecognised"],
    ["alias/", "unrecognised"],
    ["two words", "unrecognised"],
    ["", "unrecognised"],
  ])("%s has the form %s", (key, form) => expect(formOf(key)).toBe(form));

  it.each([
    ["alias/aws/s3", true],
    [`arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/sagemaker`, true],
    ["alias/awsome", false],
    ["alias/ml/alias/aws/s3", false],
    [ALIAS_ARN, false],
    [KEY, false],
  ])("%s is AWS managed by its name: %s", (key, is) => expect(isAwsManagedByName(key)).toBe(is));
});

type Row = [what: string, keys: object, key: string, answer: Answer | undefined, is: string, asks?: boolean];
const rows: Row[] = [
  ["any", {}, KEY, undefined, "accepted"],
  ["any, AWS managed by name", {}, "alias/aws/s3", undefined, "accepted"],
  ["any, no key at all", {}, "two words", undefined, "undetermined"],
  ["any, denied by ARN", { deny: [KEY] }, KEY, undefined, "rejected"],
  ["any, denied by ARN, given by id", { deny: [KEY] }, ID, undefined, "rejected"],
  ["any, denied by id, given by ARN", { deny: [ID] }, KEY, undefined, "rejected"],
  ["any, denied by account", { deny: ["444455556666"] }, OTHER, undefined, "rejected"],
  ["any, own account denied, bare alias", { deny: [ACCOUNT] }, "alias/ml", undefined, "rejected"],
  ["any, an alias may resolve to a denied key", { deny: [KEY] }, "alias/ml", undefined, "undetermined", true],
  ["any, the alias resolved to the denied key", { deny: [KEY] }, "alias/ml", known("CUSTOMER"), "rejected"],
  ["any, the alias resolved to another", { deny: [OTHER] }, "alias/ml", known("CUSTOMER"), "accepted"],
  ["any, the alias could not be resolved", { deny: [KEY] }, "alias/ml", unknown, "undetermined"],
  ["customer-managed, not looked up", { accept: "customer-managed" }, KEY, undefined, "undetermined", true],
  ["customer-managed, looked up", { accept: "customer-managed" }, KEY, known("CUSTOMER"), "accepted"],
  ["customer-managed, AWS managed", { accept: "customer-managed" }, KEY, known("AWS"), "rejected"],
  ["customer-managed, by its name", { accept: "customer-managed" }, "alias/aws/s3", undefined, "rejected"],
  ["customer-managed, denied to look", { accept: "customer-managed" }, OTHER, unknown, "undetermined"],
  ["customer-managed, allowed by ARN", { accept: "customer-managed", allow: [KEY] }, KEY, undefined, "accepted"],
  [
    "customer-managed, allowed by wildcard",
    { accept: "customer-managed", allow: ["alias/ml*"] },
    "alias/ml-1",
    undefined,
    "accepted",
  ],
  [
    "customer-managed, allowed by alias, given as its ARN",
    { accept: "customer-managed", allow: ["alias/ml"] },
    ALIAS_ARN,
    undefined,
    "accepted",
  ],
  [
    "an alias of another account is another alias",
    { accept: "customer-managed", allow: ["alias/ml"] },
    ALIAS_ARN.replace(ACCOUNT, "444455556666"),
    undefined,
    "undetermined",
    true,
  ],
  [
    "customer-managed, an AWS alias may be allowed",
    { accept: "customer-managed", allow: ["alias/aws/s3"] },
    "alias/aws/s3",
    undefined,
    "accepted",
  ],
  ["deny goes before allow", { allow: [ACCOUNT], deny: [KEY] }, KEY, undefined, "rejected"],
  ["listed, on the list", { accept: "listed", allow: [KEY] }, KEY, undefined, "accepted"],
  ["listed, resolved onto the list", { accept: "listed", allow: [KEY] }, "alias/ml", known("CUSTOMER"), "accepted"],
  [
    "listed, on the list, while an alias of it may be denied",
    { accept: "listed", allow: [KEY], deny: ["alias/old"] },
    KEY,
    undefined,
    "undetermined",
    true,
  ],
  [
    "listed, on the list, and its aliases cannot be looked up",
    { accept: "listed", allow: [KEY], deny: ["alias/old"] },
    KEY,
    unknown,
    "undetermined",
  ],
  [
    "listed, on the list, and no alias of it is denied",
    { accept: "listed", allow: [KEY], deny: ["alias/old"] },
    KEY,
    known("CUSTOMER"),
    "accepted",
  ],
  [
    "another account's, on the list, while an alias of it may be denied",
    { accept: "customer-managed", allow: [OTHER], deny: ["alias/old"], "other-accounts": "reject" },
    OTHER,
    undefined,
    "undetermined",
    true,
  ],
  ["listed, not on it", { accept: "listed", allow: [OTHER] }, KEY, known("CUSTOMER"), "rejected"],
];

/** The same answer to every look-up of the key, whatever other facts it asks for. */
function answersFor(key: string, keys: object, answer: Answer | undefined): Answers {
  if (answer === undefined) return new Map();
  const lookUp = keyLookUpOf(key, caller, keyRulesOf(policyOf({ keys }).keys));
  return new Map([[lookUpId(lookUp), answer]]);
}

describe("judgeKey", () => {
  it.each(rows)("gives the right verdict: %s", (_what, keys, key, answer, is, asks = false) => {
    const verdict = judgeKey(key, caller, keyRulesOf(policyOf({ keys }).keys), answersFor(key, keys, answer));
    expect({ is: verdict.is, asks: verdict.lookUp !== undefined }).toEqual({ is, asks });
    expect(say(verdict.reason)).not.toBe("");
  });

  it("looks up the identifier as given, and never a key that is AWS managed by its name", () => {
    const rules = keyRulesOf(policyOf({ keys: { accept: "customer-managed" } }).keys);
    expect(judgeKey(OTHER, caller, rules, new Map()).lookUp).toEqual({
      ask: "key",
      key: OTHER,
      and: [],
      ...caller,
    });
    expect(
      judgeKey("alias/aws/s3", caller, keyRulesOf(policyOf({ keys: { accept: "any", deny: [KEY] } }).keys), new Map())
        .lookUp,
    ).toBeUndefined();
  });
});
