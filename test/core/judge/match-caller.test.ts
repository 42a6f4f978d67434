import { describe, expect, it } from "vitest";
import { matchCaller } from "../../../lib/core/judge/match-caller.ts";
import { parse } from "../../../lib/core/read/parse.ts";

const account = "111122223333";
const roleArn = (name: string, partition = "aws") => `arn:${partition}:iam::${account}:role/${name}`;
const sessionArn = (role: string, session: string, partition = "aws") =>
  `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`;

/** A role's session, as CloudTrail writes it; the ARN of the role has the role's path. */
const assumed = (role: string, session: string, path = "", partition = "aws") => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLE:${session}`,
  arn: sessionArn(role, session, partition),
  accountId: account,
  sessionContext: {
    sessionIssuer: { type: "Role", arn: roleArn(`${path}${role}`, partition), accountId: account, userName: role },
  },
});
const { sessionContext: _, ...withoutContext } = assumed("ml-approver", "ana");

const identities = {
  user: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/ana`, accountId: account, userName: "ana" },
  userInPath: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/ml/ana`, accountId: account, userName: "ana" },
  userWithMfa: {
    type: "IAMUser",
    arn: `arn:aws:iam::${account}:user/ana`,
    sessionContext: { sessionIssuer: {}, attributes: { mfaAuthenticated: "true" } },
  },
  approver: assumed("ml-approver", "ana"),
  approverInPath: assumed("ml-approver", "ana", "teams/ml/"),
  approverInChina: assumed("ml-approver", "ana", "", "aws-cn"),
  approverWithoutContext: withoutContext,
  // Everybody who may open a session of the intern's role chooses the session's name.
  intern: assumed("intern", "ml-approver"),
  internWithoutContext: { ...withoutContext, arn: sessionArn("intern", "ml-approver") },
  internById: { type: "AssumedRole", principalId: "AROAINTERN:ml-approver" },
  colonPath: assumed("ml-approver", "ana", "a:role/"),
  federated: {
    type: "FederatedUser",
    arn: `arn:aws:sts::${account}:federated-user/ml-approver`,
    sessionContext: { sessionIssuer: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/ana` } },
  },
  federatedWithoutContext: { type: "FederatedUser", arn: `arn:aws:sts::${account}:federated-user/ml-approver` },
  root: { type: "Root", arn: `arn:aws:iam::${account}:root`, accountId: account, principalId: account },
  service: { type: "AWSService", invokedBy: "sagemaker.amazonaws.com" },
  identityCenter: {
    type: "IdentityCenterUser",
    accountId: account,
    onBehalfOf: { userId: "544894e8-80c1-707f-60e3-3ba6510dfac1", identityStoreArn: "arn:aws:identitystore::1:x" },
  },
} as const;

type Row = readonly [pattern: string, who: keyof typeof identities, covers: "yes" | "no" | "unknown"];

const ROLE = "arn:aws:iam::*:role/ml-approver";
const rows: readonly Row[] = [
  // A role, by its issuer.
  [ROLE, "approver", "yes"],
  [ROLE, "intern", "no"],
  [ROLE, "user", "no"],
  ["*ml-approver*", "approver", "yes"],
  ["*ml-approver*", "intern", "no"],
  ["*ml-approver", "intern", "no"],
  ["*/ml-approver", "intern", "no"],
  ["*", "intern", "yes"],
  // A path is in the role's ARN and not in the session's.
  [ROLE, "approverInPath", "no"],
  ["arn:aws:iam::*:role/teams/ml/ml-approver", "approverInPath", "yes"],
  ["arn:aws:iam::*:role/*/ml-approver", "approverInPath", "yes"],
  ["arn:aws:iam::*:role/*ml-approver", "approverInPath", "yes"],
  ["arn:aws:sts::*:assumed-role/ml-approver/*", "approverInPath", "yes"],
  ["arn:aws:sts::*:assumed-role/teams/ml/ml-approver/*", "approverInPath", "no"],
  // `*` for the account does not match into a path with a colon.
  [ROLE, "colonPath", "no"],
  ["arn:aws:iam::*:role/a:role/ml-approver", "colonPath", "yes"],
  // The assumed-role form: separate patterns for role and session.
  ["arn:aws:sts::*:assumed-role/ml-approver/*", "approver", "yes"],
  ["arn:aws:sts::*:assumed-role/ml-approver/ana", "approver", "yes"],
  ["arn:aws:sts::*:assumed-role/ml-approver/ben", "approver", "no"],
  ["arn:aws:sts::*:assumed-role/ml-approver", "approver", "yes"],
  ["arn:aws:sts::444455556666:assumed-role/ml-approver/*", "approver", "no"],
  ["arn:aws:sts::*:assumed-role/*ml-approver*/*", "intern", "no"],
  ["arn:aws:sts::*:assumed-role/*ml-approver", "intern", "no"],
  ["arn:aws:sts::*:assumed-role/*/ml-approver", "intern", "yes"],
  ["*:assumed-role/ml-approver/*", "approver", "yes"],
  ["*assumed-role/ml-approver/*", "approver", "yes"],
  ["*/ml-approver/*", "approver", "no"],
  ["arn:aws:sts::*:*/ml-approver", "intern", "no"],
  ["arn:aws:sts::*ml-approver", "intern", "no"],
  ["arn:aws:sts::*:assumed-role/ml-approver/*", "user", "no"],
  // The record does not have the issuer: only a match that holds for every path is certain.
  [ROLE, "approverWithoutContext", "unknown"],
  ["arn:aws:iam::*:role/teams/*", "approverWithoutContext", "unknown"],
  ["arn:aws:iam::*:role/other", "approverWithoutContext", "no"],
  ["arn:aws:iam::*:user/ana", "approverWithoutContext", "no"],
  ["arn:aws-cn:iam::*:role/ml-approver", "approverWithoutContext", "no"],
  [ROLE, "internWithoutContext", "no"],
  ["*", "approverWithoutContext", "yes"],
  ["arn:aws:sts::*:assumed-role/ml-approver/*", "approverWithoutContext", "yes"],
  ["*ml-approver", "internById", "no"],
  ["AROAINTERN", "internById", "yes"],
  // Partitions.
  [ROLE, "approverInChina", "no"],
  ["arn:aws-cn:iam::*:role/ml-approver", "approverInChina", "yes"],
  ["arn:aws*:iam::*:role/ml-approver", "approverInChina", "yes"],
  ["arn:aws-cn:sts::*:assumed-role/ml-approver/*", "approverInChina", "yes"],
  ["arn:aws:sts::*:assumed-role/ml-approver/*", "approverInChina", "no"],
  // Users, with and without a session of their own.
  ["arn:aws:iam::*:user/ana", "user", "yes"],
  ["arn:aws:iam::*:user/ana", "userWithMfa", "yes"],
  ["arn:aws:iam::*:user/ana", "userInPath", "no"],
  ["arn:aws:iam::*:user/ml/ana", "userInPath", "yes"],
  ["arn:aws:iam::*:user/ben", "user", "no"],
  // A federated user counts as the user who requested the session, because that user chooses the federated name.
  ["arn:aws:iam::*:user/ana", "federated", "yes"],
  ["*ml-approver*", "federated", "no"],
  ["arn:aws:sts::*:federated-user/ml-*", "federated", "yes"],
  ["arn:aws:sts::*:assumed-role/ml-approver/*", "federated", "no"],
  ["arn:aws:iam::*:user/ana", "federatedWithoutContext", "unknown"],
  ["arn:aws:iam::444455556666:user/ana", "federatedWithoutContext", "no"],
  // Callers without a session.
  ["arn:aws:iam::*:root", "root", "yes"],
  [ROLE, "root", "no"],
  ["sagemaker.amazonaws.com", "service", "yes"],
  ["*.amazonaws.com", "service", "yes"],
  [ROLE, "service", "no"],
  ["544894e8-80c1-707f-60e3-3ba6510dfac1", "identityCenter", "yes"],
  ["arn:*", "identityCenter", "no"],
];

function callerOf(userIdentity: object) {
  const parsed = parse({
    eventID: "e",
    eventName: "CreateTrainingJob",
    eventSource: "sagemaker.amazonaws.com",
    eventTime: "2026-11-02T09:15:00Z",
    awsRegion: "us-east-1",
    recipientAccountId: account,
    userIdentity,
    requestParameters: {},
  });
  if (parsed.is !== "call") throw new Error(parsed.is);
  return parsed;
}

describe("an exemption's pattern for the caller", () => {
  it.each(rows)("%s matches the %s: %s", (pattern, who, covers) => {
    expect(matchCaller(pattern, callerOf(identities[who]))).toBe(covers);
  });

  it("is compared in time proportional to the ARN's length", () => {
    const long = "arn:aws:sts::111122223333:assumed-role/".repeat(5_000);
    expect(matchCaller(`${"*assumed-role/".repeat(50)}x`, { principal: long })).toBe("no");
  });
});
