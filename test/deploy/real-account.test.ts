import { readFileSync, statSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Resource } from "../../scripts/plain-template.ts";
import { readTemplate } from "../../scripts/stack.ts";
import type { TestPackage } from "./packaged.ts";
import { PSEUDO, type Resolved, resolveTemplate } from "./resolve-template.ts";
import { sharedPackage } from "./shared-package.ts";

let made: TestPackage;

beforeAll(async () => {
  made = await sharedPackage();
});

const arn = (name: string) => ({ "Fn::GetAtt": [name, "Arn"] });
const withParameters = (parameters: Readonly<Record<string, string>>) => resolveTemplate(made.stack, parameters);
const propertiesIn = ({ Resources }: Resolved, name: string) => {
  const resource = Resources[name];
  if (!resource) throw new Error(`the stack has no ${name}`);
  return resource.Properties;
};
const properties = (name: string) => propertiesIn(made.resolved, name);
const ofType = ({ Resources }: Resolved, type: string): (readonly [string, Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

function patternOf(parameter: string): RegExp {
  const { AllowedPattern = "" } = (made.stack.Parameters?.[parameter] ?? {}) as { AllowedPattern?: string };
  return new RegExp(AllowedPattern);
}

/** `aws cloudformation deploy` takes a larger template only with a bucket. */
const MOST_BYTES = 51_200;
/** For what may be added before something has to be made smaller. */
const ROOM_BYTES = 1_800;

it("the plain template is small enough for `aws cloudformation deploy`", () => {
  expect(statSync(made.plain).size).toBeLessThan(MOST_BYTES - ROOM_BYTES);
});

describe("what outlives the stack", () => {
  it("is the ledger and the key that encrypts it, but not after a failed creation", () => {
    const kept = Object.entries(made.resolved.Resources).filter(
      ([, { DeletionPolicy }]) => DeletionPolicy !== undefined,
    );
    expect(
      kept.map(([name, { DeletionPolicy, UpdateReplacePolicy }]) => [name, DeletionPolicy, UpdateReplacePolicy]),
    ).toEqual([
      ["Key", "RetainExceptOnCreate", "Retain"],
      ["Ledger", "RetainExceptOnCreate", "Retain"],
    ]);
  });

  it("has no name that a second installation under the same name would need", () => {
    expect(properties("Ledger")).not.toHaveProperty("BucketName");
    expect(properties("Ledger").BucketEncryption.ServerSideEncryptionConfiguration[0]).toMatchObject({
      ServerSideEncryptionByDefault: { KMSMasterKeyID: arn("Key") },
    });
    // The alias names the key, and is deleted with the stack.
    expect(made.stack.Resources.KeyAlias).not.toHaveProperty("DeletionPolicy");
  });
});

describe("the key's policy", () => {
  const statement = (sid: string) =>
    (properties("Key").KeyPolicy.Statement as { Sid: string; Condition: object; Action: unknown }[]).find(
      ({ Sid }) => Sid === sid,
    );
  const account = { StringEquals: { "aws:SourceAccount": PSEUDO.AccountId } };

  it("asks of EventBridge and of CloudWatch no more than the account", () => {
    expect(statement("EventsToQueue")).toMatchObject({
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Condition: account,
    });
    expect(statement("AlarmsToTopic")?.Condition).toEqual(account);
  });

  it("leaves it to the topic's policy to name the alarms", () => {
    const statements = properties("OperatorsTopicPolicy").PolicyDocument.Statement as {
      Sid: string;
      Condition: object;
    }[];
    expect(statements.find(({ Sid }) => Sid === "Alarms")?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:keyward-test-*" },
    });
  });
});

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly Dimension[];
    };
    readonly Stat: string;
  };
}
interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

describe("the alarms", () => {
  it("see each failed delivery of each rule", () => {
    const { Metrics } = properties("DeliveryAlarm") as { Metrics: readonly MetricQuery[] };
    const metrics = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat] : []));
    expect(new Set(metrics.map(({ Stat, Metric }) => `${Stat} ${Metric.Namespace}`))).toEqual(
      new Set(["Sum AWS/Events"]),
    );
    const watched = metrics.map(({ Metric }) => [Metric.MetricName, Metric.Dimensions]);
    const rules = ofType(made.resolved, "AWS::Events::Rule").map(([name]) => name);
    const wanted = rules.flatMap((rule) =>
      ["FailedInvocations", "InvocationsFailedToBeSentToDlq"].map((name) => [
        name,
        [{ Name: "RuleName", Value: { Ref: rule } }],
      ]),
    );
    expect(watched).toEqual(wanted);
    expect(Metrics[0]?.Expression).toBe("SUM(METRICS())");
    expect(new Set(Metrics.map(({ Id }) => Id)).size).toBe(Metrics.length);
  });

  it("see events that wait for half an hour", () => {
    expect(properties("AgeAlarm")).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 1_800 });
  });

  it("see a mapping that is off or failing: messages wait and are not received, or are received and throttled", () => {
    const { Metrics, EvaluationPeriods } = properties("MappingAlarm");
    const queue = [{ Name: "QueueName", Value: { "Fn::GetAtt": ["Queue", "QueueName"] } }];
    expect(Metrics).toMatchObject([
      { Expression: "IF(waiting > 0 AND FILL(received, 0) == 0, 1, 0)" },
      {
        Id: "waiting",
        MetricStat: { Metric: { MetricName: "ApproximateNumberOfMessagesVisible", Dimensions: queue } },
      },
      { Id: "received", MetricStat: { Metric: { MetricName: "NumberOfMessagesReceived", Dimensions: queue } } },
    ]);
    // A deferred message is visible for a moment only.
    expect(EvaluationPeriods).toBe(3);
    expect(properties("ThrottlesAlarm")).toMatchObject({
      MetricName: "Throttles",
      Dimensions: [{ Name: "FunctionName", Value: { Ref: "EnforceLambdaFunction" } }],
    });
  });

  it("see only the metrics of their own stack", () => {
    const own = ofType(made.resolved, "AWS::CloudWatch::Alarm").filter(
      ([, one]) => one.Properties.Namespace === "Keyward",
    );
    expect(own.length).toBeGreaterThan(3);
    for (const [, { Properties }] of own)
      expect(Properties.Dimensions).toEqual([{ Name: "Stack", Value: PSEUDO.StackName }]);
  });

  it("report a missed resource once, not with each sweep", () => {
    const { Period, EvaluationPeriods, DatapointsToAlarm } = properties("MissedAlarm");
    // A sweep starts every six hours, and up to half an hour later.
    expect(Period * EvaluationPeriods).toBeGreaterThan(6.5 * 3_600);
    expect(DatapointsToAlarm).toBe(1);
  });

  it("have a section of docs/operating.md each, which the description names; there are no other sections", () => {
    const page = readFileSync("docs/operating.md", "utf8");
    const [, runbook = ""] = /^## Alarms\n(.*?)^## /ms.exec(page) ?? [];
    const sections = [...runbook.matchAll(/^### ([\w-]+)\n(.*?)(?=^### |(?![\s\S]))/gms)];
    // Of the template as it is: the default parameters leave some alarms out.
    const all = Object.values(made.stack.Resources).filter(({ Type }) => Type === "AWS::CloudWatch::Alarm");
    const alarms = all.map(({ Properties }) => ({
      name: String(Properties.AlarmName["Fn::Sub"][0]).replace(/^\$\{P\}-/, ""),
      description: String(Properties.AlarmDescription),
    }));
    expect(sections.map(([, name]) => name).sort()).toEqual(alarms.map(({ name }) => name).sort());
    for (const [, name, text] of sections) expect(text, name).toMatch(/\*\*Means:\*\*.*\*\*Look:\*\*.*\*\*Do:\*\*/s);
    for (const { name, description } of alarms) {
      expect(description).toMatch(new RegExp(` See docs/operating\\.md#${name}$`));
    }
  });
});

describe("the parameters", () => {
  const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const TOPIC = "arn:aws:sns:eu-central-1:111122223333:ml-users";
  const OPERATORS = "arn:aws:sns:eu-central-1:111122223333:security";

  it("have defaults, so that an installation needs none but the place of the code", () => {
    const plain = Object.entries(readTemplate(made.plain).Parameters ?? {});
    const without = plain.filter(([, parameter]) => !("Default" in parameter)).map(([name]) => name);
    expect(without).toEqual(["CodeBucketPrefix", "CodeKey", "SweepCodeKey", "DailyCodeKey"]);
  });

  it("begin with observing; the mode reaches both functions", () => {
    expect(made.stack.Parameters?.Mode).toMatchObject({
      Default: "observe",
      AllowedValues: ["observe", "enforce", "off"],
    });
    const enforcing = withParameters({ Mode: "enforce" });
    for (const name of ["EnforceLambdaFunction", "SweepLambdaFunction", "DailyLambdaFunction"]) {
      expect(properties(name).Environment.Variables.KEYWARD_MODE).toBe("observe");
      expect(propertiesIn(enforcing, name).Environment.Variables.KEYWARD_MODE).toBe("enforce");
    }
  });

  it("take the code from a bucket of each Region", () => {
    const { Resources } = resolveTemplate(readTemplate(made.plain), {
      CodeBucketPrefix: "my-artifacts",
      CodeKey: "1.zip",
      SweepCodeKey: "sweep-1.zip",
      DailyCodeKey: "daily-1.zip",
    });
    const codes = [Resources.EnforceLambdaFunction, Resources.SweepLambdaFunction, Resources.DailyLambdaFunction].map(
      (one) => one?.Properties.Code,
    );
    expect(codes).toEqual([
      { S3Bucket: "my-artifacts-eu-central-1", S3Key: "1.zip" },
      { S3Bucket: "my-artifacts-eu-central-1", S3Key: "sweep-1.zip" },
      { S3Bucket: "my-artifacts-eu-central-1", S3Key: "daily-1.zip" },
    ]);
  });

  it("give every role a boundary and a path, if wanted", () => {
    const policy = "arn:aws:iam::111122223333:policy/boundary";
    const resolved = withParameters({ PermissionsBoundary: policy, RolePath: "/keyward/", VpcSubnetIds: "subnet-1" });
    const roles = ofType(resolved, "AWS::IAM::Role");
    expect(roles.map(([, one]) => [one.Properties.PermissionsBoundary, one.Properties.Path])).toEqual(
      roles.map(() => [policy, "/keyward/"]),
    );
    const policies = ofType(resolved, "AWS::IAM::ManagedPolicy").map(([, one]) => one.Properties.Path);
    expect(policies).toEqual(["/keyward/", "/keyward/", "/keyward/", "/keyward/"]);
    for (const [, one] of ofType(made.resolved, "AWS::IAM::Role")) {
      expect(one.Properties).not.toHaveProperty("PermissionsBoundary");
      expect(one.Properties.Path).toBe("/");
    }
  });

  it("put an existing key in the place of the stack's own", () => {
    const resolved = withParameters({ ExistingKeyArn: KEY });
    expect(Object.keys(resolved.Resources)).not.toEqual(expect.arrayContaining(["Key"]));
    expect(Object.keys(resolved.Resources)).not.toEqual(expect.arrayContaining(["KeyAlias"]));
    expect(JSON.stringify(resolved)).not.toContain(JSON.stringify(arn("Key")));
    for (const name of ["Queue", "Topic", "OperatorsTopic"])
      expect(propertiesIn(resolved, name).KmsMasterKeyId).toBe(KEY);
    const { Statement } = propertiesIn(resolved, "StatePolicy").PolicyDocument;
    expect(Statement).toContainEqual(expect.objectContaining({ Sid: "QueueAndTopicKey", Resource: KEY }));
  });

  it("put existing topics in the place of the stack's own", () => {
    const resolved = withParameters({ ExistingTopicArn: TOPIC, ExistingOperatorsTopicArn: OPERATORS });
    expect(ofType(resolved, "AWS::SNS::Topic")).toEqual([]);
    expect(ofType(resolved, "AWS::SNS::TopicPolicy")).toEqual([]);
    expect(JSON.stringify(resolved)).not.toMatch(/"Ref":"(Operators)?Topic"/);
    for (const name of ["EnforceLambdaFunction", "SweepLambdaFunction", "DailyLambdaFunction"]) {
      expect(propertiesIn(resolved, name).Environment.Variables).toMatchObject({
        TOPIC_ARN: TOPIC,
        OPERATORS_TOPIC_ARN: OPERATORS,
      });
    }
    for (const [, one] of ofType(resolved, "AWS::CloudWatch::Alarm"))
      expect(one.Properties.AlarmActions).toEqual([OPERATORS]);
    expect(resolved.Outputs.TopicArn?.Value).toBe(TOPIC);
    const one = withParameters({ ExistingTopicArn: TOPIC });
    expect(ofType(one, "AWS::SNS::Topic").map(([name]) => name)).toEqual(["OperatorsTopic"]);
  });

  it("let the functions publish to further topics, and only then", () => {
    const publish = (resolved: Resolved) => {
      const { Statement } = propertiesIn(resolved, "StatePolicy").PolicyDocument;
      return Statement.find(({ Action }: { Action: unknown }) => Action === "sns:Publish").Resource;
    };
    const [one, other] = [TOPIC.replace(/[^:]+$/, "team-a"), TOPIC.replace(/[^:]+$/, "team-b")];
    const resolved = withParameters({ RouteTopicArns: `${one},${other}` });
    const own = [{ Ref: "Topic" }, { Ref: "OperatorsTopic" }];
    expect(publish(resolved)).toEqual([...own, one, other]);
    expect(publish(made.resolved)).toEqual([...own, { Ref: "Topic" }]);
    for (const name of ["EnforceLambdaFunction", "SweepLambdaFunction", "DailyLambdaFunction"])
      expect(propertiesIn(resolved, name).Environment.Variables.ROUTE_TOPIC_ARNS).toBe(`${one},${other}`);
    const takes = patternOf("RouteTopicArns");
    expect(["", one, `${one},${other}`, `${one},`, "team-a"].map((value) => takes.test(value))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("put an existing bucket in the place of the ledger's own, and leave its policy alone", () => {
    const resolved = withParameters({ ExistingLedgerBucket: "audit" });
    expect(
      [...ofType(resolved, "AWS::S3::Bucket"), ...ofType(resolved, "AWS::S3::BucketPolicy")].map(([name]) => name),
    ).toEqual(["ServerlessDeploymentBucket", "ServerlessDeploymentBucketPolicy"]);
    expect(propertiesIn(resolved, "EnforceLambdaFunction").Environment.Variables.LEDGER_BUCKET).toBe("audit");
    const { Statement } = propertiesIn(resolved, "StatePolicy").PolicyDocument;
    expect(Statement).toContainEqual(expect.objectContaining({ Sid: "KeepLedger", Resource: "arn:aws:s3:::audit/*" }));
    expect(JSON.stringify(resolved)).not.toMatch(/"Ledger"|\$\{Ledger/);
  });

  it("put the functions into subnets, and only then allow network interfaces", () => {
    const resolved = withParameters({ VpcSubnetIds: "subnet-1,subnet-2", VpcSecurityGroupIds: "sg-1" });
    for (const name of ["EnforceLambdaFunction", "SweepLambdaFunction", "DailyLambdaFunction"]) {
      const VpcConfig = { SubnetIds: ["subnet-1", "subnet-2"], SecurityGroupIds: ["sg-1"] };
      expect(propertiesIn(resolved, name).VpcConfig).toEqual(VpcConfig);
      expect(properties(name)).not.toHaveProperty("VpcConfig");
    }
    for (const role of ["EnforceRole", "SweepRole"]) {
      expect(propertiesIn(resolved, role).ManagedPolicyArns).toContainEqual({ Ref: "VpcPolicy" });
      expect(properties(role).ManagedPolicyArns).toHaveLength(3);
    }
    expect(JSON.stringify(made.resolved)).not.toContain("ec2:");
  });

  it("set how long logs are kept, and how many functions may run", () => {
    const resolved = withParameters({ LogRetentionDays: "90", ReservedConcurrency: "5" });
    expect(ofType(resolved, "AWS::Logs::LogGroup").map(([, one]) => one.Properties.RetentionInDays)).toEqual([
      "90",
      "90",
      "90",
    ]);
    expect(propertiesIn(resolved, "EnforceLambdaFunction").ReservedConcurrentExecutions).toBe("5");
    expect(properties("EnforceLambdaFunction")).not.toHaveProperty("ReservedConcurrentExecutions");
    const { ScalingConfig } = properties("EnforceEventSourceMappingSQSQueue");
    // Less than the mapping's own limit would throttle it.
    const allowed = ["", "0", "1", "2", "9", "10", "1000"].filter((value) =>
      patternOf("ReservedConcurrency").test(value),
    );
    expect(allowed).toEqual(["", "2", "9", "10", "1000"]);
    expect(ScalingConfig.MaximumConcurrency).toBe(2);
  });

  it("change the first part of every name", () => {
    const named = JSON.stringify(withParameters({ NamePrefix: "corp-kms" }));
    for (const name of [
      ...["corp-kms-enforce", "corp-kms-sweep", "/aws/lambda/corp-kms-enforce", "/aws/lambda/corp-kms-sweep"],
      ...["alias/corp-kms", "corp-kms-dead-letters", "corp-kms-eu-central-1"],
    ])
      expect(named).toContain(`"${name}"`);
    // The policies that name log groups and alarms go with them.
    expect(named).toContain(":alarm:corp-kms-*");
    expect(named).toContain(":log-group:/aws/lambda/corp-kms-*");
    // What is left of the stack's name is the metrics' dimension and the key's description.
    const left = named.replaceAll(JSON.stringify({ Name: "Stack", Value: PSEUDO.StackName }), "");
    expect(left.match(/keyward-test-|alias\/keyward-test/g)).toBeNull();
  });

  it.each([
    ["ExistingKeyArn", KEY, "arn:aws:kms:eu-central-1:1111:key/a"],
    ["ExistingTopicArn", TOPIC, "arn:aws:sns:eu-central-1:11112222333:t"],
    ["PermissionsBoundary", "arn:aws:iam::111122223333:policy/p", "arn:aws:iam::1111222233334:policy/p"],
  ])("%s takes an ARN whose account has twelve digits", (name, good, bad) => {
    const takes = patternOf(name);
    expect([takes.test(good), takes.test(""), takes.test(bad)]).toEqual([true, true, false]);
  });

  it("can all be set with osls", () => {
    const { custom } = JSON.parse(made.state).service;
    expect(Object.keys(custom.parameters)).toEqual(Object.keys(made.stack.Parameters ?? {}));
  });
});
