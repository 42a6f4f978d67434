import { kindOf } from "../catalogue/kinds.ts";
import type { Answer, JsonObject } from "../core/model/types.ts";
import type { StopOrder, TagOrder } from "../core/plan/plan.ts";
import type { Result } from "../ports/ports.ts";
import { failureOf, isNotFound, unknownFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

type Input = Readonly<Record<string, unknown>>;
type Send = (operation: string, input: Input) => Promise<JsonObject>;

export interface SageMaker {
  describe(operation: string, input: Input): Promise<Answer>;
  tag(order: TagOrder): Promise<Result>;
  stop(order: StopOrder): Promise<Result>;
}

/** SageMaker in one account and Region. The client is loaded with the first call. */
export function createSageMaker(target: Target): SageMaker {
  let loaded: Promise<Send> | undefined;
  const send: Send = async (operation, input) => {
    loaded ??= load(target);
    return (await loaded)(operation, input);
  };
  return {
    describe: (operation, input) => describe(send, operation, input),
    tag: (order) => tag(send, order),
    stop: (order) => stop(send, order),
  };
}

async function load(target: Target): Promise<Send> {
  const sdk = await import("./sagemaker-commands.ts");
  const client = new sdk.SageMakerClient(clientOptions(target));
  const commands = {
    ...sdk.describeCommands,
    ...sdk.stopCommands,
    AddTags: sdk.AddTagsCommand,
    UpdateTrainingJob: sdk.UpdateTrainingJobCommand,
  };
  // The catalogue, which operation and input come from, is held against the SDK's types and schemas by tests.
  const byName = commands as unknown as Record<string, new (input: Input) => InstanceType<typeof sdk.AddTagsCommand>>;
  return async (operation, input) => {
    const Command = byName[operation];
    if (!Command) throw new Error(`${operation} is not among the commands in use`);
    return (await client.send(new Command(input))) as unknown as JsonObject;
  };
}

async function describe(send: Send, operation: string, input: Input): Promise<Answer> {
  try {
    return { is: "described", output: await send(operation, input) };
  } catch (error) {
    // Reads are eventually consistent: what has just been made may not be seen yet.
    return isNotFound(error) ? { ...unknownFrom(error), retryable: true, late: true } : unknownFrom(error);
  }
}

async function tag(send: Send, { resource, describe, tags }: TagOrder): Promise<Result> {
  try {
    const arn = resource.arn ?? (await lookUpArn(send, resource.kind, describe));
    if (arn === undefined) return { is: "failed", because: "its ARN is not in the record", retryable: false };
    await send("AddTags", { ResourceArn: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
    return { is: "done" };
  } catch (error) {
    return failureOf(error);
  }
}

async function lookUpArn(send: Send, kind: string, describe: TagOrder["describe"]): Promise<string | undefined> {
  if (!describe) return undefined;
  const arn = (await send(describe.operation, describe.input))[kindOf(kind).describe.arn];
  return typeof arn === "string" ? arn : undefined;
}

async function stop(send: Send, order: StopOrder): Promise<Result> {
  const stopped = await stopIt(send, order);
  if (!order.endWarmPool || (stopped.is !== "done" && stopped.is !== "already-done")) return stopped;
  const ended = await endWarmPool(send, order);
  return ended.is === "done" ? stopped : ended;
}

async function stopIt(send: Send, order: StopOrder): Promise<Result> {
  try {
    await send(order.operation, await stopInput(send, order));
    return { is: "done" };
  } catch (error) {
    if (isNotFound(error) && order.nameFromArn) {
      return { is: "failed", because: "it is not found under the name in its ARN", retryable: false };
    }
    if (isNotFound(error)) return { is: "already-done", because: "it no longer exists" };
    return isRefusal(error) ? whyRefused(send, order, error) : failureOf(error);
  }
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && /^(ValidationException|ConflictException|ResourceInUse)/.test(error.name);

async function stopInput(send: Send, { operation, input, variants, describe, token }: StopOrder): Promise<Input> {
  if (operation === "StopPipelineExecution") return { ...input, ClientRequestToken: token.padEnd(32, "0") };
  if (operation !== "StopInferenceExperiment") return input;
  const names =
    variants.length > 0 || !describe ? variants : variantsOf(await send(describe.operation, describe.input));
  // Retained, whatever its part: ending the comparison must not take down what serves traffic.
  const actions = Object.fromEntries(names.map((name) => [name, "Retain"]));
  return { ...input, ModelVariantActions: actions, DesiredState: "Cancelled" };
}

function variantsOf(experiment: JsonObject): string[] {
  const variants = experiment.ModelVariants;
  if (!Array.isArray(variants)) return [];
  return variants.map((variant: { VariantName?: string }) => variant.VariantName ?? "").filter(Boolean);
}

/**
 * A Stop that SageMaker refuses: by its status it is over, not yet begun, or refused for another reason.
 * The documented texts name the status; where they do not, Describe says it.
 */
async function whyRefused(send: Send, order: StopOrder, error: Error): Promise<Result> {
  const kind = kindOf(order.resource.kind);
  const status = statusIn(error.message) ?? (await describedStatus(send, order));
  if (typeof status !== "string") return status ?? failureOf(error);
  if (kind.stop?.later.includes(status)) return { is: "deferred", because: `it is ${status}` };
  if (kind.stop?.from.includes(status)) return { ...failureOf(error), is: "failed", retryable: true };
  return { is: "already-done", because: `it is ${status}` };
}

const statusIn = (message: string): string | undefined =>
  /^Status \((\w+)\) not in /.exec(message)?.[1] ?? /is in status (\w+)\.?$/.exec(message)?.[1];

async function describedStatus(send: Send, { resource, describe }: StopOrder): Promise<string | Result | undefined> {
  const member = kindOf(resource.kind).describe.status;
  if (!describe || member === undefined) return undefined;
  try {
    const status = (await send(describe.operation, describe.input))[member];
    return typeof status === "string" ? status : undefined;
  } catch (error) {
    return isNotFound(error) ? { is: "already-done", because: "it no longer exists" } : failureOf(error);
  }
}

/** Ends at once what a stopped job would keep for reuse (Developer Guide, "Use SageMaker AI managed warm pools"). */
async function endWarmPool(send: Send, { input }: StopOrder): Promise<Result> {
  try {
    await send("UpdateTrainingJob", { ...input, ResourceConfig: { KeepAlivePeriodInSeconds: 0 } });
    return { is: "done" };
  } catch (error) {
    // Which statuses allow it is not documented: a refusal is taken for "not yet" and tried again.
    return isRefusal(error) ? { is: "deferred", because: "its warm pool cannot be ended yet" } : failureOf(error);
  }
}
