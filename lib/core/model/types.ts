import type { ActionName } from "../../catalogue/actions.ts";
import type { Kind, Operation } from "../../catalogue/vocabulary.ts";
import type { JsonObject } from "./json.ts";
import type { LookUp } from "./look-up.ts";
import type { Reason } from "./reason.ts";

/** The types that one stage passes to the next: parse → read → judge → plan → act → record. */

/** One SageMaker API call, as CloudTrail recorded it. */
export interface ApiCall {
  readonly is: "call";
  readonly eventID: string;
  readonly eventName: string;
  /** The catalogue's name of the operation, if it differs from `eventName`: `datazone:CreateDomain`. */
  readonly operation?: string;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  readonly account: string;
  readonly region: string;
  /** The caller: an ARN if the record has one. Untrusted text. */
  readonly principal: string;
  /**
   * The ARN of the role or user that the caller's session belongs to. Absent without a session, or if the record lacks
   * it.
   */
  readonly issuer?: string | undefined;
  /** An AWS service made the call for somebody. No caller can set this. */
  readonly byService?: true;
  /** Members in CloudTrail's spelling or the API's; `"omitted"` if CloudTrail dropped them because of their size. */
  readonly request: JsonObject | "omitted";
  readonly response: JsonObject;
  /** The time at which a sweep saw the resource. Absent for a recorded call. ISO 8601, UTC. */
  readonly seenAt?: string;
  /** The ledger has an earlier report about the resource, so it is not mailed again. */
  readonly reported?: boolean;
  /** A sweep saw that the job keeps its instances for reuse, with the data on their volumes. */
  readonly warmPool?: true;
  /** The place in a file that would make the call. Absent for a call that was made. */
  readonly inFile?: FilePlace;
}

/** The names by which an exemption can find a resource in a file. */
export interface FilePlace {
  readonly files: readonly string[];
  /** The logical id, the place in the document or the Terraform address. */
  readonly addresses: readonly string[];
}

/** A change of a notebook instance's status, as SageMaker reports it to EventBridge. */
export interface StateChange {
  readonly is: "state-change";
  readonly eventID: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string | undefined;
  readonly status: string;
  /** The event's `detail`, in API spelling. Only its name, ARN and status are always there. */
  readonly detail: JsonObject;
  /** What the notebook's tags say. */
  readonly tagged?: TagClaim;
  /** The ledger has an earlier report about the notebook. */
  readonly reported?: boolean;
}

/**
 * The event about which a resource was reported, as its tags say: a claim, because everyone who may tag the resource can
 * write it.
 */
export interface TagClaim {
  /** `keyward:event`. */
  readonly eventID: string;
  /** `keyward:checked`. */
  readonly checked: string | undefined;
}

/** The members that identify an event; null where the event lacks them. */
export interface EventHead {
  readonly eventID: string | null;
  readonly eventName: string | null;
  readonly eventTime: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly principal: string | null;
}

export interface Ignored {
  readonly is: "ignored";
  readonly head: EventHead;
  readonly reason: Reason;
}

export interface Malformed {
  readonly is: "malformed";
  readonly head: EventHead;
  readonly reason: Reason;
}

export type Parsed = ApiCall | StateChange | Ignored | Malformed;

export type SettingIs = "accepted" | "missing" | "rejected" | "not-applicable" | "undetermined";

export interface SettingVerdict {
  /** API spelling with concrete indexes; `[]` if the list has no element. */
  readonly path: string;
  readonly protects: string;
  readonly is: SettingIs;
  /** The key as the caller gave it. */
  readonly key?: string;
  readonly reason?: Reason;
  /** The exemption that covers it. */
  readonly exempt?: string;
  /** In a file: the exemption that may cover it. A file does not have a member, such as the caller, that decides. */
  readonly mayBeExempt?: string;
}

export type Verdict = "compliant" | "non-compliant" | "undetermined" | "exempt" | "ignored" | "malformed";

export interface Resource {
  readonly kind: string;
  readonly name: string | null;
  readonly arn: string | null;
}

/** The resource of an event, with its row in the catalogue and the Describe call that shows it. */
export interface Subject {
  readonly operation: Operation;
  readonly kind: Kind;
  readonly resource: Resource;
  readonly describe: Extract<LookUp, { ask: "describe" }> | undefined;
  /** The place of the settings. `partly`: the event has only the settings that it changes. */
  readonly heldIn: "event" | "partly" | "describe";
}

/** An exemption, as a judgement names it. */
export interface ExemptionUse {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it is valid, in UTC. */
  readonly expires: string;
}

/** Facts beside a verdict: the Describe calls for it, the parent of the resource, and the exemptions. */
export interface Circumstances {
  /** The Describe calls that led to the settings, in order: `DescribeEndpointConfig churn-2`. */
  readonly followed?: readonly string[];
  /** The parent that started the resource. The mail is about the parent, and a stop stops the parent. */
  readonly parent?: Resource;
  /** The exemptions that cover a violation. */
  readonly exemptions?: readonly ExemptionUse[];
  /** The expired exemptions that would cover a violation. */
  readonly expired?: readonly ExemptionUse[];
}

/** Another resource that holds the settings of an event: its Describe operation, and its name in that call. */
export interface Holder {
  readonly describe: string;
  readonly name: string;
}

/**
 * The verdict on an event, with its reasons. It has the event and its subject, so no later stage needs to find them
 * again.
 */
export interface Judgement extends Circumstances {
  readonly event: Parsed;
  /** Absent if the event is not judged, or if its operation is not in the catalogue. */
  readonly subject?: Subject;
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly reason?: Reason;
  readonly settings: readonly SettingVerdict[];
  /** The resource that holds the settings, if the event itself does not. */
  readonly holder?: Holder;
  /** The operation whose settings were judged: the event's own, or the one that creates the holder. */
  readonly operation?: string;
  /** The look-ups whose answers could change the verdict. */
  readonly lookUps: readonly LookUp[];
}

export type OutcomeIs = "planned" | "done" | "already-done" | "deferred" | "denied" | "failed" | "skipped";

export interface Outcome {
  /** A failure that no later delivery repeats; only a redriven message does. */
  readonly isFinal?: true;
  readonly do: ActionName;
  readonly outcome: OutcomeIs;
  readonly reason?: Reason;
}

/** The decision on one event. `lib/wording/public-decision.ts` gives it its public form. */
export interface Decision extends EventHead, Circumstances {
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly reason?: Reason;
  readonly settings: readonly SettingVerdict[];
  readonly actions: readonly Outcome[];
  /** The version of the policy that decided, where it is known. */
  readonly policy?: string;
}
