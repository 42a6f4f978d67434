import type { JsonObject } from "../../lib/core/model/json.ts";
import { type EmbeddedAws, type EmbeddedOptions, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import type { KnownKey } from "../../lib/local/kms.ts";
import type { Template } from "../../scripts/plain-template.ts";
import { type Pseudo, type Resolved, resolveTemplate } from "../deploy/resolve-template.ts";

export const STACK = "keyward-prod";
const ACCOUNT = "111122223333";
const REGION = "us-east-1";
const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const MAPPING_ID = "a1b2c3d4-5678-90ab-cdef-111122223333";
/** The time of the tests is the real one: the command line has no other. */
const MINUTE_MS = 60_000;

const PSEUDO: Pseudo = {
  Partition: "aws",
  Region: REGION,
  AccountId: ACCOUNT,
  URLSuffix: "amazonaws.com",
  StackName: STACK,
  StackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${STACK}/00000000-0000-4000-8000-000000000000`,
};

export interface Options {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly boundary?: JsonObject;
  /** The stack's own key, where it differs. */
  readonly key?: Partial<KnownKey>;
  /** Further keys. */
  readonly keys?: readonly KnownKey[];
  readonly fault?: EmbeddedOptions["fault"];
}

/** The stack's names, and the AWS that has it. */
export interface InstalledStack {
  readonly aws: EmbeddedAws;
  /** The physical id of a resource. */
  id(logical: string): string;
  arn(logical: string): string;
}

/** An embedded AWS in which CloudFormation has deployed the template, and all is well. The test changes what it needs. */
export async function installStack(template: Template, options: Options = {}): Promise<InstalledStack> {
  const parameters: Record<string, string> = {
    Mode: "enforce",
    AlertEmail: "users@example.com",
    OperatorsEmail: "ops@example.com",
    ...options.parameters,
  };
  const resolved = resolveTemplate(template, parameters, PSEUDO);
  const names = namesOf(resolved, parameters);
  const properties = (logical: string) => names.replace(resolved.Resources[logical]?.Properties);
  const own = resolved.Resources.Key && {
    arn: names.arn("Key"),
    manager: "CUSTOMER" as const,
    policy: JSON.stringify(properties("Key").KeyPolicy),
    ...options.key,
  };
  const aws = await startEmbeddedAws({
    account: ACCOUNT,
    region: REGION,
    keys: [...(own ? [own] : []), ...(options.keys ?? [])],
    ...(options.fault && { fault: options.fault }),
  });
  const ofType = (type: string) =>
    Object.keys(resolved.Resources).filter((id) => resolved.Resources[id]?.Type === type);
  aws.stacks.set(STACK, {
    parameters: defaultsOf(template, parameters),
    outputs: Object.fromEntries(
      Object.entries(resolved.Outputs).map(([name, { Value }]) => [name, String(names.replace(Value))]),
    ),
    resources: Object.entries(resolved.Resources).map(([id, { Type }]) => ({
      id,
      type: Type,
      physicalId: names.id(id),
    })),
  });
  const { installed } = aws;
  installed.trails.push({
    name: "management-events",
    arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/management-events`,
    region: REGION,
    logging: true,
    selectors: {
      EventSelectors: [
        { ReadWriteType: "All", IncludeManagementEvents: true, ExcludeManagementEventSources: ["kms.amazonaws.com"] },
      ],
    },
  });
  for (const id of ofType("AWS::Events::Rule")) {
    const targets = properties(id).Targets.map(({ Arn }: { Arn: string }) => Arn);
    installed.rules.set(names.id(id), { state: "ENABLED", targets });
  }
  for (const id of ofType("AWS::Lambda::Function"))
    installed.functions.set(names.id(id), { state: "Active", lastUpdate: "Successful" });
  for (const id of ofType("AWS::Lambda::EventSourceMapping"))
    installed.mappings.set(names.id(id), { state: "Enabled" });
  for (const id of ofType("AWS::CloudWatch::Alarm")) {
    installed.alarms.set(names.id(id), { actionsEnabled: true, actions: properties(id).AlarmActions, state: "OK" });
  }
  for (const id of ofType("AWS::Scheduler::Schedule")) {
    installed.schedules.set(names.id(id), { state: "ENABLED", target: properties(id).Target.Arn });
  }
  for (const id of ["EnforceRole", "SweepRole", "DailyRole"])
    installed.roles.set(names.arn(id), roleOf(id, names, resolved, options));
  for (const id of ["Queue", "DeadLetters"]) {
    const policy = JSON.stringify(properties(id === "Queue" ? "QueuePolicy" : "DeadLettersPolicy").PolicyDocument);
    aws.createQueue(lastPart(names.id(id)), { attributes: { QueueArn: names.arn(id), Policy: policy } });
  }
  for (const id of ofType("AWS::SNS::Topic")) aws.sns.createTopic(names.arn(id).split(":").at(-1) ?? "");
  for (const id of ofType("AWS::SNS::Subscription")) {
    const { TopicArn, Protocol, Endpoint } = properties(id);
    aws.sns.subscriptions.set(TopicArn, [{ endpoint: Endpoint, protocol: Protocol, confirmed: true }]);
  }
  if (resolved.Resources.Ledger) {
    const key =
      properties("Ledger").BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault
        .KMSMasterKeyID;
    const days = properties("Ledger").ObjectLockConfiguration?.Rule.DefaultRetention.Days;
    aws.buckets.set(names.id("Ledger"), {
      objects: new Map(),
      encryption: { algorithm: "aws:kms", key },
      settings: { publicBlocked: true, versioned: true, ...(days && { lockDays: Number(days) }) },
    });
  }
  const measured = (name: string, dimension: string, minutes: number, value = 1) =>
    installed.metrics.push({ name, dimension, at: new Date(Date.now() - minutes * MINUTE_MS), value });
  measured("Events", STACK, 95);
  measured("TriggeredRules", names.id("CallRule"), 95);
  measured("Invocations", names.id("SweepLambdaFunction"), 200);
  measured("ApproximateAgeOfOldestMessage", lastPart(names.id("Queue")), 5, 0);
  return { aws, id: names.id, arn: names.arn };
}

/** The policies of a role, as IAM would see them. */
function roleOf(id: string, names: Names, { Resources }: Resolved, { boundary }: Options) {
  const { ManagedPolicyArns, Policies } = Resources[id]?.Properties ?? {};
  const managed = (ManagedPolicyArns as { Ref: string }[]).map(({ Ref }) => Resources[Ref]?.Properties.PolicyDocument);
  const inline = (Policies as { PolicyDocument: object }[]).map(({ PolicyDocument }) => PolicyDocument);
  const policies = [...managed, ...inline].map((document) => names.replace(document) as JsonObject);
  return { policies, ...(boundary && { boundary }) };
}

const lastPart = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

type Names = ReturnType<typeof namesOf>;

/** Physical ids and ARNs as the services give them. */
function namesOf({ Resources }: Resolved, parameters: Readonly<Record<string, string>>) {
  const made = (logical: string) => `${STACK}-${logical}-1A2B3C4D5E6F`;
  const id = (logical: string): string => {
    const { Type = "", Properties: of = {} } = Resources[logical] ?? {};
    switch (Type) {
      case "AWS::SQS::Queue":
        return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${made(logical)}`;
      case "AWS::SNS::Topic":
      case "AWS::IAM::ManagedPolicy":
        return arn(logical);
      case "AWS::KMS::Key":
      case "AWS::Lambda::EventSourceMapping":
        return Type === "AWS::KMS::Key" ? KEY_ID : MAPPING_ID;
      case "AWS::S3::Bucket":
        return `${STACK}-ledger-1a2b3c4d5e6f`;
      default:
        return of.FunctionName ?? of.AlarmName ?? of.LogGroupName ?? made(logical);
    }
  };
  const path = parameters.RolePath ?? "/";
  const arn = (logical: string): string => {
    const at = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
    const arns: Record<string, () => string> = {
      "AWS::SQS::Queue": () => at("sqs", made(logical)),
      "AWS::SNS::Topic": () => at("sns", made(logical)),
      "AWS::KMS::Key": () => at("kms", `key/${id(logical)}`),
      "AWS::Events::Rule": () => at("events", `rule/${made(logical)}`),
      "AWS::Lambda::Function": () => at("lambda", `function:${id(logical)}`),
      "AWS::Logs::LogGroup": () => at("logs", `log-group:${id(logical)}:*`),
      "AWS::IAM::Role": () => `arn:aws:iam::${ACCOUNT}:role${path}${made(logical)}`,
      "AWS::IAM::ManagedPolicy": () => `arn:aws:iam::${ACCOUNT}:policy/${made(logical)}`,
      "AWS::S3::Bucket": () => `arn:aws:s3:::${id(logical)}`,
    };
    const type = Resources[logical]?.Type ?? "";
    return arns[type]?.() ?? `${type} ${logical} has no ARN in the test`;
  };
  const attribute = (logical: string, name: string) => (name === "QueueName" ? made(logical) : arn(logical));
  const reference = (text: string): string =>
    text.replace(/\$\{(\w+)(?:\.(\w+))?\}/g, (all, logical: string, name?: string) =>
      logical in Resources ? (name === undefined ? id(logical) : attribute(logical, name)) : all,
    );
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form JSON
  const replace = (value: any): any => {
    if (typeof value === "string") return reference(value);
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== "object" || value === null) return value;
    if (typeof value.Ref === "string") return id(value.Ref);
    if (value["Fn::GetAtt"]) return attribute(value["Fn::GetAtt"][0], value["Fn::GetAtt"][1]);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replace(inner)]));
  };
  return { id, arn, replace };
}

/** All parameters with their values, as DescribeStacks returns them. */
function defaultsOf({ Parameters = {} }: Template, given: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.entries(Parameters as Record<string, { Default?: unknown }>);
  return Object.fromEntries(defaults.map(([name, { Default = "" }]) => [name, given[name] ?? String(Default)]));
}
