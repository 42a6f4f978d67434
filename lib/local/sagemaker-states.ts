import { kindOf } from "../catalogue/kinds.ts";

const MINUTE = 60_000;

/** Where a resource stands after its creation and how it moves by itself: `[after ms, status]`. */
export function bornAs(kind: string): { readonly status: string; readonly next: readonly [number, string][] } {
  if (kind === "notebook-instance") return { status: "Pending", next: [[4 * MINUTE, "InService"]] };
  const stop = kindOf(kind).stop;
  const running = stop?.from[0];
  if (running === undefined) return { status: RESTING[kind] ?? "InService", next: [] };
  const ended =
    kind === "monitoring-schedule" ? [] : ([[60 * MINUTE, inCaseOf(running, ENDED[kind] ?? "Completed")]] as const);
  return { status: running, next: ended.map(([ms, status]) => [ms, status]) };
}

/** What Stop makes of it. */
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

/** Kinds that are not stopped rest in a status of their own (the SDK's enums). */
const RESTING: Readonly<Record<string, string>> = {
  algorithm: "Completed",
  "feature-group": "Created",
  "flow-definition": "Active",
  "mlflow-app": "Created",
  "model-card": "Draft",
  "model-package": "Completed",
  "partner-app": "Available",
};

/** A refused Stop's text: documented for notebooks, training and transform; the others are worded like training. */
export function refusal(kind: string, status: string, arn: string): string {
  if (kind === "notebook-instance") {
    return `Status (${status}) not in ([InService]). Unable to transition to (Stopping) for Notebook Instance (${arn})`;
  }
  const noun = kind === "transform-job" ? "transform job" : kindOf(kind).noun;
  return `The request was rejected because the ${noun} is in status ${status}${kind === "transform-job" ? "" : "."}`;
}
