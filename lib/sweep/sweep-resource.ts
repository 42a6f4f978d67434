import { kindOf } from "../catalogue/kinds.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import type { JsonObject } from "../core/model/json.ts";
import { text } from "../core/model/member.ts";
import type { ApiCall, Decision, Outcome } from "../core/model/types.ts";
import { decide } from "../core/plan/decide.ts";
import { plan } from "../core/plan/plan.ts";
import { judgeWithLookUps, type Resolved } from "../enforce/resolve.ts";
import { respondTo } from "../enforce/respond.ts";
import type { Lister } from "../ports/lister.ts";
import type { Ports } from "../ports/ports.ts";
import type { Pace } from "./pace.ts";

/** A resource that exists, judged. */
export interface SweptResource {
  readonly decision: Decision;
  /** The resource is non-compliant, and Keyward has acted on no event about it. */
  readonly missed: boolean;
}

interface ResourceOptions extends Pick<Lister, "taggedWith"> {
  readonly ports: Ports;
  readonly pace: Pace;
}

/** Judges a listed resource; undefined where its status excludes it, or where it was judged before. */
export async function sweepResource(
  call: ApiCall,
  item: JsonObject,
  listing: Listing,
  seen: Set<string>,
  { ports, pace, taggedWith }: ResourceOptions,
): Promise<SweptResource | undefined> {
  const id = JSON.stringify(call.response);
  const status = text(item, kindOf(listing.kind).describe.status ?? "");
  if (seen.has(id) || (listing.statuses && !listing.statuses.includes(status ?? ""))) return undefined;
  seen.add(id);
  await pace.describe();
  const resolved = await judgeWithLookUps(call, ports);
  const { resource, verdict } = resolved.judgement;
  const violates = verdict === "non-compliant";
  const taggableArn = kindOf(listing.kind).taggable !== false && resource?.arn;
  const eventID = violates && taggableArn ? await taggedWith(taggableArn) : null;
  const event = { ...call, reported: typeof eventID === "string", eventID: `${call.eventID}-${verdict}` };
  const decision = await decideOn({ ...resolved, judgement: { ...resolved.judgement, event } }, ports);
  return { decision, missed: violates && eventID === undefined };
}

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
