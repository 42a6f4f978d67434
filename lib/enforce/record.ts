import type { Code } from "../core/model/reason.ts";
import type { Decision, OutcomeIs } from "../core/model/types.ts";
import type { FaultAt } from "../ports/ports.ts";
import { publicDecision } from "../wording/public-decision.ts";

const NAMESPACE = "Keyward";

export type Metric = readonly [name: string, value: number, unit: "Count" | "Milliseconds"];

/**
 * One structured log line for each decision. Its metrics use CloudWatch's embedded metric format, so they need no API
 * call. The line holds the public decision and no other data of the record.
 */
export function logLine(decision: Decision, now: Date): string {
  return embedded(metricsOf(decision, now), publicDecision(decision), now);
}

/** A log line from which CloudWatch also reads metrics. */
export function embedded(metrics: readonly Metric[], members: object, now: Date): string {
  const definitions = metrics.map(([Name, , Unit]) => ({ Name, Unit }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [[]], Metrics: definitions }];
  const values = Object.fromEntries(metrics.map(([name, value]) => [name, value]));
  return JSON.stringify({ _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, ...values, ...members });
}

function metricsOf({ verdict, resource, actions, eventTime }: Decision, now: Date): Metric[] {
  const is = (condition: boolean) => (condition ? 1 : 0);
  const ended = (outcome: OutcomeIs, code?: Code) =>
    actions.filter((action) => action.outcome === outcome && (code === undefined || action.reason?.code === code))
      .length;
  const stopped = actions.some((action) => action.do === "stop" && action.outcome === "done");
  const latency = now.getTime() - Date.parse(eventTime ?? "");
  const acted = ended("done") > 0 && Number.isFinite(latency);
  return [
    ["Events", 1, "Count"],
    ["Compliant", is(verdict === "compliant"), "Count"],
    ["NonCompliant", is(verdict === "non-compliant"), "Count"],
    ["Undetermined", is(verdict === "undetermined"), "Count"],
    ["Exempt", is(verdict === "exempt"), "Count"],
    ["Malformed", is(verdict === "malformed"), "Count"],
    ["UnknownOperations", is(resource?.kind === "unknown"), "Count"],
    ["Stopped", is(stopped), "Count"],
    ["Deferred", ended("deferred"), "Count"],
    ["Limited", ended("deferred", "limit-reached") + ended("deferred", "principal-limit-reached"), "Count"],
    ["LedgerUnavailable", is(ended("deferred", "ledger-unavailable") > 0), "Count"],
    ["Denied", ended("denied"), "Count"],
    ["Failed", ended("failed"), "Count"],
    // The time from the call to its actions, in milliseconds.
    ...(acted ? [["ActedAfter", latency, "Milliseconds"] as const] : []),
  ];
}

/** The log line of an unexpected error. */
export function faultLine(at: FaultAt, error: unknown): string {
  const fault =
    error instanceof Error
      ? { name: error.name, message: error.message, stack: error.stack }
      : { message: String(error) };
  return JSON.stringify({ level: "ERROR", ...at, fault });
}
