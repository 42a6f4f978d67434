import { kindOf } from "../catalogue/kinds.ts";

const MINUTE = 60_000;

/** The status of a resource after its creation, and its later statuses: `[after ms, status]`. */
export function bornAs(kind: string): { readonly status: string; readonly next: readonly [number, string][] } {
  if (kind === "notebook-instance") return { status: "Pending", next: [[4 * MINUTE, "InService"]] };
  const stop = kindOf(kind).stop;
  const running = stop?.from[0];
  if (running === undefined) return { status: RESTING[kind] ?? "InService", next: [] };
  const ended =
    kind === "monitoring-schedule" ? [] : ([[60 * MINUTE, inCaseOf(running, ENDED[kind] ?? "Completed")]] as const);
  return { status: running, next: ended.map(([ms, status]) => [ms, status]) };
}

/** The statuses of a resource after its Stop. */
export function stoppedAs(
  kind: string,
  running: string,
): { readonly status: string; readonly next: readonly [number, string][] } {
  if (kind === "monitoring-schedule") return { status: "Stopped", next: [] };
  const end = kind === "inference-experiment" ? "Cancelled" : inCaseOf(running, "Stopped");
  return { status: inCaseOf(running, "Stopping"), next: [[MINUTE, end]] };
}

const inCaseOf = (model: string, status: string): string =>
  model === model.toUpperCase() ? status.toUpperCase() : status;

const ENDED: Readonly<Record<string, string>> = { "pipeline-execution": "Succeeded" };

/** The final status of kinds that cannot be stopped (the SDK's enums). */
const RESTING: Readonly<Record<string, string>> = {
  algorithm: "Completed",
  "feature-group": "Created",
  "flow-definition": "Active",
  "mlflow-app": "Created",
  "model-card": "Draft",
  "model-package": "Completed",
  "partner-app": "Available",
};

/**
 * The error text of a refused Stop. AWS documents it for notebooks, training jobs and transform jobs; the other kinds
 * have the text of training jobs.
 */
export function refusal(kind: string, status: string, arn: string): string {
  if (kind === "notebook-instance") {
    return `Status (${status}) not in ([InService]). Unable to transition to (Stopping) for Notebook Instance (${arn})`;
  }
  const noun = kind === "transform-job" ? "transform job" : kindOf(kind).noun;
  return `The request was rejected because the ${noun} is in status ${status}${kind === "transform-job" ? "" : "."}`;
}
