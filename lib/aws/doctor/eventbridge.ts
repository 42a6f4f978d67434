import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import type { Fact, Rule, Schedule } from "../../doctor/facts.ts";
import { ask, optionsIn } from "./ask.ts";

/** The state and the targets of rules on the default event bus. */
export function readRules(region: string, names: readonly string[]): Promise<readonly Rule[]> {
  const client = new EventBridgeClient(optionsIn(region));
  return Promise.all(
    names.map(async (name) => {
      const [state, targets] = await Promise.all([
        ask("events:DescribeRule", async () => {
          const { State = "unknown" } = await client.send(new DescribeRuleCommand({ Name: name }));
          return State;
        }),
        // A rule has five targets at most, which fit on a page (EventBridge User Guide, "Quotas").
        ask("events:ListTargetsByRule", async () => {
          const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: name }));
          return Targets.map(({ Arn = "" }) => Arn);
        }),
      ]);
      return { name, state, targets };
    }),
  );
}

/** A schedule of the default group. */
export function readSchedule(region: string, Name: string): Promise<Fact<Schedule>> {
  const client = new SchedulerClient(optionsIn(region));
  return ask("scheduler:GetSchedule", async () => {
    const { State = "unknown", Target } = await client.send(new GetScheduleCommand({ Name }));
    return { state: State, target: Target?.Arn ?? "" };
  });
}
