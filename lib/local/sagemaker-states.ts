import { kindOf } from "../catalogue/kinds.ts";
import type { JsonObject } from "../core/model/json.ts";
import { collect } from "../core/model/path.ts";
import type { LocalResource } from "./sagemaker-resource.ts";
import { AwsFault } from "./wire.ts";

const MINUTE = 60_000;

/** The status of a resource after its creation, and its later statuses: `[after ms, status]`. */
export function bornAs(kind: string): { readonly status: string; readonly next: readonly [number, string][] } {
  if (kind === "notebook-instance") return { status: "Pending", next: [[3 * MINUTE, "InService"]] };
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

/** `Status` of a job's WarmPoolStatus (API Reference); undefined where the job has never had a warm pool. */
export function poolStatus({ kind, status, warmPool, poolEnd }: LocalResource): string | undefined {
  if (!warmPool) return poolEnd;
  return hasEnded(kind, status) ? "Available" : "InUse";
}

const hasEnded = (kind: string, status: string): boolean =>
  status !== "Stopping" && !kindOf(kind).stop?.from.includes(status);

/** How long a job keeps its instances after its end, in milliseconds. */
export const keepAliveMs = (body: JsonObject): number =>
  Number(collect(body, "ResourceConfig.KeepAlivePeriodInSeconds")[0]?.value ?? 0) * 1000;

export function endPool(job: LocalResource): void {
  if (!job.warmPool) return;
  job.warmPool = false;
  job.poolEnd = "Terminated";
}

/** UpdateTrainingJob, as far as it ends a warm pool. Only an `Available` one can be ended. */
export function updateJob(job: LocalResource, input: JsonObject): object {
  const keep = collect(input, "ResourceConfig.KeepAlivePeriodInSeconds")[0]?.value;
  if (keep !== undefined && poolStatus(job) !== "Available") {
    throw new AwsFault("ValidationException", `The warm pool of ${job.arn} is not Available`);
  }
  if (keep === 0) endPool(job);
  return { TrainingJobArn: job.arn };
}
