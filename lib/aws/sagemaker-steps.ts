import type { Json, JsonObject } from "../core/model/json.ts";
import type { Answer } from "../core/model/look-up.ts";
import { isObject, text } from "../core/model/member.ts";
import { unknownFrom } from "./failure.ts";
import type { Send } from "./sagemaker-stop.ts";

/** ListPipelineExecutionSteps answers 100 steps at most (API Reference). More than 200 are not read. */
const MAX_RESULTS = 100;
const MAX_PAGES = 2;

/** Members of a step that has a job of another execution for its result (API Reference, PipelineExecutionStep). */
const USED_AGAIN = ["CacheHitResult", "SelectiveExecutionResult"];

/**
 * Lists what the steps of one pipeline execution have made, the newest first. `execution`: its ARN. An error of AWS is the
 * answer "unknown".
 */
export async function listSteps(send: Send, execution: string): Promise<Answer> {
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
