import { describe, expect, it } from "vitest";
import type { KnownKey } from "../../lib/local/kms.ts";
import { policyOf } from "../support/build.ts";
import { enforceJob } from "./job.ts";

const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const OWN = `arn:aws:kms:us-east-1:111122223333:key/${ID}`;
const ALIAS_ARN = "arn:aws:kms:us-east-1:111122223333:alias/ml";
const AWS_OWN = "arn:aws:kms:us-east-1:111122223333:key/0aaa0000-aaaa-4000-8000-aaaaaaaaaaaa";
const OTHER = `arn:aws:kms:us-east-1:444455556666:key/${ID}`;
const OTHER_ALIAS = "arn:aws:kms:us-east-1:444455556666:alias/ml";
const MRK = "mrk-1234abcd12ab34cd56ef1234567890ab";
const MRK_HERE = `arn:aws:kms:us-east-1:111122223333:key/${MRK}`;
const MRK_THERE = `arn:aws:kms:eu-west-1:111122223333:key/${MRK}`;

const keyed = (state = "Enabled", more: object = {}): KnownKey[] => [
  { arn: OWN, manager: "CUSTOMER" as const, state, aliases: ["alias/ml"], ...more },
  { arn: AWS_OWN, manager: "AWS" as const, aliases: ["alias/aws/s3"] },
  { arn: MRK_HERE, manager: "CUSTOMER" as const, state },
];
const seenFromAfar = [{ arn: OTHER, manager: "CUSTOMER" as const, aliases: ["alias/ml"] }];

type Row = readonly [
  what: string,
  keys: object,
  key: string,
  known: readonly KnownKey[],
  is: string,
  reason: RegExp,
  asked: readonly string[],
];
const customer = { accept: "customer-managed" };
const central = { ...customer, accounts: ["444455556666"] };
const farKey = (more: Partial<KnownKey>): KnownKey[] => [{ arn: OTHER, manager: "CUSTOMER", ...more }];
const listed = (allow: string[]) => ({ accept: "listed", allow });
const LOOK = ["DescribeKey"];
const LOOK_ALIASES = ["DescribeKey", "ListAliases"];
const NONE: string[] = [];

const rows: readonly Row[] = [
  // Forms, all of the same key.
  ["a key id", customer, ID, keyed(), "accepted", /"customer-managed"/, LOOK],
  ["a key ARN", customer, OWN, keyed(), "accepted", /"customer-managed"/, LOOK],
  ["an alias", customer, "alias/ml", keyed(), "accepted", /"customer-managed"/, LOOK],
  ["an alias ARN", customer, ALIAS_ARN, keyed(), "accepted", /"customer-managed"/, LOOK],
  ["a multi-Region key id", customer, MRK, keyed(), "accepted", /"customer-managed"/, LOOK],
  ["an AWS managed key by its ARN", customer, AWS_OWN, keyed(), "rejected", /"aws-managed","by":"DescribeKey"/, LOOK],
  ["an AWS managed alias", customer, "alias/aws/s3", keyed(), "rejected", /"aws-managed","by":"name"/, NONE],
  ["no key at all", customer, "arn:aws:s3:::bucket", keyed(), "undetermined", /"key-unrecognised"/, NONE],
  ["two words", customer, "my key", keyed(), "undetermined", /"key-unrecognised"/, NONE],
  // States.
  ["a disabled key", customer, OWN, keyed("Disabled"), "rejected", /"key-unusable","state":"Disabled"/, LOOK],
  ["one pending deletion", customer, OWN, keyed("PendingDeletion"), "rejected", /PendingDeletion/, LOOK],
  ["an unavailable key", customer, "alias/ml", keyed("Unavailable"), "rejected", /Unavailable/, LOOK],
  ["one waiting for material", customer, ID, keyed("PendingImport"), "rejected", /PendingImport/, LOOK],
  ["one whose primary Region moves", customer, ID, keyed("Updating"), "accepted", /"customer-managed"/, LOOK],
  ["one that does not exist", customer, ID, keyed("missing"), "undetermined", /NotFoundException/, LOOK],
  ["a disabled one under any", { accept: "any" }, OWN, keyed("Disabled"), "accepted", /"any-key-accepted"/, NONE],
  // Accounts.
  ["another account's, denied", customer, OTHER, [], "undetermined", /AccessDenied/, LOOK],
  [
    "another account's, seen",
    customer,
    OTHER,
    seenFromAfar,
    "undetermined",
    /"other-account","account":"444455556666"/,
    LOOK,
  ],
  [
    "accepted from others",
    { ...customer, "other-accounts": "accept" },
    OTHER,
    seenFromAfar,
    "accepted",
    /"customer-managed"/,
    LOOK,
  ],
  ["rejected from others", { ...customer, "other-accounts": "reject" }, OTHER, [], "rejected", /"other-account"/, NONE],
  [
    "the account allowed",
    { ...customer, allow: ["444455556666"] },
    OTHER,
    [],
    "accepted",
    /"key-allowed","pattern":"444455556666"/,
    NONE,
  ],
  // The organisation's own accounts.
  ["a central key, refused", central, OTHER, [], "accepted", /"organisation-key","account":"444455556666"/, LOOK],
  ["a central key by its alias, refused", central, OTHER_ALIAS, [], "accepted", /"organisation-key"/, LOOK],
  ["a central key, seen", central, OTHER, seenFromAfar, "accepted", /"customer-managed"/, LOOK],
  ["a central key, disabled", central, OTHER, farKey({ state: "Disabled" }), "rejected", /"Disabled"/, LOOK],
  ["a central key, to be deleted", central, OTHER, farKey({ state: "PendingDeletion" }), "rejected", /Deletion/, LOOK],
  ["a central key, AWS managed", central, OTHER, farKey({ manager: "AWS" }), "rejected", /"aws-managed"/, LOOK],
  ["a central key that is missing", central, OTHER, farKey({ state: "missing" }), "undetermined", /NotFound/, LOOK],
  [
    "a central key, others rejected",
    { ...central, "other-accounts": "reject" },
    OTHER,
    [],
    "accepted",
    /"organisation-key"/,
    LOOK,
  ],
  [
    "a central key on the deny list",
    { ...central, deny: ["444455556666"] },
    OTHER,
    [],
    "rejected",
    /"key-denied"/,
    NONE,
  ],
  [
    "a central key that may be denied by its alias",
    { ...central, deny: ["alias/old"] },
    OTHER,
    [],
    "undetermined",
    /AccessDenied/,
    LOOK,
  ],
  ["a central key, not listed", { ...central, accept: "listed" }, OTHER, [], "rejected", /"key-not-listed"/, NONE],
  [
    "a third account's, refused",
    { ...customer, accounts: ["999999999999"] },
    OTHER,
    [],
    "undetermined",
    /Denied/,
    LOOK,
  ],
  ["the account denied", { accept: "any", deny: ["444455556666"] }, OTHER_ALIAS, [], "rejected", /"key-denied"/, NONE],
  ["any, from another account", { accept: "any" }, OTHER, [], "accepted", /"any-key-accepted"/, NONE],
  [
    "any, others rejected",
    { accept: "any", "other-accounts": "reject" },
    OTHER,
    [],
    "rejected",
    /"other-account"/,
    NONE,
  ],
  // Allow and deny, compared after the key is resolved.
  ["listed by ARN, given by ARN", listed([OWN]), OWN, keyed(), "accepted", /"key-allowed"/, NONE],
  ["listed by ARN, given by id", listed([OWN]), ID, keyed(), "accepted", /"key-allowed"/, NONE],
  ["listed by ARN, given by alias", listed([OWN]), "alias/ml", keyed(), "accepted", /"key-allowed"/, LOOK],
  [
    "listed by alias, given by alias",
    listed(["alias/ml"]),
    "alias/ml",
    keyed(),
    "accepted",
    /"key-allowed","pattern":"alias\/ml"/,
    NONE,
  ],
  [
    "listed by alias, given by ARN",
    listed(["alias/ml"]),
    OWN,
    keyed(),
    "accepted",
    /"key-allowed","pattern":"alias\/ml"/,
    LOOK_ALIASES,
  ],
  ["listed by alias with a wildcard", listed(["alias/m*"]), ID, keyed(), "accepted", /alias\/m\*/, LOOK_ALIASES],
  ["not listed by any of its aliases", listed(["alias/x*"]), ID, keyed(), "rejected", /"key-not-listed"/, LOOK_ALIASES],
  ["not listed, nothing to look up", listed([MRK_HERE]), OWN, keyed(), "rejected", /"key-not-listed"/, NONE],
  [
    "listed by a wildcard ARN",
    listed(["arn:aws:kms:*:111122223333:key/*"]),
    OWN,
    keyed(),
    "accepted",
    /"key-allowed"/,
    NONE,
  ],
  ["a replica of a listed key", listed([MRK_HERE]), MRK_THERE, [], "accepted", /"key-allowed"/, NONE],
  [
    "another's key, listed by its alias",
    listed([OTHER_ALIAS]),
    OTHER,
    seenFromAfar,
    "undetermined",
    /"aliases-unknown"/,
    LOOK,
  ],
  [
    "denied by ARN, given by alias",
    { accept: "any", deny: [OWN] },
    "alias/ml",
    keyed(),
    "rejected",
    /"key-denied"/,
    LOOK,
  ],
  [
    "denied by alias, given by ARN",
    { accept: "any", deny: ["alias/ml"] },
    OWN,
    keyed(),
    "rejected",
    /"key-denied"/,
    LOOK_ALIASES,
  ],
  [
    "deny before allow",
    { ...customer, allow: ["111122223333"], deny: ["alias/ml"] },
    OWN,
    keyed(),
    "rejected",
    /"key-denied"/,
    LOOK_ALIASES,
  ],
  [
    "allowed, with another denied",
    { ...customer, allow: [OWN], deny: [AWS_OWN] },
    OWN,
    keyed(),
    "accepted",
    /"key-allowed"/,
    NONE,
  ],
  // Rotation.
  [
    "rotated",
    { ...customer, "require-rotation": true },
    OWN,
    keyed("Enabled", { rotates: true }),
    "accepted",
    /"customer-managed"/,
    ["DescribeKey", "GetKeyRotationStatus"],
  ],
  [
    "not rotated",
    { ...customer, "require-rotation": true },
    OWN,
    keyed(),
    "rejected",
    /"key-not-rotated"/,
    ["DescribeKey", "GetKeyRotationStatus"],
  ],
];

const VERDICT: Readonly<Record<string, string>> = {
  accepted: "compliant",
  rejected: "non-compliant",
  undetermined: "undetermined",
};

describe("a key, by form, manager, state, account and policy", () => {
  it.each(rows)("is judged: %s", async (_what, keys, key, known, is, reason, wanted) => {
    const policy = policyOf({ keys, buckets: { unkeyed: false } });
    const request = { OutputDataConfig: { S3OutputPath: "s3://ml-data-111122223333/out", KmsKeyId: key } };
    const { decision, asked, running } = await enforceJob(policy, request, { keys: known });
    expect(decision.settings[0]).toMatchObject({ path: "OutputDataConfig.KmsKeyId", is, key });
    expect(JSON.stringify(decision.settings[0]?.reason)).toMatch(reason);
    expect({ verdict: decision.verdict, asked, running }).toEqual({
      verdict: VERDICT[is],
      asked: wanted,
      running: is !== "rejected",
    });
  });
});
