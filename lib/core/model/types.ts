import type { ActionName } from "../../catalogue/actions.ts";
import type { Kind, Operation } from "../../catalogue/vocabulary.ts";
import type { Reason } from "./reason.ts";

/** The types that pass between the stages: parse → read → judge → plan → act → record. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

/** One SageMaker API call, as CloudTrail recorded it. */
export interface ApiCall {
  readonly is: "call";
  readonly eventID: string;
  readonly eventName: string;
  /** The catalogue's name of the operation, where it is not `eventName`: `datazone:CreateDomain`. */
  readonly operation?: string;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  readonly account: string;
  readonly region: string;
  /** Who called: an ARN where the record has one. Untrusted text. */
  readonly principal: string;
  /** The ARN of the role or user whose session called; absent where no session did, or where the record lacks it. */
  readonly issuer?: string | undefined;
  /** An AWS service made the call on somebody's behalf, which no caller can claim of himself. */
  readonly byService?: true;
  /** Members in CloudTrail's spelling or the API's; `"omitted"` where CloudTrail left them out for size. */
  readonly request: JsonObject | "omitted";
  readonly response: JsonObject;
  /** When it was looked at, where that is not when it was made: what a sweep finds. ISO 8601, UTC. */
  readonly seenAt?: string;
  /** Already notified; do not notify again. */
  readonly reported?: boolean;
  /** A sweep saw that it keeps its instances for reuse, with the data on their volumes. */
  readonly warmPool?: true;
}

/** A notebook's state change, as SageMaker itself reports it. */
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
  /** Members in API spelling; all but name, ARN and status are optional. */
  readonly detail: JsonObject;
  /** Its tags say that an event about it has been reported. */
  readonly reported: boolean;
}

/** What can be said of an event that is not judged. */
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
  /** API spelling with concrete indexes; `[]` where the list has no element. */
  readonly path: string;
  readonly protects: string;
  readonly is: SettingIs;
  /** The key as the caller gave it. */
  readonly key?: string;
  readonly reason?: Reason;
  /** The exemption that covers it. */
  readonly exempt?: string;
}

export type Verdict = "compliant" | "non-compliant" | "undetermined" | "exempt" | "ignored" | "malformed";

/** A fact that the core needs and cannot know; a shell answers it, or says that it cannot. */
export type LookUp =
  | {
      readonly ask: "key";
      readonly key: string;
      readonly account: string;
      readonly region: string;
      /** What is wanted besides DescribeKey's answer. */
      readonly and: readonly KeyFact[];
    }
  | { readonly ask: "bucket"; readonly bucket: string; readonly account: string; readonly region: string }
  | {
      readonly ask: "describe";
      readonly operation: string;
      readonly input: Readonly<Record<string, string>>;
      readonly account: string;
      readonly region: string;
    };

export type KeyFact = "aliases" | "rotation";

export type Answer =
  | {
      readonly is: "key";
      readonly arn: string;
      readonly manager: "AWS" | "CUSTOMER";
      /** DescribeKey's KeyState. */
      readonly state: string;
      /** The names that point to it, where they were asked for; another account's cannot be listed. */
      readonly aliases?: readonly string[];
      /** Whether it is rotated automatically, where that was asked for. */
      readonly rotates?: boolean;
    }
  /** A bucket's default encryption; `aws:kms` without a key stands for `alias/aws/s3`. */
  | { readonly is: "bucket"; readonly algorithm: string; readonly key?: string }
  | { readonly is: "described"; readonly output: JsonObject }
  /** `retryable`: asked again later it may be answered. `late`: it may be there in a moment, having just been made. */
  | { readonly is: "unknown"; readonly reason: Reason; readonly retryable?: boolean; readonly late?: boolean };

export interface Resource {
  readonly kind: string;
  readonly name: string | null;
  readonly arn: string | null;
}

/** The resource that an event is about: the catalogue's facts of it, and how to look it up. */
export interface Subject {
  readonly operation: Operation;
  readonly kind: Kind;
  readonly resource: Resource;
  readonly describe: Extract<LookUp, { ask: "describe" }> | undefined;
  /** The settings are in the event, in the event as far as they change, or only in Describe's answer. */
  readonly heldIn: "event" | "partly" | "describe";
}

/** An exemption's part in a judgement. */
export interface ExemptionUse {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it counts, in UTC. */
  readonly expires: string;
}

/** What an event adds to a verdict: where it was read, what it belongs to, and what was forgiven. */
export interface Circumstances {
  /** What was followed to where the settings stand, in order: `DescribeEndpointConfig churn-2`. */
  readonly followed?: readonly string[];
  /** The parent that started it: the mail is about the parent, and the parent is stopped. */
  readonly parent?: Resource;
  /** Those that cover something that is wrong. */
  readonly exemptions?: readonly ExemptionUse[];
  /** Those that would, had they not expired. */
  readonly expired?: readonly ExemptionUse[];
}

/** Another resource that holds an event's settings: the Describe call that showed them, and its name there. */
export interface Holder {
  readonly describe: string;
  readonly name: string;
}

/** An event's verdict and what led to it. It carries the event and its subject, so that no later stage looks for them again. */
export interface Judgement extends Circumstances {
  readonly event: Parsed;
  /** Absent where the event is not judged, or its operation is not in the catalogue. */
  readonly subject?: Subject;
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly reason?: Reason;
  readonly settings: readonly SettingVerdict[];
  /** Where the settings were found, if not in the event itself. */
  readonly holder?: Holder;
  /** The operation in whose terms the settings are: the event's, or that of the resource that it refers to. */
  readonly operation?: string;
  /** Open questions whose answers could change the verdict. */
  readonly lookUps: readonly LookUp[];
}

export type OutcomeIs = "planned" | "done" | "already-done" | "deferred" | "denied" | "failed" | "skipped";

export interface Outcome {
  readonly do: ActionName;
  readonly outcome: OutcomeIs;
  readonly reason?: Reason;
}

/** What was decided about one event; `lib/wording/public-decision.ts` makes the public contract of it. */
export interface Decision extends EventHead, Circumstances {
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly reason?: Reason;
  readonly settings: readonly SettingVerdict[];
  readonly actions: readonly Outcome[];
}
