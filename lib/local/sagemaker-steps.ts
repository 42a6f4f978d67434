import { defined } from "../core/model/defined.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { LocalResource } from "./sagemaker-resource.ts";

/** The steps of an execution are the member `PipelineExecutionSteps` of its fixture, the oldest first. */
export const STEPS = "PipelineExecutionSteps";

/** A page of an execution's steps: 10 by default, 100 at most (API Reference of ListPipelineExecutionSteps). */
export function stepsOf({ body }: LocalResource, input: JsonObject): object {
  const { MaxResults = 10, NextToken, SortOrder } = input;
  const steps = Array.isArray(body[STEPS]) ? body[STEPS] : [];
  const sorted = SortOrder === "Ascending" ? steps : steps.toReversed();
  const from = Number(NextToken ?? 0);
  const to = from + Math.min(Number(MaxResults), 100);
  return {
    [STEPS]: sorted.slice(from, to),
    ...defined({ NextToken: to < sorted.length ? String(to) : undefined }),
  };
}
