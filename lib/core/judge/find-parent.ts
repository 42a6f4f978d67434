import { kindOf } from "../../catalogue/kinds.ts";
import { nameInArn, parseArn } from "../model/arn.ts";
import type { JsonObject } from "../model/json.ts";
import { type Answer, type Answers, answerTo, type LookUp } from "../model/look-up.ts";
import { isObject, scalar, text } from "../model/member.ts";
import { collect } from "../model/path.ts";
import type { ApiCall, Judgement, Resource, StateChange, Subject } from "../model/types.ts";

/** The tag that SageMaker puts on the jobs of a pipeline. */
const EXECUTION_TAG = "sagemaker:pipeline-execution-arn";
/** The role session in which a pipeline calls: `sagemaker-pipeline-`, the execution's id, the step. */
const PIPELINE_SESSION = /:assumed-role\/[^/]+\/sagemaker-pipeline-([a-z0-9]+)-/;
const EXECUTION = /^pipeline\/[^/]+\/execution\/[^/]+$/;

/**
 * Finds the parent of a job that is not compliant: the pipeline, tuning job or AutoML job that started it, and that is
 * stopped in its place. A tag, a role session and a name only make a candidate, because a caller can choose them, or can
 * choose those of a tuning job, which SageMaker copies to its training jobs. A parent counts when AWS confirms it, in the
 * event's own account and Region: Describe of the job names it, or the steps of the execution name the job.
 */
export function findParent(
  event: ApiCall | StateChange,
  subject: Subject,
  judgement: Judgement,
  answers: Answers,
): Judgement {
  if (judgement.verdict !== "non-compliant" || event.is !== "call") return judgement;
  const session = PIPELINE_SESSION.exec(event.principal)?.[1];
  if (!event.byService && session === undefined) return judgement;
  const execution = executionOf(event, session);
  const steps = execution === undefined ? undefined : answerTo(stepsLookUp(execution, event), answers);
  if (execution && !steps) return waitFor(stepsLookUp(execution, event), judgement);
  if (execution && isMadeBy(steps, judgement.resource?.arn))
    return withParent("pipeline-execution", execution, judgement);
  const { kind, describe } = subject;
  if (!kind.parents || !describe) return judgement;
  const described = answerTo(describe, answers);
  if (!described) return waitFor(describe, judgement);
  const parent = describedParent(described, kind.parents, event);
  if (!parent?.arn) return judgement;
  // The tuning job of a pipeline's step is stopped with its execution. What takes no key is not stopped at all.
  const isStep = execution && isMadeBy(steps, parent.arn) && !kind.keylessParents?.includes(parent.kind);
  return isStep ? withParent("pipeline-execution", execution, judgement) : { ...judgement, parent };
}

const waitFor = (lookUp: LookUp, judgement: Judgement): Judgement => ({
  ...judgement,
  lookUps: [...judgement.lookUps, lookUp],
});

const stepsLookUp = (execution: string, { account, region }: ApiCall): LookUp => ({
  ask: "steps",
  execution,
  account,
  region,
});

/**
 * The execution that may have started the job: by its tag, or by the id in the session and the name of the experiment,
 * which is the pipeline's by default (Developer Guide, "Amazon SageMaker Experiments Integration").
 */
function executionOf(event: ApiCall, session: string | undefined): string | undefined {
  const { request } = event;
  if (request === "omitted") return undefined;
  const tagged = collect(request, "Tags[]").find(({ value: tag }) => text(tag, "Key") === EXECUTION_TAG);
  const arn = tagged ? text(tagged.value, "Value") : named(event, request, session);
  return arn !== undefined && EXECUTION.test(ownResource(arn, event) ?? "") ? arn : undefined;
}

function named(
  { region, account, principal }: ApiCall,
  request: JsonObject,
  session: string | undefined,
): string | undefined {
  const [experiment] = collect(request, "ExperimentConfig.ExperimentName");
  if (session === undefined || experiment === undefined) return undefined;
  const partition = parseArn(principal)?.partition ?? "aws";
  const pipeline = scalar(experiment.value).toLowerCase();
  return `arn:${partition}:sagemaker:${region}:${account}:pipeline/${pipeline}/execution/${session}`;
}

/** The resource in an ARN of SageMaker's, if it is in the event's account and Region. */
function ownResource(arn: string, { account, region }: ApiCall): string | undefined {
  const parsed = parseArn(arn);
  const isOwn = parsed?.service === "sagemaker" && parsed.account === account && parsed.region === region;
  return isOwn ? parsed.resource : undefined;
}

/** ARNs have names in lower case in some answers, and in the caller's case in others. */
const isMadeBy = (steps: Answer | undefined, arn: string | null | undefined): boolean =>
  steps?.is === "steps" && typeof arn === "string" && steps.made.some((one) => one.toLowerCase() === arn.toLowerCase());

function describedParent(
  answer: Answer,
  parents: Readonly<Record<string, string>>,
  event: ApiCall,
): Resource | undefined {
  if (answer.is !== "described" || !isObject(answer.output)) return undefined;
  const { output } = answer;
  for (const [member, kind] of Object.entries(parents)) {
    const arn = text(output, member);
    if (arn !== undefined && ownResource(arn, event) !== undefined) return parentOf(kind, arn);
  }
  return undefined;
}

const withParent = (kind: string, arn: string, judgement: Judgement): Judgement => ({
  ...judgement,
  parent: parentOf(kind, arn),
});

const parentOf = (kind: string, arn: string): Resource => ({
  kind: kindOf(kind).kind,
  name: nameInArn(arn),
  arn,
});
