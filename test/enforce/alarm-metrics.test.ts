import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { createLister } from "../../lib/aws/lister.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { logLine } from "../../lib/enforce/record.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import { createPace } from "../../lib/sweep/pace.ts";
import { sweep } from "../../lib/sweep/sweep.ts";
import { sweepLine } from "../../lib/sweep/sweep-line.ts";
import { ACCOUNT, KEY, policyOf, REGION } from "../support/build.ts";
import { arnOf, type EmbeddedState, embeddedState, firstDelivery, happen, portsOn } from "../support/world.ts";

/** The metrics of Keyward's own that an alarm of the stack reads. */
const alarmed = alarmsIn(readFileSync("serverless.yml", "utf8"))
  .filter(({ Namespace }) => Namespace === "Keyward")
  .map(({ MetricName }) => MetricName)
  .sort();

function alarmsIn(stack: string): readonly { Namespace: string; MetricName: string }[] {
  // CloudFormation's short tags (`!Ref`) stand in no member that is read here.
  const { resources } = parse(stack, { logLevel: "silent" });
  const all = Object.values(resources.Resources) as { Type: string; Properties: never }[];
  return all.filter(({ Type }) => Type === "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties);
}

/** The values of one log line, as CloudWatch takes them: only members that its metric definitions name. */
function valuesIn(line: string): Record<string, number> {
  const parsed = JSON.parse(line);
  const names: string[] = parsed._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name);
  return Object.fromEntries(names.filter((name) => alarmed.includes(name)).map((name) => [name, parsed[name]]));
}

const job = (name: string, key?: string): readonly [string, JsonObject, JsonObject] => [
  "CreateTrainingJob",
  {
    TrainingJobName: name,
    ResourceConfig: { InstanceType: "ml.m5.large", ...(key ? { VolumeKmsKeyId: key } : {}) },
    OutputDataConfig: { S3OutputPath: "s3://ml-data/out", ...(key ? { KmsKeyId: key } : {}) },
  },
  { TrainingJobArn: arnOf("training-job", name) },
];
const notebook: readonly [string, JsonObject, JsonObject] = [
  "CreateNotebookInstance",
  { NotebookInstanceName: "nb" },
  { NotebookInstanceArn: arnOf("notebook-instance", "nb") },
];

/** Handles calls in order; the log line of the last one. */
async function lineOf(
  world: EmbeddedState,
  ...calls: readonly (readonly [string, JsonObject, JsonObject])[]
): Promise<string> {
  let line = "";
  for (const call of calls) {
    const { decision } = await respond(happen(world.aws, ...call), world.ports, firstDelivery(world));
    line = logLine(decision, world.aws.clock.now());
  }
  return line;
}

const refuse = (...operations: readonly string[]): EmbeddedOptions => ({
  fault: ({ operation }) =>
    operations.includes(operation)
      ? { is: "error", name: "AccessDeniedException", message: "no", status: 400 }
      : undefined,
});
const withoutLedger: EmbeddedOptions = {
  fault: ({ service }) =>
    service === "s3" ? { is: "error", name: "AccessDenied", message: "no", status: 403 } : undefined,
};
const oneAnHour = policyOf({ limits: { "stops-per-hour": 1 } });

/** A sweep of so many jobs without a key, of which no event was acted on, beside one with a key. */
async function sweepLineOf(missed: number): Promise<string> {
  const { aws } = await embeddedState();
  for (let i = 0; i < missed; i++) happen(aws, ...job(`bad-${i}`));
  happen(aws, ...job("good", KEY));
  const { endpoint, credentials } = aws;
  const ports = portsOn(aws, policyOf(), { wait: async (ms) => aws.clock.advance(ms) });
  const swept = await sweep({
    ports,
    account: ACCOUNT,
    region: REGION,
    pace: createPace(ports),
    ...createLister({ endpoint, credentials, region: REGION }),
    found: () => {},
    save: async () => {},
    goOn: () => true,
  });
  return sweepLine(swept, aws.clock.now());
}

/** A scheduled test of the path arrives. */
async function canaryLineOf(options?: EmbeddedOptions): Promise<string> {
  const { aws } = await embeddedState(policyOf(), options);
  let written = "";
  const { answerCanary } = portsOn(aws, policyOf(), {
    log: (line) => {
      written = line;
    },
  });
  const id = "3f0c2a9e-7d1b-4c55-9a3e-000000000001";
  await answerCanary({ is: "schedule", id }, { sentAt: aws.clock.now(), mode: "observe" });
  return written;
}

type Case = readonly [situation: string, line: () => Promise<string>, values: Readonly<Record<string, number>>];
const quiet = { Denied: 0, Limited: 0, LedgerUnavailable: 0 };

const CASES: readonly Case[] = [
  ["a compliant job", async () => lineOf(await embeddedState(), job("t", KEY)), quiet],
  ["a job that is stopped", async () => lineOf(await embeddedState(), job("t")), quiet],
  ["a notebook whose stop waits, as it is Pending", async () => lineOf(await embeddedState(), notebook), quiet],
  ["the last stop of the hour", async () => lineOf(await embeddedState(oneAnHour), job("t")), quiet],
  [
    "the first stop beyond the hour's limit",
    async () => lineOf(await embeddedState(oneAnHour), job("t"), job("u")),
    { ...quiet, Limited: 1 },
  ],
  [
    "a stop that is denied",
    async () => lineOf(await embeddedState(policyOf(), refuse("StopTrainingJob")), job("t")),
    { ...quiet, Denied: 1 },
  ],
  [
    "a tag and a stop that are denied",
    async () => lineOf(await embeddedState(policyOf(), refuse("AddTags", "StopTrainingJob")), job("t")),
    { ...quiet, Denied: 2 },
  ],
  [
    "a ledger that cannot be written",
    async () => lineOf(await embeddedState(policyOf(), withoutLedger), job("t")),
    { ...quiet, LedgerUnavailable: 1 },
  ],
  ["a scheduled canary", () => canaryLineOf(), { Canary: 1 }],
  ["a scheduled canary that cannot be recorded", () => canaryLineOf(withoutLedger), { Canary: 0 }],
  ["a sweep that finds nothing new", () => sweepLineOf(0), { Missed: 0 }],
  ["a sweep that finds three jobs without an event", () => sweepLineOf(3), { Missed: 3 }],
];

it.each(CASES)("the metrics that alarms read, for %s", async (_, line, values) => {
  expect(valuesIn(await line())).toEqual(values);
});

it("every metric that an alarm reads has a case that raises the alarm, and one that does not", () => {
  const having = (test: (value: number) => boolean) => {
    const names = CASES.flatMap(([, , values]) => Object.keys(values).filter((name) => test(values[name] ?? 0)));
    return [...new Set(names)].sort();
  };
  expect(having((value) => value > 0)).toEqual(alarmed);
  expect(having((value) => value === 0)).toEqual(alarmed);
});
