import { kindOf } from "../catalogue/kinds.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import type { Answer } from "../core/model/look-up.ts";
import { isObject, text } from "../core/model/member.ts";
import type { StopOrder, TagOrder } from "../core/plan/orders.ts";
import type { Result } from "../ports/ports.ts";
import { failureOf, isNotFound, unknownFrom } from "./failure.ts";
import { type Input, NOT_FOUND_YET, type Send, stop } from "./sagemaker-stop.ts";
import { clientOptions, type Target } from "./target.ts";

export interface SageMaker {
  describe(operation: string, input: Input): Promise<Answer>;
  /** What the steps of one pipeline execution have made. `execution`: its ARN. */
  steps(execution: string): Promise<Answer>;
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
    steps: (execution) => listSteps(send, execution),
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
    ListPipelineExecutionSteps: sdk.ListPipelineExecutionStepsCommand,
    UpdateTrainingJob: sdk.UpdateTrainingJobCommand,
  };
  // Tests compare the catalogue's operations and inputs with the SDK's types and schemas.
  const byName = commands as unknown as Record<string, new (input: Input) => InstanceType<typeof sdk.AddTagsCommand>>;
  return async (operation, input) => {
    const Command = byName[operation];
    if (!Command) throw new Error(`${operation} is not in the list of commands`);
    return (await client.send(new Command(input))) as unknown as JsonObject;
  };
}

async function describe(send: Send, operation: string, input: Input): Promise<Answer> {
  try {
    return { is: "described", output: await send(operation, input) };
  } catch (error) {
    // Reads are eventually consistent: a new resource may not be found yet.
    return isNotFound(error) ? { ...unknownFrom(error), retryable: true, late: true } : unknownFrom(error);
  }
}

async function tag(send: Send, { resource, describe, tags, isNew }: TagOrder): Promise<Result> {
  try {
    const arn = resource.arn ?? (await lookUpArn(send, resource.kind, describe));
    if (arn === undefined) return { is: "failed", reason: { code: "arn-missing" }, retryable: false };
    await send("AddTags", { ResourceArn: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
    return { is: "done" };
  } catch (error) {
    return isNew && isNotFound(error) ? NOT_FOUND_YET : failureOf(error);
  }
}

async function lookUpArn(send: Send, kind: string, describe: TagOrder["describe"]): Promise<string | undefined> {
  if (!describe) return undefined;
  const arn = (await send(describe.operation, describe.input))[kindOf(kind).describe.arn];
  return typeof arn === "string" ? arn : undefined;
}

/** ListPipelineExecutionSteps answers 100 steps at most (API Reference). More than 200 are not read. */
const MAX_RESULTS = 100;
const MAX_PAGES = 2;

/** Members of a step that has a job of another execution for its result (API Reference, PipelineExecutionStep). */
const USED_AGAIN = ["CacheHitResult", "SelectiveExecutionResult"];

/**
 * Lists what the steps of one pipeline execution have made, the newest first. `execution`: its ARN. An error of AWS is the
 * answer "unknown".
 */
async function listSteps(send: Send, execution: string): Promise<Answer> {
  const made: string[] = [];
  const request = { PipelineExecutionArn: execution, SortOrder: "Descending", MaxResults: MAX_RESULTS };
  try {
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer: JsonObject = await send(
        "ListPipelineExecutionSteps",
        token === undefined ? request : { ...request, NextToken: token },
      );
      const steps = answer.PipelineExecutionSteps;
      for (const step of Array.isArray(steps) ? steps : []) made.push(...madeBy(step));
      token = text(answer, "NextToken");
      if (token === undefined) break;
    }
    return { is: "steps", made };
  } catch (error) {
    return unknownFrom(error);
  }
}

/** Metadata has one member for the step's type, with the ARN of the job. A check step names it `CheckJobArn`. */
function madeBy(step: Json): string[] {
  if (!isObject(step) || !isObject(step.Metadata)) return [];
  if (USED_AGAIN.some((member) => isObject(step[member]) && Object.values(step[member]).some(Boolean))) return [];
  return Object.values(step.Metadata).flatMap((one) => text(one, "Arn") ?? text(one, "CheckJobArn") ?? []);
}
