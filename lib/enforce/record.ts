import type { Decision } from "../core/types.ts";

const NAMESPACE = "Keyward";

/**
 * One structured log line per decision, with its metrics in CloudWatch's embedded metric format, so that counting needs
 * no call. Holds what the decision holds and nothing else of the record.
 */
export function logLine(decision: Decision, now: Date): string {
  const count = (is: boolean) => (is ? 1 : 0);
  const acted = (outcome: string) => decision.actions.filter((action) => action.outcome === outcome).length;
  const metrics = {
    Events: 1,
    NonCompliant: count(decision.verdict === "non-compliant"),
    Undetermined: count(decision.verdict === "undetermined"),
    Malformed: count(decision.verdict === "malformed"),
    UnknownOperations: count(decision.resource?.kind === "unknown"),
    Stopped: count(decision.actions.some((action) => action.do === "stop" && action.outcome === "done")),
    Deferred: acted("deferred"),
    Denied: acted("denied"),
    Failed: acted("failed"),
  };
  const names = Object.keys(metrics).map((Name) => ({ Name, Unit: "Count" }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [[]], Metrics: names }];
  return JSON.stringify({ _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, ...metrics, ...decision });
}

/** The line for a fault of Keyward's own. */
export function faultLine(messageId: string, error: unknown): string {
  const fault = error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : {};
  return JSON.stringify({ level: "ERROR", messageId, fault });
}
