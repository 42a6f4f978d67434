import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { callPattern, notebookPattern, profilerPattern } from "../../lib/catalogue/rule.ts";
import { CANARY_DETAIL_TYPE, CANARY_SOURCE } from "../../lib/core/model/canary.ts";
import type { Decision } from "../../lib/core/model/types.ts";
import { GIVE_UP_AFTER_HOURS, PAUSES_SECONDS } from "../../lib/enforce/handle-batch.ts";
import { logLine } from "../../lib/enforce/record.ts";
import { lint, readTemplate } from "../../scripts/stack.ts";
import type { TestPackage } from "./packaged.ts";
import { PSEUDO, resolveTemplate } from "./resolve-template.ts";
import { sharedPackage } from "./shared-package.ts";

let made: TestPackage;

beforeAll(async () => {
  made = await sharedPackage();
});

const properties = (name: string) => {
  const resource = made.resolved.Resources[name];
  if (!resource) throw new Error(`the stack has no ${name}`);
  return resource.Properties;
};
const ofType = (type: string) => Object.entries(made.resolved.Resources).filter(([, { Type }]) => Type === type);
const arn = (name: string) => ({ "Fn::GetAtt": [name, "Arn"] });
const statements = (name: string) => properties(name).PolicyDocument.Statement as readonly Statement[];

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

describe("the function", () => {
  it("runs on a current runtime and architecture, under a role of its own", () => {
    expect(properties("EnforceLambdaFunction")).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "dist/enforce/index.handler",
      Role: arn("EnforceRole"),
      Environment: { Variables: { TOPIC_ARN: { Ref: "Topic" }, KEYWARD_STACK: PSEUDO.StackName } },
    });
    expect(properties("SweepLambdaFunction")).toMatchObject({
      Handler: "dist/sweep/index.handler",
      Timeout: 900,
      Role: arn("SweepRole"),
      Environment: { Variables: { KEYWARD_STACK: PSEUDO.StackName, KEYWARD_STACK_ID: PSEUDO.StackId } },
    });
    expect(ofType("AWS::IAM::Role").map(([name]) => name)).toEqual([
      "EnforceRole",
      "SweepRole",
      "DailyRole",
      "ScheduleRole",
    ]);
  });

  it("returns single messages to the queue", () => {
    expect(properties("EnforceEventSourceMappingSQSQueue")).toMatchObject({
      EventSourceArn: arn("Queue"),
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BatchSize: 10,
    });
  });

  it("keeps its logs encrypted, for a year", () => {
    expect(ofType("AWS::Logs::LogGroup").map(([, { Properties }]) => Properties)).toEqual([
      { LogGroupName: "/aws/lambda/keyward-test-enforce", RetentionInDays: 365, KmsKeyId: arn("Key") },
      { LogGroupName: "/aws/lambda/keyward-test-sweep", RetentionInDays: 365, KmsKeyId: arn("Key") },
      { LogGroupName: "/aws/lambda/keyward-test-daily", RetentionInDays: 365, KmsKeyId: arn("Key") },
    ]);
    expect(properties("EnforceLambdaFunction").FunctionName).toBe("keyward-test-enforce");
    const logs = (properties("Key").KeyPolicy.Statement as readonly Statement[]).find(({ Sid }) => Sid === "Logs");
    expect(JSON.stringify(logs?.Condition)).toContain(':log-group:/aws/lambda/keyward-test-*"');
  });

  it("is small, with each AWS client in a file that is not loaded at start", () => {
    const bytes = made.files.reduce((sum, file) => sum + file.bytes, 0);
    // The clients of one event are under 450 kB; S3's, for the ledger, is as large as all the others.
    // The policy's schema is loaded where a policy was pushed.
    expect(bytes).toBeLessThan(760_000);
    const entry = made.files.find(({ role }) => role === "entry")?.name ?? "";
    const [lazy] = [made.files.filter(({ role }) => role === "lazy").map(({ name }) => name.split("-commands")[0])];
    expect(lazy).toEqual(expect.arrayContaining(["sagemaker", "sns", "kms"]));
    // Its static imports are loaded with it: its own code and the catalogue, and of others Node's own modules.
    const atStart = loadedWith(entry, (name) => readFileSync(`${made.dir}/dist/enforce/${name}`, "utf8"));
    expect([...atStart.modules].sort()).toEqual(["node:crypto", "node:module"]);
    expect(atStart.bytes).toBeLessThan(208_000);
  });
});

/** The modules and the size of everything that a file loads with static imports. */
function loadedWith(entry: string, read: (name: string) => string) {
  const [files, modules] = [new Set([entry]), new Set<string>()];
  let bytes = 0;
  for (const file of files) {
    const source = read(file);
    bytes += source.length;
    for (const [, from = ""] of source.matchAll(/(?:from|import)"([^"]+)"/g)) {
      if (from.startsWith("./")) files.add(from.slice(2));
      else modules.add(from);
    }
  }
  return { modules, bytes };
}

describe("the path of an event", () => {
  it("starts at rules with the catalogue's patterns, each with a dead-letter queue of its own", () => {
    const rules = ofType("AWS::Events::Rule").map(([, { Properties }]) => Properties);
    const canaryPattern = {
      source: [CANARY_SOURCE],
      "detail-type": [CANARY_DETAIL_TYPE],
      detail: { stack: [PSEUDO.StackName] },
    };
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([
      ...[callPattern, profilerPattern, notebookPattern],
      canaryPattern,
    ]);
    for (const { Targets, State, ScheduleExpression } of rules) {
      expect(Targets).toEqual([{ Id: "queue", Arn: arn("Queue"), DeadLetterConfig: { Arn: arn("DeadLetters") } }]);
      expect(State).toBeUndefined();
      expect(ScheduleExpression).toBeUndefined();
    }
  });

  it("is backed up by a sweep every six hours", () => {
    expect(properties("SweepSchedule")).toMatchObject({
      ScheduleExpression: "rate(6 hours)",
      Target: { Arn: arn("SweepLambdaFunction"), RoleArn: arn("ScheduleRole") },
    });
    const [statement] = properties("ScheduleRole").Policies[0].PolicyDocument.Statement;
    const started = [arn("SweepLambdaFunction"), arn("DailyLambdaFunction")];
    expect(statement).toMatchObject({ Action: "lambda:InvokeFunction", Resource: started });
  });

  it("ends in the daily mails, each morning", () => {
    expect(properties("DailySchedule")).toMatchObject({
      ScheduleExpression: "cron(0 6 * * ? *)",
      Target: { Arn: arn("DailyLambdaFunction"), RoleArn: arn("ScheduleRole") },
    });
    // A run that waits for another one's claim to end still has time for the mails.
    expect(properties("DailyLambdaFunction")).toMatchObject({ Timeout: 900, Role: arn("DailyRole") });
    expect(properties("DailyErrorsAlarm").Dimensions).toEqual([
      { Name: "FunctionName", Value: { Ref: "DailyLambdaFunction" } },
    ]);
  });

  it("goes through an encrypted queue that keeps a message long enough, and then moves it", () => {
    const queue = properties("Queue");
    expect(queue.RedrivePolicy).toEqual({ deadLetterTargetArn: arn("DeadLetters"), maxReceiveCount: 200 });
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * properties("EnforceLambdaFunction").Timeout);
    // The function gives up after a day; the queue must keep the message longer.
    const pauses = PAUSES_SECONDS.reduce<number>((sum, pause) => sum + pause, 0);
    const last = PAUSES_SECONDS.at(-1) ?? 0;
    const receives = PAUSES_SECONDS.length + (GIVE_UP_AFTER_HOURS * 3_600 - pauses) / last;
    expect(queue.RedrivePolicy.maxReceiveCount).toBeGreaterThan(receives);
    expect(queue.MessageRetentionPeriod).toBeGreaterThan(GIVE_UP_AFTER_HOURS * 3_600);
    expect(properties("DeadLetters").MessageRetentionPeriod).toBe(14 * 24 * 3_600);
    expect(queue.MessageRetentionPeriod).toBeLessThan(properties("DeadLetters").MessageRetentionPeriod);
  });

  it.each(["Queue", "DeadLetters"])("allows only the rules to send to %s, and only with TLS", (name) => {
    expect(statements(`${name}Policy`)).toEqual([
      {
        Sid: "Rules",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn(name),
        Condition: {
          ArnEquals: { "aws:SourceArn": ["CallRule", "ProfilerRule", "NotebookRule", "CanaryRule"].map(arn) },
        },
      },
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: arn(name),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });
});

describe("the canary", () => {
  it("is also sent by a schedule if wanted, and an alarm says where none arrives", () => {
    expect(made.resolved.Resources).not.toHaveProperty("CanaryAlarm");
    const { Resources } = resolveTemplate(made.stack, { CanarySchedule: "rate(1 day)" });
    expect(Resources.CanaryRule?.Properties).toMatchObject({ ScheduleExpression: "rate(1 day)" });
    const { Period, EvaluationPeriods, ...alarm } = Resources.CanaryAlarm?.Properties ?? {};
    expect(alarm).toMatchObject({
      Namespace: "Keyward",
      MetricName: "Canary",
      Dimensions: [{ Name: "Stack", Value: PSEUDO.StackName }],
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
      AlarmActions: [{ Ref: "OperatorsTopic" }],
    });
    // CloudWatch looks back a week at most, with periods of an hour.
    expect(Period * EvaluationPeriods).toBeGreaterThan(24 * 3_600);
    expect(Period * EvaluationPeriods).toBeLessThanOrEqual(7 * 24 * 3_600);
  });

  it.each([
    ["", true],
    ["rate(1 hour)", true],
    ["rate(6 hours)", true],
    ["rate(24 hours)", true],
    ["rate(1 day)", true],
    ["rate(1 hours)", false],
    ["rate(25 hours)", false],
    ["rate(2 days)", false],
    ["rate(1 minute)", false],
    ["cron(0 0 * * ? *)", false],
    ["daily", false],
  ])("takes the schedule %j: %s", (schedule, takes) => {
    const { AllowedPattern = "" } = (made.stack.Parameters?.CanarySchedule ?? {}) as { AllowedPattern?: string };
    expect(AllowedPattern).not.toBe("");
    expect(new RegExp(AllowedPattern).test(schedule)).toBe(takes);
  });
});

describe("the key", () => {
  it("encrypts every queue and topic, but not the dead-letter queue, which needs no key policy", () => {
    const stores = [...ofType("AWS::SQS::Queue"), ...ofType("AWS::SNS::Topic")];
    expect(stores.map(([name, { Properties }]) => [name, Properties.KmsMasterKeyId])).toEqual([
      ["Queue", arn("Key")],
      ["DeadLetters", undefined],
      ["Topic", arn("Key")],
      ["OperatorsTopic", arn("Key")],
    ]);
    expect(properties("DeadLetters").SqsManagedSseEnabled).toBe(true);
  });

  it("is rotated, and gives access to no service without a condition", () => {
    const { EnableKeyRotation, KeyPolicy } = properties("Key");
    expect(EnableKeyRotation).toBe(true);
    const services = (KeyPolicy.Statement as readonly Statement[]).filter(({ Sid }) => Sid !== "Account");
    expect(services.map(({ Sid }) => Sid)).toEqual(["EventsToQueue", "AlarmsToTopic", "Logs"]);
    expect(services.filter(({ Condition }) => !Condition)).toEqual([]);
  });
});

describe("the topics", () => {
  it("accept messages of the function, and of alarms on the operators' topic, and only with TLS", () => {
    const said = (name: string) => statements(name).map(({ Effect, Principal, Action }) => [Effect, Principal, Action]);
    const [role, tlsOnly] = [
      ["Allow", { AWS: [arn("EnforceRole"), arn("SweepRole"), arn("DailyRole")] }, "sns:Publish"],
      ["Deny", "*", "sns:Publish"],
    ];
    expect(said("TopicPolicy")).toEqual([role, tlsOnly]);
    const alarms = ["Allow", { Service: "cloudwatch.amazonaws.com" }, "sns:Publish"];
    expect(said("OperatorsTopicPolicy")).toEqual([role, alarms, tlsOnly]);
  });

  it("send mails to an address if one is given", () => {
    expect(made.stack.Parameters).toMatchObject({ AlertEmail: { Default: "" } });
    expect(made.resolved.Resources.AlertSubscription).toBeUndefined();
    const { Resources } = resolveTemplate(made.stack, { AlertEmail: "ml@example.com" });
    expect(Resources.AlertSubscription?.Properties).toEqual({
      Protocol: "email",
      Endpoint: "ml@example.com",
      TopicArn: { Ref: "Topic" },
    });
  });

  it("alert operators to dead letters, errors, delays, denials, the limit and the ledger", () => {
    const alarms = ofType("AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
    const simple = alarms.filter(({ Metrics }) => Metrics === undefined);
    expect(simple.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`)).toEqual([
      "AWS/SQS ApproximateNumberOfMessagesVisible",
      "AWS/SQS ApproximateAgeOfOldestMessage",
      "AWS/Lambda Throttles",
      "AWS/Lambda Errors",
      "AWS/Lambda Errors",
      "AWS/Lambda Errors",
      "Keyward Missed",
      "Keyward Denied",
      "Keyward Limited",
      "Keyward LedgerUnavailable",
    ]);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: "OperatorsTopic" }]);
  });
});

describe("the ledger", () => {
  const bucket = () => properties("Ledger");

  it("is encrypted with the stack's key, versioned, closed to the public", () => {
    const [rule] = bucket().BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: arn("Key") });
    expect(bucket().VersioningConfiguration).toEqual({ Status: "Enabled" });
    expect(Object.values(bucket().PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  });

  it("does not let the function delete from it, and refuses access without TLS", () => {
    const denied = statements("LedgerPolicy").filter(({ Effect }) => Effect === "Deny");
    expect(denied.map(({ Principal, Action }) => [Principal, Action])).toEqual([
      ["*", "s3:*"],
      [
        { AWS: [arn("EnforceRole"), arn("SweepRole"), arn("DailyRole")] },
        expect.arrayContaining(["s3:DeleteObject", "s3:DeleteObjectVersion"]),
      ],
    ]);
  });

  it("can be locked with a parameter", () => {
    expect(made.stack.Parameters).toMatchObject({ LedgerLockDays: { Default: 0 } });
    expect(bucket()).not.toHaveProperty("ObjectLockEnabled");
    const locked = resolveTemplate(made.stack, { LedgerLockDays: "30" }).Resources.Ledger?.Properties;
    expect(locked.ObjectLockEnabled).toBe(true);
    expect(locked.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: "GOVERNANCE", Days: "30" });
  });

  it("deletes the slots of an hour after days, and never an entry", () => {
    const rules = bucket().LifecycleConfiguration.Rules as { Prefix: string }[];
    expect(rules.map(({ Prefix }) => Prefix)).toEqual([
      ...["limiter/", "parents/", "causes/", "sweeps/", "digest/", "alarms/", "canary/"],
    ]);
  });
});

describe("the dashboard", () => {
  it("shows every metric that the log line has", () => {
    const decision = {
      eventTime: "2026-11-02T09:15:00Z",
      actions: [{ do: "tag", outcome: "done" }],
      settings: [],
      verdict: "compliant",
    };
    const [{ Metrics }] = JSON.parse(logLine(decision as unknown as Decision, new Date()))._aws.CloudWatchMetrics;
    const body = properties("Dashboard").DashboardBody;
    expect(() => JSON.parse(body)).not.toThrow();
    const names = Metrics.map(({ Name }: { Name: string }) => Name).filter((name: string) => name !== "Events");
    const ofStack = (name: string) => JSON.stringify(["Keyward", name, "Stack", PSEUDO.StackName]);
    expect(names.filter((name: string) => !body.includes(ofStack(name)))).toEqual([]);
  });
});

describe("the templates", () => {
  it("have outputs that name the resources to look at", () => {
    const names = Object.keys(made.stack.Outputs ?? {});
    expect(names).toEqual(expect.arrayContaining(["TopicArn", "QueueUrl", "DeadLetterQueueUrl", "FunctionName"]));
  });

  it("need CloudFormation only: the bundle's place is a parameter, and osls is not in them", () => {
    const plain = readTemplate(made.plain);
    expect(plain.Resources.EnforceLambdaFunction?.Properties.Code).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders
      S3Bucket: { "Fn::Sub": "${CodeBucketPrefix}-${AWS::Region}" },
      S3Key: { Ref: "CodeKey" },
    });
    expect(Object.keys(plain.Parameters ?? {})).toEqual([
      ...["CodeBucketPrefix", "CodeKey", "SweepCodeKey", "DailyCodeKey"],
      ...Object.keys(made.stack.Parameters ?? {}),
    ]);
    expect(JSON.stringify(plain)).not.toMatch(/ServerlessDeployment|"Transform"/);
    const own = Object.keys(made.stack.Resources).filter((name) => !name.startsWith("ServerlessDeployment"));
    expect(Object.keys(plain.Resources)).toEqual(own);
  });

  it("pass cfn-lint", ({ skip }) => {
    const found = lint(made.template, made.plain);
    skip(found === undefined, "cfn-lint is not on the PATH");
    expect(found).toBe("");
  });
});
