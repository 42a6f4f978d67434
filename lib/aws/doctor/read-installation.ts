import type { Facts, Place, StackResource } from "../../doctor/facts.ts";
import { DAYS } from "../../doctor/judge/activity.ts";
import { dailyNeeds, enforceNeeds, type Own, sweepNeeds } from "../../doctor/needed.ts";
import { readTrails } from "./cloudtrail.ts";
import { readActivity, readAlarms } from "./cloudwatch.ts";
import { readRules, readSchedule } from "./eventbridge.ts";
import { readFunctions, readMapping } from "./functions.ts";
import { readKey } from "./key.ts";
import { readLedger } from "./ledger.ts";
import { readPermissions } from "./permissions.ts";
import { readQueue } from "./queues.ts";
import { readTopic } from "./topics.ts";

export interface Installation {
  readonly place: Place;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly StackResource[];
  readonly now: Date;
}

/** Reads all facts about an installation, but for what is in force. Independent calls run side by side. */
export async function readInstallation(installation: Installation): Promise<Omit<Facts, "control">> {
  const { place, parameters, resources, outputs, now } = installation;
  const { region, account, stack } = place;
  const names = namesIn(installation);
  const bucket = outputs.LedgerBucket ?? "";
  const read = await together({
    trails: readTrails(region),
    rules: readRules(region, names.rules),
    queue: readQueue(region, names.queue),
    deadLetters: readQueue(region, names.deadLetters),
    key: readKey(region, names.key),
    mapping: readMapping(region, names.mapping),
    functions: readFunctions(region, names.functions),
    topics: Promise.all(topicsOf(installation).map((topic) => readTopic(region, topic))),
    alarms: readAlarms(region, names.ofType("AWS::CloudWatch::Alarm")),
    activity: readActivity(
      region,
      { stack, rules: names.eventRules, sweep: names.sweep, queue: lastPart(names.queue) },
      now,
      DAYS,
    ),
    permissions: readRoles(installation, names),
    ledger: readLedger(region, bucket, account),
    schedules: together({
      sweep: readSchedule(region, names.named("SweepSchedule")),
      daily: readSchedule(region, names.named("DailySchedule")),
    }),
  });
  return { now, place, parameters, resources, ...read };
}

/** Waits for all of the members. */
async function together<T extends object>(members: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const entries = Object.entries<Promise<unknown>>(members).map(async ([name, one]) => [name, await one] as const);
  return Object.fromEntries(await Promise.all(entries)) as T;
}

/** The physical ids of the stack's resources. */
function namesIn({ place, resources, parameters }: Installation) {
  const ofType = (type: string) => resources.filter((one) => one.type === type).map(({ physicalId }) => physicalId);
  const named = (id: string) => resources.find((one) => one.id === id)?.physicalId ?? "";
  const { partition, region, account } = place;
  return {
    ofType,
    named,
    rules: ofType("AWS::Events::Rule"),
    // A canary is no event: the metric of events does not count it.
    eventRules: ofType("AWS::Events::Rule").filter((rule) => rule !== named("CanaryRule")),
    functions: ofType("AWS::Lambda::Function"),
    mapping: ofType("AWS::Lambda::EventSourceMapping")[0] ?? "",
    sweep: named("SweepLambdaFunction"),
    queue: named("Queue"),
    deadLetters: named("DeadLetters"),
    key: parameters.ExistingKeyArn || `arn:${partition}:kms:${region}:${account}:key/${named("Key")}`,
  };
}

type Names = ReturnType<typeof namesIn>;

const topicsOf = ({ outputs, parameters }: Installation) =>
  [
    { of: "users", arn: outputs.TopicArn ?? "", email: parameters.AlertEmail ?? "" },
    { of: "operators", arn: outputs.OperatorsTopicArn ?? "", email: parameters.OperatorsEmail ?? "" },
  ] as const;

function readRoles(installation: Installation, names: Names) {
  const { place, parameters, outputs } = installation;
  const { partition, region, account } = place;
  const arnOf = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const own = (logGroup: string): Own => ({
    place,
    queue: arnOf("sqs", lastPart(names.queue)),
    deadLetters: arnOf("sqs", lastPart(names.deadLetters)),
    topics: topicsOf(installation).map(({ arn }) => arn),
    bucket: outputs.LedgerBucket ?? "",
    key: names.key,
    logGroup: arnOf("logs", `log-group:${names.named(logGroup)}`),
    inVpc: Boolean(parameters.VpcSubnetIds),
  });
  const roleOf = (id: string) => ({
    role: names.named(id),
    arn: `arn:${partition}:iam::${account}:role${parameters.RolePath || "/"}${names.named(id)}`,
  });
  return Promise.all([
    readPermissions(region, { ...roleOf("EnforceRole"), needs: enforceNeeds(own("EnforceLogGroup")) }),
    readPermissions(region, { ...roleOf("SweepRole"), needs: sweepNeeds(own("SweepLogGroup")) }),
    readPermissions(region, { ...roleOf("DailyRole"), needs: dailyNeeds(own("DailyLogGroup")) }),
  ]);
}

const lastPart = (url: string): string => url.slice(url.lastIndexOf("/") + 1);
