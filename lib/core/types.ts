/** The types that pass between the stages: parse → read → judge → plan → act → record. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

/** One SageMaker API call, as CloudTrail recorded it. */
export interface ApiCall {
  readonly is: "call";
  readonly eventID: string;
  readonly eventName: string;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  readonly account: string;
  readonly region: string;
  /** Who called: an ARN where the record has one. Untrusted text. */
  readonly principal: string;
  /** Members in CloudTrail's spelling or the API's; `"omitted"` where CloudTrail left them out for size. */
  readonly request: JsonObject | "omitted";
  readonly response: JsonObject;
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
  readonly because: string;
}

export interface Malformed {
  readonly is: "malformed";
  readonly head: EventHead;
  readonly because: string;
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
  readonly because?: string;
}

export type Verdict = "compliant" | "non-compliant" | "undetermined" | "exempt" | "ignored" | "malformed";

/** A fact that the core needs and cannot know; a shell answers it, or says that it cannot. */
export type Question =
  | { readonly ask: "key"; readonly key: string; readonly account: string; readonly region: string }
  | {
      readonly ask: "describe";
      readonly operation: string;
      readonly input: Readonly<Record<string, string>>;
      readonly account: string;
      readonly region: string;
    };

export type Answer =
  | {
      readonly is: "key";
      readonly arn: string;
      readonly manager: "AWS" | "CUSTOMER";
      /** DescribeKey's KeyState. */
      readonly state: string;
    }
  | { readonly is: "described"; readonly output: JsonObject }
  /** `retryable`: asked again later it may be answered. */
  | { readonly is: "unknown"; readonly because: string; readonly retryable?: boolean };

export interface Resource {
  readonly kind: string;
  readonly name: string | null;
  readonly arn: string | null;
}

export interface Judgement {
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly because?: string;
  readonly settings: readonly SettingVerdict[];
  /** Open questions whose answers could change the verdict. */
  readonly questions: readonly Question[];
}

export type ActionName = "tag" | "notify" | "stop";
export type OutcomeIs = "planned" | "done" | "already-done" | "deferred" | "denied" | "failed" | "skipped";

export interface Outcome {
  readonly do: ActionName;
  readonly outcome: OutcomeIs;
  readonly because?: string;
}

/** The public contract: one JSON object per event. */
export interface Decision extends EventHead {
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly because?: string;
  readonly settings: readonly SettingVerdict[];
  readonly actions: readonly Outcome[];
}
