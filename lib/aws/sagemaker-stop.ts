import { kindOf } from "../catalogue/kinds.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { StopOrder } from "../core/plan/orders.ts";
import type { Result } from "../ports/ports.ts";
import { failureOf, isNotFound } from "./failure.ts";

export type Input = Readonly<Record<string, unknown>>;

/** Calls an operation by its name. */
export type Send = (operation: string, input: Input) => Promise<JsonObject>;

/** Stops a resource, and ends the warm pool that a stopped training job would keep. */
export async function stop(send: Send, order: StopOrder): Promise<Result> {
  const stopped = await stopResource(send, order);
  if (!order.endWarmPool || (stopped.is !== "done" && stopped.is !== "already-done")) return stopped;
  const ended = await endWarmPool(send, order);
  return ended.is === "done" ? stopped : ended;
}

async function stopResource(send: Send, order: StopOrder): Promise<Result> {
  try {
    await send(order.operation, await stopInput(send, order));
    return { is: "done" };
  } catch (error) {
    if (isNotFound(error) && order.nameFromArn) {
      return { is: "failed", reason: { code: "arn-name-not-found" }, retryable: false };
    }
    if (isNotFound(error)) return { is: "already-done", reason: { code: "gone" } };
    return isRefusal(error) ? resultOfRefusal(send, order, error) : failureOf(error);
  }
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && /^(ValidationException|ConflictException|ResourceInUse)/.test(error.name);

async function stopInput(send: Send, { operation, input, variants, describe, token }: StopOrder): Promise<Input> {
  if (operation === "StopPipelineExecution") return { ...input, ClientRequestToken: token.padEnd(32, "0") };
  if (operation !== "StopInferenceExperiment") return input;
  const names =
    variants.length > 0 || !describe ? variants : variantsOf(await send(describe.operation, describe.input));
  // Every variant is retained: the end of the comparison must not end a variant that serves traffic.
  const actions = Object.fromEntries(names.map((name) => [name, "Retain"]));
  return { ...input, ModelVariantActions: actions, DesiredState: "Cancelled" };
}

function variantsOf(experiment: JsonObject): string[] {
  const variants = experiment.ModelVariants;
  if (!Array.isArray(variants)) return [];
  return variants.map((variant: { VariantName?: string }) => variant.VariantName ?? "").filter(Boolean);
}

/**
 * Interprets a Stop that SageMaker refused: the resource has ended, it cannot be stopped yet, or there is another
 * reason. The documented error texts contain the status. Describe returns the status where the text does not.
 */
async function resultOfRefusal(send: Send, order: StopOrder, error: Error): Promise<Result> {
  const kind = kindOf(order.resource.kind);
  const status = statusIn(error.message) ?? (await describedStatus(send, order));
  if (typeof status !== "string") return status ?? failureOf(error);
  if (kind.stop?.later.includes(status)) return { is: "deferred", reason: { code: "not-yet", status } };
  if (kind.stop?.from.includes(status)) return { ...failureOf(error), is: "failed", retryable: true };
  return { is: "already-done", reason: { code: "not-running", status } };
}

/** The status in a documented error text of AWS. The error has no other member that holds the status. */
const statusIn = (message: string): string | undefined =>
  /^Status \((\w+)\) not in /.exec(message)?.[1] ?? /is in status (\w+)\.?$/.exec(message)?.[1];

async function describedStatus(send: Send, { resource, describe }: StopOrder): Promise<string | Result | undefined> {
  const member = kindOf(resource.kind).describe.status;
  if (!describe || member === undefined) return undefined;
  try {
    const status = (await send(describe.operation, describe.input))[member];
    return typeof status === "string" ? status : undefined;
  } catch (error) {
    return isNotFound(error) ? { is: "already-done", reason: { code: "gone" } } : failureOf(error);
  }
}

/**
 * Ends immediately the instances that a stopped job would keep (Developer Guide, "Use SageMaker AI managed warm
 * pools").
 */
async function endWarmPool(send: Send, { input }: StopOrder): Promise<Result> {
  try {
    await send("UpdateTrainingJob", { ...input, ResourceConfig: { KeepAlivePeriodInSeconds: 0 } });
    return { is: "done" };
  } catch (error) {
    // The documentation does not list the statuses that allow this call. So a refusal means "not yet", and the call is
    // repeated.
    return isRefusal(error) ? { is: "deferred", reason: { code: "warm-pool-not-yet" } } : failureOf(error);
  }
}
