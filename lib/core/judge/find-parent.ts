import { kindOf } from "../../catalogue/kinds.ts";
import { isArn, nameInArn } from "../model/arn.ts";
import type { JsonObject } from "../model/json.ts";
import { type Answers, answerTo } from "../model/look-up.ts";
import { isObject, text } from "../model/member.ts";
import { collect } from "../model/path.ts";
import type { ApiCall, Judgement, Resource, StateChange, Subject } from "../model/types.ts";

/** Tags that SageMaker adds to the jobs of a pipeline, with the kind of the parent. */
const PARENT_TAGS: Readonly<Record<string, string>> = { "sagemaker:pipeline-execution-arn": "pipeline-execution" };

/**
 * Finds the parent of a job that is not compliant: the pipeline, tuning job or AutoML job that started it. Only a call
 * by SageMaker itself has a parent, because no caller can imitate such a call. Its tags or Describe's answer name the
 * parent.
 */
export function findParent(
  event: ApiCall | StateChange,
  { kind, describe }: Subject,
  judgement: Judgement,
  answers: Answers,
): Judgement {
  if (judgement.verdict !== "non-compliant" || event.is !== "call" || !event.byService) return judgement;
  const tagged = event.request === "omitted" ? undefined : byTags(event.request);
  if (tagged) return { ...judgement, parent: tagged };
  if (!kind.parents || !describe) return judgement;
  const answer = answerTo(describe, answers);
  if (answer === undefined) return { ...judgement, lookUps: [...judgement.lookUps, describe] };
  if (answer.is !== "described" || !isObject(answer.output)) return judgement;
  const { output } = answer;
  for (const [member, parentKind] of Object.entries(kind.parents)) {
    const arn = text(output, member);
    if (arn !== undefined) return { ...judgement, parent: parentOf(parentKind, arn) };
  }
  return judgement;
}

function byTags(request: JsonObject): Resource | undefined {
  for (const { value: tag } of collect(request, "Tags[]")) {
    const key = text(tag, "Key") ?? "";
    const arn = text(tag, "Value") ?? "";
    const kind = Object.hasOwn(PARENT_TAGS, key) ? PARENT_TAGS[key] : undefined;
    if (kind !== undefined && isArn(arn)) return parentOf(kind, arn);
  }
  return undefined;
}

const parentOf = (kind: string, arn: string): Resource => ({
  kind: kindOf(kind).kind,
  name: nameInArn(arn),
  arn,
});
