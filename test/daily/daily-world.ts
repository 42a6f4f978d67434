import { awsDaily } from "../../lib/compose/aws-daily.ts";
import type { DailyPorts } from "../../lib/daily/ports.ts";
import { type DailyEnd, runDaily } from "../../lib/daily/run.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedAws, EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, BUCKET, embeddedState, firstDelivery, happen, portsOn } from "../support/world.ts";

/** The morning after the day of every event (test/support/world.ts). */
export const MORNING = new Date("2026-11-03T06:00:00Z");
export const DAY_MS = 86_400_000;

export const DAILY = policyOf({
  notify: [
    { match: { name: "churn-*" }, send: "daily", to: "team-churn" },
    { match: { account: "*" }, send: "daily" },
  ],
});

/** An embedded AWS with the events of a day, one training job without a key for each name; it is the morning after. */
export async function afterDay(names: readonly string[], policy = DAILY, options: EmbeddedOptions = {}) {
  const state = await embeddedState(policy, options);
  const { aws } = state;
  const routeTopicArns = [aws.sns.createTopic("team-churn")];
  const ports = portsOn(aws, policy, { routeTopicArns });
  for (const name of names) await respond(jobOf(aws, name), ports, firstDelivery(state));
  aws.clock.advance(MORNING.getTime() - aws.clock.now().getTime());
  return { aws, ports, state, policy, routeTopicArns };
}

export const jobOf = (aws: EmbeddedAws, name: string) =>
  happen(
    aws,
    "CreateTrainingJob",
    { TrainingJobName: name, ResourceConfig: { InstanceType: "ml.m5.large" } },
    { TrainingJobArn: arnOf("training-job", name) },
  );

type Given = Pick<Awaited<ReturnType<typeof afterDay>>, "aws" | "policy" | "routeTopicArns">;

/** The ports of one invocation of the daily function. */
export async function dailyPorts({ aws, policy, routeTopicArns }: Given): Promise<DailyPorts> {
  const { endpoint, credentials, clock } = aws;
  const ports = await awsDaily({
    policy,
    mode: "enforce",
    topicArn: aws.sns.createTopic("keyward"),
    operatorsTopicArn: aws.sns.createTopic("operators"),
    routeTopicArns,
    ledgerBucket: BUCKET,
    stack: "keyward",
    target: { endpoint, credentials, timeoutMs: 120_000 },
    now: clock.now,
    elapsed: () => clock.now().getTime(),
    wait: async (ms) => clock.advance(ms),
    log: () => {},
  });
  if (!ports || "is" in ports) throw new Error("no ports");
  return ports;
}

export const run = async (given: Given): Promise<DailyEnd> => runDaily(await dailyPorts(given));

/** The topics of all mails since, by their names, with the subjects. */
export const publishedIn = (aws: EmbeddedAws): string[] =>
  aws.sns.publications.map(
    ({ topicArn, subject }) => `${topicArn.split(":").at(-1)}: ${subject?.replace(/ \(.*/, "")}`,
  );

export const objectAt = (aws: EmbeddedAws, key: string) =>
  JSON.parse(aws.buckets.get(BUCKET)?.objects.get(key)?.body.toString() ?? "null");
