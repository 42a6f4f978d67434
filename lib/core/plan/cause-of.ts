import { holderKindOf, isHolder } from "../../catalogue/holders.ts";
import { isBucket } from "../../catalogue/protects.ts";
import { isUnexemptedViolation } from "../judge/justify-stop.ts";
import { nameInArn } from "../model/arn.ts";
import type { ApiCall, Judgement, SettingVerdict, StateChange, Subject } from "../model/types.ts";
import { holderOf } from "../read/find-settings.ts";

/** The resource to which the violations of an event belong. Later events can have the same cause. */
export interface Cause {
  readonly account: string;
  readonly region: string;
  readonly kind: string;
  readonly name: string;
  /** The protected things without an accepted key, such as `volume`; `?volume` if that is undetermined. */
  readonly things: readonly string[];
  /** The event is a call on that resource itself. Somebody has decided anew, so the event is not only a consequence. */
  readonly own: boolean;
}

/**
 * Finds the cause of an event, so that one cause gets one mail. The cause of an app is its domain; of an endpoint, its
 * configuration; of a notebook that is started again, the notebook; of a job of a schedule, the schedule; of a
 * pipeline's execution and its jobs, the pipeline; of a volume that is attached to a cluster's node, the cluster.
 * `undefined` if the event has no cause outside itself, such as a training job.
 */
export function causeOf(event: ApiCall | StateChange, judgement: Judgement): Cause | undefined {
  const things = thingsOf(judgement);
  const resource = causingResource(judgement);
  if (things.length === 0 || !resource) return undefined;
  const { account, region } = event;
  return { account, region, ...resource, things };
}

type Causing = Pick<Cause, "kind" | "name" | "own">;

/** The resource to which an event belongs, whether or not it has a violation. */
export function causingResource({ resource, subject, holder, parent, settings }: Judgement): Causing | undefined {
  if (parent) {
    if (parent.kind === "pipeline-execution") return causing("pipeline", parent.name);
    return isHolder(parent.kind) ? causing(parent.kind, parent.name) : undefined;
  }
  if (holder) {
    const kind = holderKindOf(holder.describe);
    // If the request itself names a bucket with a violation, that bucket does not belong to the holder.
    const ofRequest = kind !== resource?.kind && kind !== "pipeline" && settings.some(isWrongBucket);
    return kind === undefined || ofRequest ? undefined : causing(kind, holder.name);
  }
  // What another service holds is never known: each further volume of a cluster says the same.
  if (resource && subject?.operation.heldBy) return causing(resource.kind, ownName(subject, resource.name));
  return resource && isHolder(resource.kind)
    ? causing(resource.kind, ownName(subject, resource.name), true)
    : undefined;
}

/** The name of an execution, `churn/execution/1`, begins with the name of its pipeline. */
function causing(kind: string, name: string | null, own = false): Causing | undefined {
  if (!name) return undefined;
  return { kind, name: kind === "pipeline" ? name.replace(/\/execution\/.*/, "") : name, own };
}

/** The resource's name in Describe calls, which other events use too. A domain's name there is its ID. */
function ownName(subject: Subject | undefined, name: string | null): string | null {
  if (subject?.describe) return holderOf(subject.describe).name;
  const arn = subject?.resource.arn;
  return arn ? nameInArn(arn) : name;
}

const isWrongBucket = (setting: SettingVerdict): boolean => isUnexemptedViolation(setting) && isBucket(setting);

function thingsOf({ verdict, settings }: Judgement): string[] {
  const wrong = settings.filter(isUnexemptedViolation).map(({ protects }) => protects);
  const undetermined = settings.flatMap(({ is, protects }) => (is === "undetermined" ? [`?${protects}`] : []));
  return [...new Set(verdict === "non-compliant" ? wrong : [...wrong, ...undetermined])].sort();
}
