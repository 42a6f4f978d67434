import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Policy, parsePolicy } from "../../lib/policy/schema.ts";

const shipped = parse(readFileSync("policy.yaml", "utf8")) as Record<string, unknown>;

/** The shipped policy with other members. */
export function policyWith(members: Record<string, unknown>): Policy {
  const parsed = parsePolicy({ ...shipped, ...members });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.policy;
}

export const ACCOUNT = "111122223333";
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const OTHER = `arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555`;
export const TODAY = "2026-11-02";

export const exemption = (match: Record<string, unknown>, expires = "2027-03-31") => ({
  reason: "moves in March",
  owner: "ml-platform@example.com",
  expires,
  match,
});

const off = Object.fromEntries(["output", "sharing", "feature-store-online"].map((name) => [name, false]));

/** Policies of each sort, by name. */
export const policies: Readonly<Record<string, Policy>> = {
  shipped: policyWith({}),
  any: policyWith({ keys: { accept: "any" } }),
  listed: policyWith({ keys: { accept: "listed", allow: [`arn:aws:kms:*:${ACCOUNT}:key/1234*`, "444455556666"] } }),
  "customer managed, and an account": policyWith({
    keys: { accept: "customer-managed", allow: ["444455556666", "alias/aws/s3"], deny: ["alias/old"] },
  }),
  "bucket defaults": policyWith({ keys: { accept: "any" }, buckets: { "default-for-missing-key": true } }),
  "listed by an alias": policyWith({ keys: { accept: "listed", allow: ["alias/ml-data", KEY] } }),
  "denied keys": policyWith({
    keys: { accept: "any", deny: [KEY, "alias/old-*", "1234abcd-12ab-34cd-56ef-1234567890ab"] },
  }),
  "own account only": policyWith({ keys: { accept: "customer-managed", "other-accounts": "reject" } }),
  "in transit": policyWith({ keys: { accept: "any" }, require: { "in-transit": true } }),
  "switches off": policyWith({ require: off }),
  "local notebooks, serverless": policyWith({
    notebooks: { "on-local-storage": "not-required" },
    endpoints: { "on-serverless": "required" },
  }),
  "exempt principals": policyWith({
    exemptions: [
      exemption({
        principal: ["arn:aws:iam::111122223333:role/data-science", "arn:aws:sts::*:assumed-role/ml-pipeline/*"],
      }),
      exemption({ principal: "arn:aws:iam::111122223333:user/ml-ci", kind: ["notebook-instance", "endpoint-config"] }),
      exemption({ principal: "*sagemaker-execution" }, "2026-11-01"),
    ],
  }),
  "exempt names and tags": policyWith({
    exemptions: [
      exemption({ name: "churn-*", kind: "training-job" }),
      exemption({ region: "eu-*", account: "1111*" }),
      exemption({ tag: { key: "team", value: "research", "set-by": "*" }, setting: "volume" }),
    ],
  }),
};
