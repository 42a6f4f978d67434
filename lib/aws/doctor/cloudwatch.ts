import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import type { Activity, Alarm, Fact } from "../../doctor/facts.ts";
import { allPages, ask, known, optionsIn } from "./ask.ts";

/** Alarms by their names; those that do not exist are left out. Without names CloudWatch would return all. */
export function readAlarms(region: string, names: readonly string[]): Promise<Fact<readonly Alarm[]>> {
  if (names.length === 0) return Promise.resolve(known([]));
  const client = new CloudWatchClient(optionsIn(region));
  return ask("cloudwatch:DescribeAlarms", () =>
    allPages(async (NextToken) => {
      const command = new DescribeAlarmsCommand({ AlarmNames: [...names], AlarmTypes: ["MetricAlarm"], NextToken });
      const answer = await client.send(command);
      const items = (answer.MetricAlarms ?? []).map((one) => ({
        name: one.AlarmName ?? "",
        actionsEnabled: one.ActionsEnabled ?? true,
        actions: one.AlarmActions ?? [],
        state: one.StateValue ?? "unknown",
        because: one.StateReason ?? "",
      }));
      return { items, next: answer.NextToken };
    }),
  );
}

/** The metrics' dimensions: the stack, its rules, the sweep's function, the queue. */
export interface Measured {
  readonly stack: string;
  readonly rules: readonly string[];
  readonly sweep: string;
  readonly queue: string;
}

const PERIOD_SECONDS = 300;
const DAY_MS = 86_400_000;

/** When something was last counted, from the metrics of so many days. */
export function readActivity(region: string, measured: Measured, now: Date, days: number): Promise<Fact<Activity>> {
  const client = new CloudWatchClient(optionsIn(region));
  const window = { StartTime: new Date(now.getTime() - days * DAY_MS), EndTime: now };
  return ask("cloudwatch:GetMetricData", async () => {
    const results = await allPages(async (NextToken) => {
      const command = new GetMetricDataCommand({
        ...window,
        MetricDataQueries: queriesOf(measured),
        ScanBy: "TimestampDescending",
        NextToken,
      });
      const answer = await client.send(command);
      return { items: answer.MetricDataResults ?? [], next: answer.NextToken };
    });
    const points = (id: string) =>
      results
        .filter(({ Id = "" }) => Id.replace(/\d+$/, "") === id)
        .flatMap(({ Timestamps = [], Values = [] }) => Timestamps.map((at, i) => ({ at, value: Values[i] ?? 0 })))
        .sort((a, b) => b.at.getTime() - a.at.getTime());
    const newest = (id: string) => points(id).find(({ value }) => value > 0)?.at;
    const [oldest] = points("oldest");
    // The queue's metrics come every five minutes; SQS reports nothing for a queue that is idle.
    const isFresh = oldest !== undefined && now.getTime() - oldest.at.getTime() < 4 * PERIOD_SECONDS * 1000;
    return {
      handled: newest("handled"),
      matched: newest("matched"),
      swept: newest("swept"),
      oldestSeconds: isFresh ? oldest.value : undefined,
    };
  });
}

const queriesOf = ({ stack, rules, sweep, queue }: Measured): MetricDataQuery[] => [
  query("handled", { Namespace: "Keyward", MetricName: "Events", of: ["Stack", stack], Stat: "Sum" }),
  ...rules.map((rule, i) =>
    query(`matched${i}`, {
      Namespace: "AWS/Events",
      MetricName: "TriggeredRules",
      of: ["RuleName", rule],
      Stat: "Sum",
    }),
  ),
  query("swept", { Namespace: "AWS/Lambda", MetricName: "Invocations", of: ["FunctionName", sweep], Stat: "Sum" }),
  query("oldest", {
    Namespace: "AWS/SQS",
    MetricName: "ApproximateAgeOfOldestMessage",
    of: ["QueueName", queue],
    Stat: "Maximum",
  }),
];

interface Wanted {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly of: readonly [name: string, value: string];
  readonly Stat: string;
}

const query = (Id: string, { Namespace, MetricName, of: [Name, Value], Stat }: Wanted): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] }, Period: PERIOD_SECONDS, Stat },
});
