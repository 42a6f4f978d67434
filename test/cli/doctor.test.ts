import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { dailyNeeds, enforceNeeds, type Needed, type Own, sweepNeeds } from "../../lib/doctor/needed.ts";
import type { EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import type { TestPackage } from "../deploy/packaged.ts";
import { sharedPackage } from "../deploy/shared-package.ts";
import { keywardBeside } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";
import { type InstalledStack, installStack, type Options, STACK } from "../support/installed-stack.ts";

let made: TestPackage;
beforeAll(async () => {
  made = await sharedPackage();
});

interface Finding {
  readonly is: string;
  readonly code: string;
  readonly found: string;
  readonly todo?: string;
  readonly action?: string;
}
interface Report {
  readonly is: string;
  readonly checks: readonly { readonly check: string; readonly is: string; readonly findings: readonly Finding[] }[];
}

/** A healthy installation, and the doctor on it. */
async function installation(options: Options = {}) {
  const installed = await installStack(made.stack, options);
  const { aws } = installed;
  onTestFinished(() => aws.close());
  const env = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "embedded",
    AWS_SECRET_ACCESS_KEY: "embedded",
    AWS_REGION: "us-east-1",
  };
  const keyward = (...args: readonly string[]) => keywardBeside(args, env);
  const doctor = (...more: readonly string[]) => keyward("doctor", "--stack", STACK, ...more);
  /** The exit code, and all findings that are not good, each as `check code`. */
  const report = async () => {
    const { code, out } = await keywardHere(["doctor", "--stack", STACK, "--json"], env);
    const { checks } = JSON.parse(out) as Report;
    const findings = checks.flatMap(({ check, findings: all }) => all.map((one) => ({ check, ...one })));
    return { code, checks, bad: findings.filter(({ is }) => is !== "ok") };
  };
  return { ...installed, keyward, doctor, report };
}

describe("a healthy installation", () => {
  it("has no problem, and each check says what it found", async () => {
    const { doctor, aws } = await installation();
    const { code, out, err } = await doctor();
    expect(out).not.toMatch(/PROBLEM|warning|not known/);
    expect({ code, err }).toEqual({
      code: 0,
      err: `Stack ${STACK} in us-east-1 of account 111122223333, as arn:aws:sts::111122223333:assumed-role/operator/me\n`,
    });
    expect(out).toMatch(/\n\n13 checks ok, 0 problems\n$/);
    const operations = new Set(aws.calls.map(({ operation }) => operation));
    expect([...operations].filter((one) => !/^(Describe|List|Get|Simulate)/.test(one))).toEqual([]);
  });

  it("is the transcript in docs/doctor.md, but for times", async () => {
    const { aws, id, doctor } = await installation();
    aws.installed.rules.set(id("NotebookRule"), {
      state: "DISABLED",
      targets: [...(aws.installed.rules.get(id("CallRule"))?.targets ?? [])],
    });
    aws.sns.subscriptions.delete(aws.stacks.get(STACK)?.outputs.TopicArn ?? "");
    const page = readFileSync("docs/doctor.md", "utf8");
    const shown = /npx keyward doctor --stack keyward-prod\n\n((?: {4}.*\n|\n)+)/.exec(page)?.[1] ?? "";
    const timeless = (text: string) => text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\dZ/g, "TIME").trimEnd();
    expect(timeless(shown.replace(/^ {4}/gm, ""))).toBe(timeless((await doctor()).out));
  });

  it("may have its own key, topics and bucket", async () => {
    const parameters = {
      ExistingKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-12ab-34cd-56ef-1234567890ab",
      ExistingLedgerBucket: "our-ledger",
      RolePath: "/security/",
    };
    const key = { arn: parameters.ExistingKeyArn, manager: "CUSTOMER" as const };
    const policy = made.stack.Resources.Key?.Properties.KeyPolicy;
    const text = JSON.stringify(policy).replaceAll('{"Ref":"AWS::AccountId"}', '"111122223333"');
    const { aws, report } = await installation({ parameters, keys: [{ ...key, policy: text }] });
    aws.buckets.set("our-ledger", {
      objects: new Map(),
      encryption: { algorithm: "aws:kms", key: "alias/ours" },
      settings: { publicBlocked: true },
    });
    expect(await report()).toMatchObject({ code: 0, bad: [] });
  });
});

type Break = (installed: InstalledStack) => void;

const both =
  (one: Break, other: Break): Break =>
  (installed) => {
    one(installed);
    other(installed);
  };

const trail =
  (change: { logging?: boolean; selectors?: JsonObject }): Break =>
  ({ aws: { installed } }) => {
    const [one] = installed.trails.splice(0);
    if (one) installed.trails.push({ ...one, ...change });
  };
const advanced = (...fields: readonly JsonObject[]): JsonObject => ({
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }, ...fields] }],
});
const queueName = ({ id }: InstalledStack, logical: string) => id(logical).split("/").at(-1) ?? "";
const metric =
  (name: string, hoursAgo: number | undefined, value = 1): Break =>
  ({ aws: { installed } }) => {
    const at = installed.metrics.findIndex((one) => one.name === name);
    const [old] = installed.metrics.splice(at, 1);
    if (old && hoursAgo !== undefined)
      installed.metrics.push({ ...old, value, at: new Date(Date.now() - hoursAgo * 3_600_000) });
  };
const alarm =
  (logical: string, change: { actionsEnabled?: boolean; actions?: string[]; state?: string }): Break =>
  ({ aws: { installed }, id }) => {
    const old = installed.alarms.get(id(logical));
    if (old) installed.alarms.set(id(logical), { ...old, ...change });
  };
const bucket =
  (change: (old: NonNullable<ReturnType<InstalledStack["aws"]["buckets"]["get"]>>) => object): Break =>
  ({ aws: { buckets }, id }) => {
    const old = buckets.get(id("Ledger"));
    if (old) buckets.set(id("Ledger"), { ...old, ...change(old) });
  };
const control =
  (key: string, text: string): Break =>
  ({ aws: { buckets }, id }) =>
    void buckets.get(id("Ledger"))?.objects.set(key, { body: Buffer.from(text), etag: `"${key}"` });
const subscriptions =
  (topic: "Topic" | "OperatorsTopic", ...all: readonly [endpoint: string, confirmed: boolean][]): Break =>
  ({ aws: { sns }, arn }) =>
    void sns.subscriptions.set(
      arn(topic),
      all.map(([endpoint, confirmed]) => ({ endpoint, confirmed, protocol: "email" })),
    );
const ALLOW_ALL = { Effect: "Allow", Action: "*", Resource: "*" };
const OTHER_POLICY = JSON.stringify({
  Statement: [{ ...ALLOW_ALL, Principal: { AWS: "arn:aws:iam::111122223333:root" } }],
});

/** Each is healthy but for one change: the findings that it must have, and no other; words; what to do. */
const BROKEN: readonly (readonly [string, Break | (Options & { after?: Break }), readonly string[], RegExp, RegExp])[] =
  [
    [
      "a trail does not log",
      trail({ logging: false }),
      ["trail trail-stopped"],
      /trail management-events does not log/,
      /^aws cloudtrail start-logging --name management-events --region us-east-1$/,
    ],
    [
      "a trail logs reads only",
      trail({ selectors: { EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] } }),
      ["trail trail-without-writes"],
      /does not log write management events/,
      /get-event-selectors --trail-name management-events/,
    ],
    [
      "a trail logs data events only",
      trail({
        selectors: { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }] },
      }),
      ["trail trail-without-writes"],
      /does not log write/,
      /add write management events/,
    ],
    [
      "a trail logs reads only, in the other form",
      trail({ selectors: advanced({ Field: "readOnly", Equals: ["true"] }) }),
      ["trail trail-without-writes"],
      /does not log write/,
      /add write management events/,
    ],
    [
      "a trail leaves SageMaker out",
      trail({ selectors: advanced({ Field: "eventSource", NotEquals: ["sagemaker.amazonaws.com"] }) }),
      ["trail trail-excludes"],
      /leaves out sagemaker.amazonaws.com/,
      /get-event-selectors/,
    ],
    [
      "there is no trail",
      ({ aws }) => void aws.installed.trails.splice(0),
      ["trail no-trail"],
      /no trail logs management events in us-east-1/,
      /aws cloudtrail create-trail/,
    ],
    [
      "a rule is disabled",
      ({ aws, id }) =>
        void aws.installed.rules.set(id("CallRule"), {
          state: "DISABLED",
          targets: aws.installed.rules.get(id("CallRule"))?.targets ?? [],
        }),
      ["rules rule-disabled"],
      /rule keyward-prod-CallRule-\w+ is disabled/,
      /^aws events enable-rule --name keyward-prod-CallRule-\w+ --region us-east-1$/,
    ],
    [
      "a rule has lost its target",
      ({ aws, id }) =>
        void aws.installed.rules.set(id("NotebookRule"), {
          state: "ENABLED",
          targets: ["arn:aws:sqs:us-east-1:111122223333:other"],
        }),
      ["rules target-missing"],
      /NotebookRule-\w+ does not have the queue as a target/,
      /put-targets --rule \S+NotebookRule\S+ --targets Id=queue,Arn=arn:aws:sqs:us-east-1:111122223333:keyward-prod-Queue-\w+ --region/,
    ],
    [
      "a rule was deleted",
      ({ aws, id }) => void aws.installed.rules.delete(id("ProfilerRule")),
      ["rules gone"],
      /the rule keyward-prod-ProfilerRule-\w+ does not exist/,
      /outside CloudFormation/,
    ],
    [
      "the queue's policy was replaced",
      (one) =>
        void one.aws.createQueue(queueName(one, "Queue"), {
          attributes: { QueueArn: one.arn("Queue"), Policy: OTHER_POLICY },
        }),
      ["delivery queue-refuses"],
      /does not let keyward-prod-CallRule-\w+, keyward-prod-ProfilerRule-\w+, keyward-prod-NotebookRule-\w+, keyward-prod-CanaryRule-\w+ send/,
      /allow sqs:SendMessage to events.amazonaws.com/,
    ],
    [
      "the key is to be deleted",
      { key: { state: "PendingDeletion" } },
      ["delivery key-state"],
      /key \S+ is PendingDeletion/,
      /^aws kms cancel-key-deletion --key-id arn:\S+ --region us-east-1 && aws kms enable-key/,
    ],
    [
      "the key is disabled",
      { key: { state: "Disabled" } },
      ["delivery key-state"],
      /is Disabled/,
      /^aws kms enable-key --key-id arn:/,
    ],
    [
      "the key's policy leaves EventBridge out",
      { key: { policy: OTHER_POLICY } },
      ["delivery key-refuses"],
      /does not allow kms:Decrypt and kms:GenerateDataKey to events.amazonaws.com/,
      /put-key-policy/,
    ],
    [
      "the mapping is disabled",
      ({ aws, id }) => void aws.installed.mappings.set(id("EnforceEventSourceMappingSQSQueue"), { state: "Disabled" }),
      ["function mapping-state"],
      /event source mapping is Disabled/,
      /^aws lambda update-event-source-mapping --enabled --uuid a1b2c3d4-\S+ --region us-east-1$/,
    ],
    [
      "the mapping fails",
      ({ aws, id }) =>
        void aws.installed.mappings.set(id("EnforceEventSourceMappingSQSQueue"), {
          state: "Enabled",
          lastResult: "PROBLEM: Function call failed",
        }),
      ["function mapping-fails"],
      /cannot deliver \(PROBLEM: Function call failed\)/,
      /function's log/,
    ],
    [
      "the function may not run",
      ({ aws, id }) =>
        void aws.installed.functions.set(id("EnforceLambdaFunction"), {
          state: "Active",
          lastUpdate: "Successful",
          reserved: 0,
        }),
      ["function function-blocked"],
      /keyward-prod-enforce has a reserved concurrency of 0/,
      /^aws lambda delete-function-concurrency --function-name keyward-prod-enforce/,
    ],
    [
      "the function has failed",
      ({ aws, id }) =>
        void aws.installed.functions.set(id("SweepLambdaFunction"), { state: "Failed", lastUpdate: "Failed" }),
      ["function function-state", "function function-update"],
      /keyward-prod-sweep is Failed/,
      /deploy the stack again/,
    ],
    [
      "a subscription is not confirmed",
      subscriptions("Topic", ["users@example.com", false]),
      ["subscriptions subscription-pending"],
      /users@example.com has not confirmed/,
      /confirm it with the link .*aws sns subscribe --topic-arn arn:\S+Topic-\w+ --protocol email --notification-endpoint users@example.com --region us-east-1$/,
    ],
    [
      "the operators' subscription is gone",
      subscriptions("OperatorsTopic"),
      ["subscriptions subscription-missing"],
      /ops@example.com is not subscribed to the topic for operators/,
      /^aws sns subscribe --protocol email --topic-arn arn:\S+OperatorsTopic\S+ --notification-endpoint ops@example.com/,
    ],
    [
      "nobody hears of alarms",
      { parameters: { OperatorsEmail: "" } },
      ["subscriptions nobody-subscribed"],
      /nobody is subscribed to the topic for operators/,
      /aws sns subscribe .*ADDRESS/,
    ],
    [
      "an alarm's actions are off",
      alarm("DeadLettersAlarm", { actionsEnabled: false }),
      ["alarms alarm-actions-off"],
      /actions of alarm keyward-prod-dead-letters are off/,
      /^aws cloudwatch enable-alarm-actions --alarm-names keyward-prod-dead-letters --region us-east-1$/,
    ],
    [
      "an alarm has lost its topic",
      alarm("LedgerAlarm", { actions: [] }),
      ["alarms alarm-unwired"],
      /alarm keyward-prod-ledger does not notify arn:\S+OperatorsTopic/,
      /add that topic to its actions/,
    ],
    [
      "an alarm was deleted",
      ({ aws, id }) => void aws.installed.alarms.delete(id("AgeAlarm")),
      ["alarms alarm-gone"],
      /alarm keyward-prod-message-age does not exist/,
      /outside CloudFormation/,
    ],
    [
      "an alarm is in ALARM",
      alarm("ErrorsAlarm", { state: "ALARM" }),
      ["alarms in-alarm"],
      /keyward-prod-errors is in ALARM \(Threshold Crossed\)/,
      /describe-alarm-history --alarm-name keyward-prod-errors/,
    ],
    [
      "a boundary denies a stop",
      { boundary: { Statement: [ALLOW_ALL, { Effect: "Deny", Action: "sagemaker:StopTrainingJob", Resource: "*" }] } },
      ["permissions permission-denied", "permissions permission-denied"],
      /role keyward-prod-EnforceRole-\w+ may not sagemaker:StopTrainingJob: its permissions boundary/,
      /parameter PermissionsBoundary/,
    ],
    [
      "a boundary forgets one kind",
      {
        boundary: {
          Statement: [
            ALLOW_ALL,
            { Effect: "Deny", Action: "*", Resource: "arn:aws:sagemaker:*:*:notebook-instance/*" },
          ],
        },
      },
      ["permissions permission-denied", "permissions permission-denied"],
      /may not sagemaker:AddTags, sagemaker:DescribeNotebookInstance, sagemaker:StopNotebookInstance: its permissions boundary/,
      /PermissionsBoundary/,
    ],
    [
      "a role was cut by hand",
      ({ aws, arn }) =>
        void aws.installed.roles.set(arn("EnforceRole"), {
          policies: [{ Statement: [ALLOW_ALL, { Effect: "Deny", Action: "s3:PutObject", Resource: "*" }] }],
        }),
      ["permissions permission-denied"],
      /may not s3:PutObject: the role's own policies/,
      /restore them from the template/,
    ],
    [
      "the control object is not one",
      control("control/current.json", '{"mode":"loud"}'),
      ["mode control-unusable"],
      /control object cannot be used/,
      /aws s3 cp s3:\/\/\S+\/control\/current.json - --region us-east-1/,
    ],
    [
      "the control object is no JSON",
      control("control/current.json", "mode: off"),
      ["mode control-unusable"],
      /S3 answered without valid JSON/,
      /switch the mode or push the policy again/,
    ],
    [
      "the policy to be in force is not there",
      control("control/current.json", '{"policyVersion":"0123456789ab"}'),
      ["mode policy-unusable"],
      /policy 0123456789ab.* cannot be used: it was never pushed, or was deleted/,
      /keyward policy push FILE/,
    ],
    [
      "the ledger's bucket is another account's",
      bucket(() => ({ owner: "444455556666" })),
      ["mode not-known", "ledger ledger-not-own"],
      /does not exist in this account/,
      /ExistingLedgerBucket/,
    ],
    [
      "the ledger is under another key",
      bucket(() => ({ encryption: { algorithm: "AES256" } })),
      ["ledger ledger-key"],
      /encrypts under AES256, not under arn:aws:kms/,
      /^aws s3api put-bucket-encryption --bucket \S+ --server-side-encryption-configuration '\{"Rules":.*\}' --region us-east-1$/,
    ],
    [
      "the ledger may be public",
      bucket(() => ({ settings: { versioned: true } })),
      ["ledger ledger-public"],
      /does not block public access/,
      /put-public-access-block/,
    ],
    [
      "the ledger keeps no versions",
      bucket(() => ({ settings: { publicBlocked: true, versioned: false } })),
      ["ledger ledger-unversioned"],
      /keeps no versions/,
      /put-bucket-versioning/,
    ],
    [
      "the ledger is not locked as wanted",
      {
        parameters: { LedgerLockDays: "30" },
        after: bucket(() => ({ settings: { publicBlocked: true, versioned: true, lockDays: 7 } })),
      },
      ["ledger ledger-lock"],
      /locks its versions for 7 days, not for 30/,
      /put-object-lock-configuration/,
    ],
    [
      "the sweep's schedule is off",
      ({ aws, id }) =>
        void aws.installed.schedules.set(id("SweepSchedule"), {
          state: "DISABLED",
          target: aws.installed.schedules.get(id("SweepSchedule"))?.target ?? "",
        }),
      ["sweep schedule-state"],
      /schedule keyward-prod-SweepSchedule-\w+ is DISABLED/,
      /EventBridge Scheduler/,
    ],
    [
      "the schedule of the daily mails starts the sweep",
      ({ aws, id }) =>
        void aws.installed.schedules.set(id("DailySchedule"), {
          state: "ENABLED",
          target: aws.installed.schedules.get(id("SweepSchedule"))?.target ?? "",
        }),
      ["daily schedule-target"],
      /schedule keyward-prod-DailySchedule-\w+ starts \S+-sweep, not its own function/,
      /EventBridge Scheduler/,
    ],
    [
      "the sweep does not run",
      metric("Invocations", 20),
      ["sweep sweep-late"],
      /has not run in the last 13 hours; it ran at/,
      /ScheduleRole of stack keyward-prod/,
    ],
    [
      "dead letters wait",
      (one) =>
        void one.aws
          .createQueue(queueName(one, "DeadLetters"), { attributes: { QueueArn: one.arn("DeadLetters") } })
          .send("{}"),
      ["queues dead-letters"],
      /1 message in the dead-letter queue/,
      /aws sqs receive-message .*DeadLetters-\w+ --region us-east-1; .*aws sqs start-message-move-task --source-arn arn:\S+DeadLetters-\w+ --region/,
    ],
    [
      "the queue is slow",
      metric("ApproximateAgeOfOldestMessage", 0.1, 7200),
      ["queues queue-slow"],
      /has waited for 120 minutes/,
      /see the checks function and permissions/,
    ],
    [
      "events match and are not handled",
      metric("Events", 200),
      ["last-event not-handled"],
      /a rule matched an event at \S+, and the function has handled none since/,
      /see the checks delivery, function and queues/,
    ],
    [
      "there was no event for long",
      both(metric("Events", 250), metric("TriggeredRules", 250)),
      ["last-event silent"],
      /10 days ago/,
      /keyward canary --real/,
    ],
    [
      "there was no event yet",
      both(metric("Events", undefined), metric("TriggeredRules", undefined)),
      ["last-event no-event-yet"],
      /no event was handled in the last 14 days/,
      /keyward canary --real/,
    ],
    [
      "nobody gets the mails to users",
      { parameters: { AlertEmail: "" } },
      ["subscriptions nobody-subscribed"],
      /nobody is subscribed to the topic for users/,
      /aws sns subscribe/,
    ],
    [
      "it is switched off",
      control("control/current.json", '{"mode":"off"}'),
      ["mode switched-off"],
      /off, by the switch/,
      /^keyward mode observe --stack keyward-prod --region us-east-1 --because/,
    ],
  ];

const WARNINGS = ["silent", "no-event-yet", "switched-off"];

it("a canary after the last event is no event that was not handled", async () => {
  const installed = await installation();
  const at = new Date(Date.now() - 40 * 60_000);
  installed.aws.installed.metrics.push({ name: "TriggeredRules", dimension: installed.id("CanaryRule"), at, value: 1 });
  expect(await installed.report()).toMatchObject({ code: 0, bad: [] });
});

describe("a broken installation: what is wrong, what to do, and nothing else", () => {
  it.each(BROKEN)("%s", async (name, change, expected, words, todo) => {
    const options: Options & { after?: Break } = typeof change === "function" ? { after: change } : change;
    const installed = await installation(options);
    options.after?.(installed);
    const { code, bad } = await installed.report();
    expect(bad.map(({ check, code: one }) => `${check} ${one}`)).toEqual(expected);
    expect(
      bad.some(({ found }) => words.test(found)),
      bad.map(({ found }) => found).join("\n"),
    ).toBe(true);
    expect(
      bad.some((one) => todo.test(one.todo ?? "")),
      bad.map((one) => one.todo).join("\n"),
    ).toBe(true);
    expect(bad.every((one) => one.todo)).toBe(true);
    const isWarning = bad.every(({ code: one }) => WARNINGS.includes(one)) || name === "nobody gets the mails to users";
    expect(code).toBe(isWarning ? 0 : 1);
  });
});

type Fault = NonNullable<EmbeddedOptions["fault"]>;
const DENIED = { is: "error", name: "AccessDenied", message: "not authorized", status: 403 } as const;
/** Without these a stack is not found at all. */
const FIRST = ["GetCallerIdentity", "DescribeStacks", "ListStackResources"];

describe("what cannot be read", () => {
  it("is not known, with the action that the caller lacks; the actions are those in docs/doctor.md", async () => {
    const fault: Fault = ({ operation }) => (FIRST.includes(operation) ? undefined : DENIED);
    const parameters = { LedgerLockDays: "30" };
    const { code, checks, bad } = await (await installation({ fault, parameters })).report();
    expect(code).toBe(2);
    expect(checks.map(({ is }) => is)).toEqual(checks.map(() => "unknown"));
    expect(bad.map(({ code: one }) => one)).toEqual(bad.map(() => "not-known"));
    for (const { action, found, todo } of bad) expect([found, todo].join()).toContain(`may not ${action}`);
    const named = new Set(bad.map(({ action = "" }) => action));
    const page = readFileSync("docs/doctor.md", "utf8").split("```json\n")[1]?.split("```")[0] ?? "{}";
    const allowed: string[] = JSON.parse(page).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    // Those after a first denied call are asked only where that one is allowed.
    const later = ["cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"];
    const first = ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"];
    // Without them S3 denies s3:GetObject.
    const behind = ["kms:Decrypt", "s3:ListBucket"];
    expect([...named, ...later, ...first, ...behind].sort()).toEqual([...allowed].sort());
  });

  it("leaves the other checks as they are", async () => {
    const fault: Fault = ({ service }) => (service === "iam" ? DENIED : undefined);
    const { code, bad } = await (await installation({ fault })).report();
    expect(code).toBe(2);
    expect(bad).toMatchObject([
      { check: "permissions", code: "not-known", found: "the caller may not iam:SimulatePrincipalPolicy" },
      { check: "permissions", code: "not-known" },
      { check: "permissions", code: "not-known" },
    ]);
  });

  it("a service that does not answer is not known after some seconds", async () => {
    const fault: Fault = ({ service }) => (service === "cloudtrail" ? { is: "hang" } : undefined);
    const { code, bad } = await (await installation({ fault })).report();
    expect(code).toBe(2);
    expect(bad).toMatchObject([
      { check: "trail", found: expect.stringMatching(/^cloudtrail:DescribeTrails was not answered/) },
    ]);
  });

  it("a policy that is no JSON is not known", async () => {
    const { code, bad } = await (await installation({ key: { policy: "[object Object]" } })).report();
    expect(code).toBe(2);
    expect(bad).toMatchObject([
      { check: "delivery", found: expect.stringMatching(/^kms:GetKeyPolicy was not answered/) },
    ]);
  });

  it("a problem counts more than what is not known", async () => {
    const fault: Fault = ({ service }) => (service === "iam" ? DENIED : undefined);
    const { report, aws } = await installation({ fault });
    aws.installed.trails.splice(0);
    expect((await report()).code).toBe(1);
  });

  it.each([
    [["doctor"], /^keyward: which installation\? Give --stack NAME[^\n]*\n$/],
    [["doctor", "--stack", "nope"], /^keyward: there is no stack nope in us-east-1 of account 111122223333[^\n]*\n$/],
    [["doctor", "--stack", STACK, "--region", "moon"], /^keyward: moon is not a Region[^\n]*\n$/],
  ])("%j: one clear line", async (args, err) => {
    const { keyward } = await installation();
    expect(await keyward(...args)).toMatchObject({ code: 2, out: "", err: expect.stringMatching(err) });
  });

  it("the list of resources is denied: one clear line", async () => {
    const fault: Fault = ({ operation }) => (operation === "ListStackResources" ? DENIED : undefined);
    const { code, out, err } = await (await installation({ fault })).doctor();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(
      /\nkeyward: the resources of stack keyward-prod cannot be read \(cloudformation:ListStackResources: [^\n]*\n$/,
    );
  });
});

describe("the simulated permissions", () => {
  const own: Own = {
    place: { stack: STACK, region: "us-east-1", account: "111122223333", partition: "aws" },
    queue: "q",
    deadLetters: "d",
    topics: ["t"],
    bucket: "b",
    key: "k",
    logGroup: "l",
    inVpc: false,
  };

  it.each([
    ["EnforceRole", enforceNeeds],
    ["SweepRole", sweepNeeds],
    ["DailyRole", dailyNeeds],
  ] as const)("are those that the template gives to %s", async (role, needs) => {
    const { aws, arn } = await installation();
    const statements = aws.installed.roles
      .get(arn(role))
      ?.policies.flatMap(({ Statement }) => Statement as JsonObject[]);
    const granted = statements?.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => [Action].flat());
    const simulated = needs(own).flatMap(({ actions }: Needed) => actions);
    expect([...new Set(simulated)].sort()).toEqual([...new Set(granted)].sort());
  });
});
