import type { JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import type { LocalRole } from "./iam.ts";
import { AwsFault, type Service } from "./wire.ts";

/** The state of the services that only a deployed stack needs. Each is read only. */
export interface Installed {
  readonly trails: LocalTrail[];
  /** By their names. */
  readonly rules: Map<string, { readonly state: string; readonly targets: readonly string[] }>;
  readonly schedules: Map<string, { readonly state: string; readonly target: string }>;
  readonly functions: Map<string, LocalFunction>;
  /** By their UUIDs. */
  readonly mappings: Map<string, { readonly state: string; readonly lastResult?: string }>;
  readonly alarms: Map<string, LocalAlarm>;
  readonly metrics: LocalMetric[];
  /** By their ARNs. */
  readonly roles: Map<string, LocalRole>;
}

export interface LocalTrail {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly logging: boolean;
  /** As in the answer of GetEventSelectors. */
  readonly selectors: JsonObject;
}

export interface LocalFunction {
  readonly state: string;
  readonly lastUpdate: string;
  readonly reserved?: number;
}

export interface LocalAlarm {
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
  readonly state: string;
}

/** One data point. */
export interface LocalMetric {
  readonly name: string;
  readonly dimension: string;
  readonly at: Date;
  readonly value: number;
}

export const createInstalled = (): Installed => ({
  trails: [],
  rules: new Map(),
  schedules: new Map(),
  functions: new Map(),
  mappings: new Map(),
  alarms: new Map(),
  metrics: [],
  roles: new Map(),
});

/** The services by the names in a request's signature or target. */
export const installedServices = (installed: Installed) =>
  ({
    cloudtrail: (request) => ({ json: cloudTrail(installed, request.operation, request.input) }),
    events: (request) => ({ json: events(installed, request.operation, request.input) }),
    scheduler: ({ input }) => {
      const { state, target } = found(installed.schedules, text(input, "Name"));
      return { json: { Name: input.Name, State: state, Target: { Arn: target } } };
    },
    lambda: (request) => ({ json: lambda(installed, request.operation, request.input) }),
    monitoring: (request) => ({ json: cloudWatch(installed, request.operation, request.input) }),
  }) satisfies Readonly<Record<string, Service>>;

function cloudTrail({ trails }: Installed, operation: string, input: JsonObject): object {
  if (operation === "DescribeTrails") {
    return { trailList: trails.map(({ name, arn, region }) => ({ Name: name, TrailARN: arn, HomeRegion: region })) };
  }
  const named = text(input, "Name") ?? text(input, "TrailName");
  const trail = trails.find(({ arn }) => arn === named);
  if (!trail) throw new AwsFault("TrailNotFoundException", `Unknown trail: ${named}`);
  return operation === "GetTrailStatus" ? { IsLogging: trail.logging } : trail.selectors;
}

function events({ rules }: Installed, operation: string, input: JsonObject): object {
  const name = text(input, operation === "DescribeRule" ? "Name" : "Rule");
  const { state, targets } = found(rules, name);
  return operation === "DescribeRule"
    ? { Name: name, State: state }
    : { Targets: targets.map((Arn, i) => ({ Id: String(i), Arn })) };
}

function lambda({ functions, mappings }: Installed, operation: string, { Name }: JsonObject): object {
  if (operation === "GetEventSourceMapping") {
    const { state, lastResult } = found(mappings, String(Name));
    return { UUID: Name, State: state, LastProcessingResult: lastResult };
  }
  const { state, lastUpdate, reserved } = found(functions, String(Name));
  return operation === "GetFunctionConcurrency"
    ? { ReservedConcurrentExecutions: reserved }
    : { FunctionName: Name, State: state, LastUpdateStatus: lastUpdate };
}

function cloudWatch({ alarms, metrics }: Installed, operation: string, input: JsonObject): object {
  if (operation === "DescribeAlarms") {
    const MetricAlarms = listOf(input.AlarmNames).flatMap((name) => {
      const alarm = alarms.get(String(name));
      if (!alarm) return [];
      const { actionsEnabled, actions, state } = alarm;
      const StateReason = "Threshold Crossed";
      return [
        { AlarmName: name, ActionsEnabled: actionsEnabled, AlarmActions: actions, StateValue: state, StateReason },
      ];
    });
    return { MetricAlarms };
  }
  const MetricDataResults = listOf(input.MetricDataQueries).map((query) => {
    const { Id, MetricStat } = query as { Id: string; MetricStat: MetricStat };
    const { MetricName, Dimensions } = MetricStat.Metric;
    const points = metrics
      .filter(({ name, dimension }) => name === MetricName && dimension === Dimensions[0]?.Value)
      .sort((a, b) => b.at.getTime() - a.at.getTime());
    return { Id, Timestamps: points.map(({ at }) => at.getTime() / 1000), Values: points.map(({ value }) => value) };
  });
  return { MetricDataResults };
}

interface MetricStat {
  readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : isObject(value) ? [value] : []);

function found<T>(all: ReadonlyMap<string, T>, name: string | undefined): T {
  const one = all.get(name ?? "");
  if (!one) throw new AwsFault("ResourceNotFoundException", `${name} does not exist.`, 404);
  return one;
}
