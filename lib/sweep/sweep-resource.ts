import { kindOf } from "../catalogue/kinds.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import { defined } from "../core/model/defined.ts";
import type { JsonObject } from "../core/model/json.ts";
import { text } from "../core/model/member.ts";
import type { ApiCall, Decision, Judgement, Outcome, Resource } from "../core/model/types.ts";
import { decide } from "../core/plan/decide.ts";
import { plan } from "../core/plan/plan.ts";
import { judgeWithLookUps, type Resolved } from "../enforce/judge/resolve.ts";
import { respondTo } from "../enforce/respond.ts";
import type { Lister } from "../ports/lister.ts";
import type { Ports } from "../ports/ports.ts";
import type { Pace } from "./pace.ts";
import { createdAtOf } from "./sweep-call.ts";
import { isDue, type Watch } from "./watch.ts";

/** A resource that exists, judged. */
export interface SweptResource {
  readonly decision: Decision;
  /** The resource is non-compliant, and Keyward has acted on no event about it, but should have. */
  readonly missed: boolean;
}

interface ResourceOptions extends Pick<Lister, "taggedWith"> {
  readonly ports: Ports;
  readonly pace: Pace;
  readonly watch?: Watch;
}

/** Judges a listed resource; undefined where its status excludes it, or where it was judged before. */
export async function sweepResource(
  call: ApiCall,
  item: JsonObject,
  listing: Listing,
  seen: Set<string>,
  { ports, pace, taggedWith, watch }: ResourceOptions,
): Promise<SweptResource | undefined> {
  const id = JSON.stringify(call.response);
  const status = text(item, kindOf(listing.kind).describe.status ?? "");
  if (seen.has(id) || (listing.statuses && !listing.statuses.includes(status ?? ""))) return undefined;
  seen.add(id);
  await pace.describe();
  const resolved = await judgeWithLookUps(call, ports);
  const { resource, verdict } = resolved.judgement;
  const violates = verdict === "non-compliant";
  const canBeTagged = violates && kindOf(listing.kind).taggable !== false && resource?.arn;
  const createdAt = createdAtOf(item);
  const reported = canBeTagged ? await hasReported(call, resource, createdAt, { ports, taggedWith }) : undefined;
  const event = { ...call, reported: reported === true, eventID: `${call.eventID}-${verdict}` };
  const judgement = { ...resolved.judgement, event };
  const missed =
    reported === false && isTagged(judgement, ports) && (watch === undefined || isDue(watch, createdAt, ports.now()));
  return { decision: await decideOn({ ...resolved, judgement }, ports), missed };
}

/** Whether an earlier event reported the resource: its tags say so, and the ledger proves it. Undefined if not known. */
async function hasReported(
  { account, region }: ApiCall,
  { arn, kind, name }: Resource,
  createdAt: Date | undefined,
  { ports, taggedWith }: Pick<ResourceOptions, "ports" | "taggedWith">,
): Promise<boolean | undefined> {
  const tagged = await taggedWith(arn ?? "");
  if (tagged === null) return undefined;
  if (tagged === undefined || name === null) return false;
  return ports.ledger.hasReported(tagged, { account, region, kind, name, ...defined({ createdAt }) });
}

/** Whether an event about the resource would have tagged it: not in observe mode, for example. */
const isTagged = (judgement: Judgement, { policy, now }: Ports): boolean =>
  plan(judgement, policy, now()).some((action) => action.do === "tag" && !("skip" in action));

/**
 * Acts as for an event where the policy allows a sweep to act. The ledger has one entry for each verdict about a
 * resource.
 */
async function decideOn(resolved: Resolved, ports: Ports): Promise<Decision> {
  if (ports.policy.sweep === "act") {
    const { decision } = await respondTo(resolved, ports, {
      receives: 1,
      sentAt: ports.now(),
      isRedriven: false,
      isLast: false,
    });
    return decision;
  }
  const outcomes = plan(resolved.judgement, ports.policy, ports.now()).map(
    (action): Outcome => ({ do: action.do, outcome: "skipped", reason: { code: "sweep-reports" } }),
  );
  return decide(resolved.judgement, outcomes);
}
