import { kinds } from "../catalogue/kinds.ts";
import { serviceOf } from "../catalogue/services.ts";
import type { Kind } from "../catalogue/vocabulary.ts";
import { isViolation } from "../core/judge/exempt.ts";
import { partitionOf } from "../core/judge/judge-key.ts";
import { isArn } from "../core/model/arn.ts";
import type { ApiCall, Judgement, Verdict } from "../core/model/types.ts";
import { dryRun } from "../core/plan/dry-run.ts";
import type { Policy } from "../policy/schema.ts";
import { contextOf } from "./context.ts";
import { type Effect, evaluate, type Request } from "./evaluate.ts";
import type { Statement } from "./statement.ts";

/** A call of the past that the documents would have denied or may have, or a violation that passes them. */
export interface PastCall {
  readonly eventID: string;
  readonly eventTime: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** The role or user: a session's issuer where the record has it. */
  readonly principal: string;
  readonly resource: string | null;
  readonly verdict: Verdict;
  /** The members that violate the policy. */
  readonly violations: readonly string[];
  readonly effect: Effect;
  /** The caller is a service-linked role or an AWS service, which no service control policy binds. */
  readonly isUnbound: boolean;
}

/** A judged call with its effect; `undefined` for a record that is not judged (a failed call, a reading call). */
export function replayCall(record: unknown, policy: Policy, statements: readonly Statement[]): PastCall | undefined {
  const { event, judgement } = dryRun(record, policy, new Date(0));
  if (event.is !== "call" || judgement.verdict === "ignored" || judgement.verdict === "malformed") return undefined;
  const { eventID, eventTime, account, region, principal, issuer } = event;
  const caller = issuer ?? principal;
  const isUnbound = caller.includes(":role/aws-service-role/") || (event.byService === true && !isArn(caller));
  return {
    eventID,
    eventTime,
    operation: event.operation ?? event.eventName,
    account,
    region,
    principal: caller,
    resource: judgement.resource?.name ?? null,
    verdict: judgement.verdict,
    violations: judgement.settings.flatMap((one) => (isViolation(one) && one.exempt === undefined ? [one.path] : [])),
    effect: isUnbound ? { is: "allowed" } : evaluate(statements, requestOf(event, judgement)),
    isUnbound,
  };
}

/** A call as IAM sees it. */
export function requestOf(event: ApiCall, judgement: Judgement): Request {
  const { service, name } = serviceOf(event.operation ?? event.eventName);
  return { action: `${service}:${name}`, resource: resourceArn(event, judgement), context: contextOf(event) };
}

/** The ARN of the created resource: as the response has it, else made of the resource's name. */
function resourceArn({ account, region }: ApiCall, { resource }: Judgement): string | undefined {
  if (!resource) return undefined;
  if (resource.arn !== null) return resource.arn;
  const row: Kind | undefined = kinds.find(({ kind }) => kind === resource.kind);
  if (resource.name === null || !row) return undefined;
  const type = row.arnType ?? row.kind;
  return `arn:${partitionOf(region)}:sagemaker:${region}:${account}:${type}/${resource.name}`;
}

/** The calls of a history by their effect. Calls that are allowed and break nothing are only counted. */
export interface Replayed {
  calls: number;
  readonly deniedRightly: PastCall[];
  /** Denied, although the policy does not condemn them: compliant, exempt or undetermined calls. */
  readonly deniedWrongly: PastCall[];
  /** Violations that no document denies. */
  readonly passing: PastCall[];
  readonly notKnown: PastCall[];
  /** The ids of the calls so far: several trails may have the same call. */
  readonly seen: Set<string>;
}

export const createReplayed = (): Replayed => ({
  calls: 0,
  deniedRightly: [],
  deniedWrongly: [],
  passing: [],
  notKnown: [],
  seen: new Set(),
});

/** Adds a call to the result, unless it is there already. */
export function addCall(replayed: Replayed, call: PastCall): void {
  const id = `${call.eventID} ${call.eventTime}`;
  if (replayed.seen.has(id)) return;
  replayed.seen.add(id);
  replayed.calls++;
  const isWrong = call.verdict === "non-compliant";
  if (call.effect.is === "denied") (isWrong ? replayed.deniedRightly : replayed.deniedWrongly).push(call);
  else if (call.effect.is === "not-known") replayed.notKnown.push(call);
  else if (isWrong) replayed.passing.push(call);
}
