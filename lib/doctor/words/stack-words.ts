import { say } from "../../wording/reasons/say.ts";
import { aws, REDEPLOY } from "./command.ts";
import type { Wording } from "./wording.ts";

/** How the installation is set up: subscriptions, alarms, permissions, ledger. */
export const stackWords = {
  "subscriptions-confirmed": ({ count }) => ({ found: `${plural(count, "subscription")} confirmed` }),
  "subscription-pending": ({ endpoint, protocol, topic }, at) => ({
    found: `${endpoint} has not confirmed its subscription, and gets nothing`,
    todo: `confirm it with the link in AWS's mail; to send that again: ${aws(at, "sns subscribe --topic-arn", topic, "--protocol", protocol, "--notification-endpoint", endpoint)}`,
  }),
  "subscription-missing": ({ endpoint, of, topic }, at) => ({
    found: `${endpoint} is not subscribed to the topic for ${of}`,
    todo: aws(at, "sns subscribe --protocol email --topic-arn", topic, "--notification-endpoint", endpoint),
  }),
  "nobody-subscribed": ({ of, topic }, at) => ({
    found: `nobody is subscribed to the topic for ${of}`,
    todo: aws(at, "sns subscribe --protocol email --notification-endpoint ADDRESS --topic-arn", topic),
  }),

  "alarms-wired": ({ count }) => ({ found: `${plural(count, "alarm")}, all with the operators' topic, none in ALARM` }),
  "alarm-gone": ({ alarm }) => ({ found: `alarm ${alarm} does not exist`, todo: REDEPLOY }),
  "alarm-actions-off": ({ alarm }, at) => ({
    found: `the actions of alarm ${alarm} are off: it notifies nobody`,
    todo: aws(at, "cloudwatch enable-alarm-actions --alarm-names", alarm),
  }),
  "alarm-unwired": ({ alarm, topic }) => ({
    found: `alarm ${alarm} does not notify ${topic}`,
    todo: `add that topic to its actions in the console; ${REDEPLOY}`,
  }),
  "in-alarm": ({ alarm, because }, at) => ({
    found: `${alarm} is in ALARM (${because})`,
    todo: `${aws(at, "cloudwatch describe-alarm-history --alarm-name", alarm)} says since when; its description says what to do`,
  }),

  "mode-in-force": ({ mode, by, policy }) => ({
    found: `${mode}, by ${BY[by]}; policy ${policy ?? "built in, whose own mode can only weaken it"}`,
  }),
  "switched-off": ({ by }, at) => ({
    found: `off, by ${BY[by]}: it judges and logs only`,
    todo: `keyward mode observe --stack ${at.stack} --region ${at.region} --because "…"`,
  }),
  "control-unusable": ({ bucket, reason }, at) => ({
    found: `the control object cannot be used: ${say(reason)}. The last mode and policy stay`,
    todo: `look at it (${aws(at, "s3 cp", `s3://${bucket}/control/current.json`, "-")}); remove it, and switch the mode or push the policy again`,
  }),
  "policy-unusable": ({ version, reason }, at) => ({
    found: `policy ${version}, which is to be in force, cannot be used: ${say(reason)}. The last good one stays`,
    todo: `keyward policy push FILE, or keyward policy rollback, with --stack ${at.stack} --region ${at.region} --because "…"`,
  }),

  "permissions-held": ({ roles }) => ({ found: `${plural(roles, "role")} may do all that the functions do` }),
  "permission-denied": ({ role, by, actions }) => ({
    found: `role ${role} may not ${listed(actions)}: ${DENIED_BY[by]}`,
    todo: ALLOW_IN[by],
  }),

  "ledger-fine": ({ bucket }) => ({ found: `${bucket} is encrypted, and not public` }),
  "ledger-not-own": ({ bucket }) => ({
    found: `bucket ${bucket} does not exist in this account: the functions write no ledger, and stop nothing`,
    todo: "do not create a bucket of that name before you know who has it; deploy with parameter ExistingLedgerBucket or a new stack",
  }),
  "ledger-key": ({ bucket, has, key }, at) => ({
    found: `bucket ${bucket} encrypts under ${has}, not under ${key}`,
    todo: aws(at, "s3api put-bucket-encryption --bucket", bucket, "--server-side-encryption-configuration", rule(key)),
  }),
  "ledger-public": ({ bucket }, at) => ({
    found: `bucket ${bucket} does not block public access`,
    todo: aws(at, "s3api put-public-access-block --bucket", bucket, "--public-access-block-configuration", BLOCKED),
  }),
  "ledger-unversioned": ({ bucket }, at) => ({
    found: `bucket ${bucket} keeps no versions`,
    todo: aws(at, "s3api put-bucket-versioning --versioning-configuration Status=Enabled --bucket", bucket),
  }),
  "ledger-lock": ({ bucket, days, wanted }, at) => ({
    found: `bucket ${bucket} locks its versions for ${days ?? 0} days, not for ${wanted}`,
    todo: aws(at, "s3api put-object-lock-configuration --bucket", bucket, "--object-lock-configuration", lock(wanted)),
  }),
} satisfies Partial<Wording>;

const BY = { switch: "the switch", parameter: "the stack's parameter Mode", policy: "the policy's own mode" } as const;

const DENIED_BY = {
  boundary: "its permissions boundary does not allow it",
  organization: "a policy of the organization does not allow it",
  policies: "the role's own policies do not allow it",
} as const;

const ALLOW_IN = {
  boundary: "allow these actions in the policy that is the stack's parameter PermissionsBoundary",
  organization: "ask the owners of the organization's service control policies to allow these actions to the role",
  policies: "somebody changed the role or its policies outside CloudFormation: restore them from the template",
} as const;

const BLOCKED = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";

const rule = (key: string): string =>
  JSON.stringify({
    Rules: [
      { BucketKeyEnabled: true, ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key } },
    ],
  });

const lock = (Days: number): string =>
  JSON.stringify({ ObjectLockEnabled: "Enabled", Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days } } });

const MOST_LISTED = 6;

const listed = (actions: readonly string[]): string =>
  actions.length <= MOST_LISTED
    ? actions.join(", ")
    : `${actions.slice(0, MOST_LISTED).join(", ")} and ${actions.length - MOST_LISTED} more`;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
