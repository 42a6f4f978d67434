import { holderKindOf, isHolder } from "../../catalogue/holders.ts";
import { isBucket } from "../../catalogue/protects.ts";
import { isOpenViolation } from "../judge/justify-stop.ts";
import type { ApiCall, Judgement, SettingVerdict, StateChange, Subject } from "../model/types.ts";
import { holderOf } from "../read/find-settings.ts";

/** The resource that holds what is wrong, and that other events can bring up again. */
export interface Cause {
  readonly account: string;
  readonly region: string;
  readonly kind: string;
  readonly name: string;
  /** What lies under no accepted key, such as `volume`; where it is not known, `?volume`. */
  readonly things: readonly string[];
  /** The event is about that resource itself: a new decision of somebody's, and not its consequence. */
  readonly own: boolean;
}

/**
 * The cause of an event that people are notified of; `undefined` where the event stands for itself, such as a training
 * job. An app's is its domain, an endpoint's its configuration, that of a notebook which is started again the notebook,
 * that of a schedule's child the schedule, that of a pipeline's execution and its jobs the pipeline, that of a volume
 * that is attached to a cluster's node the cluster.
 */
export function causeOf(event: ApiCall | StateChange, judgement: Judgement): Cause | undefined {
  const things = thingsOf(judgement);
  const resource = causingResource(judgement);
  if (things.length === 0 || !resource) return undefined;
  const { account, region } = event;
  return { account, region, ...resource, things };
}

type Causing = Pick<Cause, "kind" | "name" | "own">;

function causingResource({ resource, subject, holder, parent, settings }: Judgement): Causing | undefined {
  if (parent) {
    if (parent.kind === "pipeline-execution") return causing("pipeline", parent.name);
    return isHolder(parent.kind) ? causing(parent.kind, parent.name) : undefined;
  }
  if (holder) {
    const kind = holderKindOf(holder.describe);
    // A bucket that the request names itself is not that of the resource it refers to.
    const ofRequest = kind !== resource?.kind && kind !== "pipeline" && settings.some(isOpenBucket);
    return kind === undefined || ofRequest ? undefined : causing(kind, holder.name);
  }
  // What another service holds is never known: each further volume of a cluster says the same.
  if (resource && subject?.operation.heldBy) return causing(resource.kind, ownName(subject, resource.name));
  return resource && isHolder(resource.kind)
    ? causing(resource.kind, ownName(subject, resource.name), true)
    : undefined;
}

/** A pipeline is named by the first part of its execution's name, as in `churn/execution/1`. */
function causing(kind: string, name: string | null, own = false): Causing | undefined {
  if (!name) return undefined;
  return { kind, name: kind === "pipeline" ? name.replace(/\/execution\/.*/, "") : name, own };
}

/** The name by which Describe, and so every other event, knows it: a domain's is its ID. */
function ownName(subject: Subject | undefined, name: string | null): string | null {
  if (subject?.describe) return holderOf(subject.describe).name;
  const arn = subject?.resource.arn;
  return arn ? arn.slice(arn.indexOf("/") + 1) : name;
}

const isOpenBucket = (setting: SettingVerdict): boolean => isOpenViolation(setting) && isBucket(setting);

function thingsOf({ verdict, settings }: Judgement): string[] {
  const wrong = settings.filter(isOpenViolation).map(({ protects }) => protects);
  const open = settings.flatMap(({ is, protects }) => (is === "undetermined" ? [`?${protects}`] : []));
  return [...new Set(verdict === "non-compliant" ? wrong : [...wrong, ...open])].sort();
}
