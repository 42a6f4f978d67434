import { kindOf } from "../catalogue/kinds.ts";
import type { JsonObject } from "../core/model/json.ts";
import { text } from "../core/model/member.ts";
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
  if (ended.is === "done") return stopped;
  return stopped.is === "done" ? { ...ended, hadEffect: true } : ended;
}

async function stopResource(send: Send, order: StopOrder): Promise<Result> {
  try {
    await send(order.operation, await stopInput(send, order));
    return { is: "done" };
  } catch (error) {
    const result = await resultOfError(send, order, error);
    // The SDK tries again by itself: an attempt without an answer may have stopped it before.
    return wasRepeated(error) ? { ...result, hadEffect: true } : result;
  }
}

const wasRepeated = (error: unknown): boolean =>
  ((error as { $metadata?: { attempts?: number } }).$metadata?.attempts ?? 1) > 1;

async function resultOfError(send: Send, order: StopOrder, error: unknown): Promise<Result> {
  if (isNotFound(error) && order.nameFromArn) {
    return { is: "failed", reason: { code: "arn-name-not-found" }, retryable: false };
  }
  if (isNotFound(error)) return notFound(order);
  return isRefusal(error) ? resultOfRefusal(send, order, error) : failureOf(error);
}

/** Reads are eventually consistent: a resource that is not found shortly after its creation may still appear. */
const notFound = ({ isNew }: StopOrder): Result =>
  isNew ? NOT_FOUND_YET : { is: "already-done", reason: { code: "gone" } };

export const NOT_FOUND_YET: Result = { is: "deferred", reason: { code: "not-found-yet" } };

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

async function describedStatus(send: Send, order: StopOrder): Promise<string | Result | undefined> {
  const { resource, describe } = order;
  const member = kindOf(resource.kind).describe.status;
  if (!describe || member === undefined) return undefined;
  try {
    const status = (await send(describe.operation, describe.input))[member];
    return typeof status === "string" ? status : undefined;
  } catch (error) {
    return isNotFound(error) ? notFound(order) : failureOf(error);
  }
}

/**
 * Ends immediately the instances that a stopped job would keep. UpdateTrainingJob does so only while the pool is
 * `Available`. Before that the job still uses it, so the call is made later. A pool that another job has taken over, or that
 * has ended, needs no call (Developer Guide, "Use SageMaker AI managed warm pools").
 */
async function endWarmPool(send: Send, { input, isNew }: StopOrder): Promise<Result> {
  try {
    const { WarmPoolStatus: pool } = await send("DescribeTrainingJob", input);
    const status = text(pool, "Status");
    if (status === "InUse") return POOL_NOT_YET;
    if (status === "Available") {
      await send("UpdateTrainingJob", { ...input, ResourceConfig: { KeepAlivePeriodInSeconds: 0 } });
    }
    return { is: "done" };
  } catch (error) {
    // A refusal means that the pool has changed since Describe. The next delivery reads its status again.
    if (isNotFound(error)) return isNew ? NOT_FOUND_YET : { is: "done" };
    return isRefusal(error) ? POOL_NOT_YET : failureOf(error);
  }
}

const POOL_NOT_YET: Result = { is: "deferred", reason: { code: "warm-pool-not-yet" } };
