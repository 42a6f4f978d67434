import type { Decision } from "../core/model/types.ts";

const NAMESPACE = "Keyward";

export type Metric = readonly [name: string, value: number, unit: "Count" | "Milliseconds"];

/**
 * One structured log line per decision, with its metrics in CloudWatch's embedded metric format, so that counting needs
 * no call. Holds what the decision holds and nothing else of the record.
 */
export function logLine(decision: Decision, now: Date): string {
  return embedded(metricsOf(decision, now), decision, now);
}

/** A log line that CloudWatch also reads as metrics. */
export function embedded(metrics: readonly Metric[], told: object, now: Date): string {
  const definitions = metrics.map(([Name, , Unit]) => ({ Name, Unit }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [[]], Metrics: definitions }];
  const values = Object.fromEntries(metrics.map(([name, value]) => [name, value]));
  return JSON.stringify({ _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, ...values, ...told });
}

function metricsOf({ verdict, resource, actions, eventTime }: Decision, now: Date): Metric[] {
  const is = (what: boolean) => (what ? 1 : 0);
  const ended = (outcome: string, because = "") =>
    actions.filter((action) => action.outcome === outcome && (action.because ?? "").includes(because)).length;
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
    ["Limited", ended("deferred", "the policy's limit"), "Count"],
    ["LedgerUnavailable", is(ended("deferred", "the ledger cannot be written") > 0), "Count"],
    ["Denied", ended("denied"), "Count"],
    ["Failed", ended("failed"), "Count"],
    // From the call to what was done about it.
    ...(acted ? [["ActedAfter", latency, "Milliseconds"] as const] : []),
  ];
}

/** The line for a fault of Keyward's own. */
export function faultLine(messageId: string, error: unknown): string {
  const fault = error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : {};
  return JSON.stringify({ level: "ERROR", messageId, fault });
}
