import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { evaluate } from "../../lib/prevent/evaluate.ts";
import { requestOf } from "../../lib/prevent/replay-history.ts";
import { documentOf } from "../../lib/prevent/statement.ts";
import { statementsOf } from "../../lib/prevent/statements.ts";
import { exemption, KEY, policyWith, TODAY } from "./policies.ts";
import { isDenied } from "./simulate.ts";

const FOLDERS = [
  "CreateDomain",
  "CreateEndpointConfig",
  "CreateFeatureGroup",
  "CreateTrainingJob",
  "CreateUserProfile",
];
const events = FOLDERS.flatMap((folder) =>
  readdirSync(join("events", folder))
    // No call can use a key of another partition, so it does not matter that a list denies it.
    .filter((file) => !file.includes("another-partition"))
    .map((file) => JSON.parse(readFileSync(join("events", folder, file), "utf8"))),
);

const session = (name: string, issuer: string) => ({
  type: "AssumedRole",
  arn: `arn:aws:sts::111122223333:assumed-role/ds/${name}`,
  sessionContext: { sessionIssuer: { arn: issuer } },
});
/** Without federated users: `aws:PrincipalArn` has their own ARN, and does not show the user who made the session. */
const callers = [
  session("ana", "arn:aws:iam::111122223333:role/path/ds"),
  session("ben", "arn:aws:iam::111122223333:role/ds"),
  { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ana" },
  { type: "Root", arn: "arn:aws:iam::111122223333:root" },
];

const principal = fc.constantFrom(
  ...["*", "*ds", "arn:aws:iam::111122223333:role/ds", "arn:aws:iam::*:role/*", "arn:aws:iam::1111*:role/path/*"],
  ...["*assumed-role/ds/*", "arn:aws:sts::111122223333:assumed-role/ds", "*:assumed-role/*/ana", "assumed-role/ds/ana"],
  ...["arn:aws:sts::*:federated-user/an*", "arn:aws:iam::111122223333:user/*", "*111122223333*", "111122223333"],
);
const match = fc
  .record(
    {
      principal: fc.oneof(principal, fc.array(principal, { minLength: 1, maxLength: 3 })),
      kind: fc.constantFrom("training-job", "domain", "endpoint-config", "user-profile"),
      name: fc.constantFrom("churn-*", "*bare*", "Churn-Huge", "*"),
      arn: fc.constantFrom("arn:aws:sagemaker:*:111122223333:training-job/*", "*bare", "arn:aws:sagemaker:*"),
      account: fc.constantFrom("111122223333", "2*"),
      region: fc.constantFrom("us-*", "eu-west-1"),
      setting: fc.constantFrom("volume", "*KmsKeyId", "output", "sharing"),
    },
    { requiredKeys: [] },
  )
  .filter((members) => Object.keys(members).length > 0);
const keys = fc.constantFrom(
  { accept: "any" },
  { accept: "customer-managed" },
  { accept: "listed", allow: [KEY] },
  { accept: "listed", allow: ["alias/ml"] },
  { accept: "customer-managed", allow: [KEY, "444455556666"], "other-accounts": "reject" },
);

it("no call that is not condemned is denied, for any exemptions; the simulator agrees", async () => {
  let calls = 0;
  const property = fc.asyncProperty(fc.array(match, { maxLength: 3 }), keys, async (matches, accepted) => {
    const exemptions = matches.map((members, i) => ({ ...exemption(members), name: `exemption-${i}` }));
    const policy = policyWith({ keys: accepted, exemptions });
    const { statements } = statementsOf(policy, TODAY);
    for (const recorded of events) {
      const caller = callers[calls++ % callers.length];
      const record = { ...recorded, detail: { ...recorded.detail, userIdentity: caller } };
      const { event, judgement } = dryRun(record, policy, new Date(0));
      if (event.is !== "call" || judgement.verdict === "ignored") continue;
      const request = requestOf(event, judgement);
      const effect = evaluate(statements, request);
      if (judgement.verdict !== "non-compliant") expect(effect.is, recorded.detail.eventID).not.toBe("denied");
      if (effect.is === "not-known" || calls % 37 !== 0) continue;
      for (const naming of ["each", "short"] as const) {
        expect(await isDenied([documentOf(statements, naming)], request)).toBe(effect.is === "denied");
      }
    }
  });
  await fc.assert(property, { numRuns: 40, seed: 11 });
});
