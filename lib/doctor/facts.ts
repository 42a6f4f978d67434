import type { Control } from "../control/control-object.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Mode } from "../policy/mode.ts";
import type { PolicyDocument } from "./policy-document.ts";

/** AWS's answer to one question, or the reason why there is none. */
export type Fact<T> =
  | { readonly is: "known"; readonly value: T }
  /** AWS says that there is no such resource. */
  | { readonly is: "absent" }
  | NotKnown;

/** `action`: the IAM action of the call. `denied`: the caller may not do it. */
export interface NotKnown {
  readonly is: "denied" | "failed";
  readonly action: string;
  readonly reason: Reason;
}

/** Everything that the checks judge. Times are AWS's own, but for `now`. */
export interface Facts {
  readonly now: Date;
  readonly place: Place;
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: readonly StackResource[];
  readonly trails: Fact<readonly Trail[]>;
  readonly rules: readonly Rule[];
  readonly queue: Fact<Queue>;
  readonly deadLetters: Fact<Queue>;
  readonly key: Key;
  readonly mapping: Fact<Mapping>;
  readonly functions: readonly LambdaFunction[];
  readonly topics: readonly Topic[];
  readonly alarms: Fact<readonly Alarm[]>;
  readonly activity: Fact<Activity>;
  readonly control: Fact<InForce>;
  readonly permissions: readonly RolePermissions[];
  readonly ledger: Ledger;
  readonly schedules: { readonly sweep: Fact<Schedule>; readonly daily: Fact<Schedule> };
}

export interface Schedule {
  readonly state: string;
  /** The ARN of what it starts. */
  readonly target: string;
}

export interface Place {
  readonly stack: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

/** A resource of the stack: its logical and physical ids (CloudFormation, ListStackResources). */
export interface StackResource {
  readonly id: string;
  readonly type: string;
  readonly physicalId: string;
  readonly updatedAt: Date;
}

export interface Trail {
  readonly name: string;
  readonly logging: Fact<boolean>;
  readonly selectors: Fact<Selectors>;
}

/** The two forms of event selectors; a trail has one of them. */
export interface Selectors {
  readonly basic: readonly BasicSelector[];
  readonly advanced: readonly (readonly FieldSelector[])[];
}

export interface BasicSelector {
  readonly readWrite: string;
  readonly management: boolean;
  readonly excludedSources: readonly string[];
}

/** The members are as in CloudTrail's API. */
export interface FieldSelector {
  readonly Field: string;
  readonly Equals?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly NotStartsWith?: readonly string[];
  readonly EndsWith?: readonly string[];
  readonly NotEndsWith?: readonly string[];
}

export interface Rule {
  readonly name: string;
  readonly state: Fact<string>;
  /** The ARNs of its targets. */
  readonly targets: Fact<readonly string[]>;
}

export interface Queue {
  readonly url: string;
  readonly arn: string;
  readonly policy: PolicyDocument | undefined;
  readonly waiting: number;
}

export interface Key {
  readonly arn: string;
  /** `Enabled`, `PendingDeletion`, … (KMS, KeyState). */
  readonly state: Fact<string>;
  readonly policy: Fact<PolicyDocument>;
}

export interface Mapping {
  readonly id: string;
  readonly state: string;
  readonly lastResult: string;
}

export interface LambdaFunction {
  readonly name: string;
  readonly status: Fact<{ readonly state: string; readonly lastUpdate: string; readonly because: string }>;
  /** Undefined where no concurrency is reserved. */
  readonly reserved: Fact<number | undefined>;
}

export interface Topic {
  readonly of: "users" | "operators";
  readonly arn: string;
  /** The address that the stack's parameter names; empty for none. */
  readonly email: string;
  readonly subscriptions: Fact<readonly Subscription[]>;
}

export interface Subscription {
  readonly endpoint: string;
  readonly protocol: string;
  readonly confirmed: boolean;
}

export interface Alarm {
  readonly name: string;
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
  readonly state: string;
  readonly because: string;
}

/** The newest times in the last two weeks at which something was counted; undefined for none. */
export interface Activity {
  /** The function handled an event (metric `Events` of Keyward). */
  readonly handled: Date | undefined;
  /** A rule of the stack matched an event. */
  readonly matched: Date | undefined;
  /** The sweep was started. */
  readonly swept: Date | undefined;
  /** The age of the oldest message in the queue, in seconds. */
  readonly oldestSeconds: number | undefined;
}

/** The control object, and the pushed policy that it names. */
export interface InForce {
  readonly control: Control | undefined;
  readonly policy: Fact<{ readonly mode: Mode }> | undefined;
  /** Why the control object cannot be used. */
  readonly fault?: Reason;
  /** Why the policy that it names cannot be used. */
  readonly policyFault?: Reason;
}

export interface RolePermissions {
  readonly role: string;
  readonly denied: Fact<readonly Denied[]>;
}

export interface Denied {
  readonly action: string;
  readonly resource: string;
  readonly by: "boundary" | "organization" | "policies";
}

export interface Ledger {
  readonly bucket: string;
  /** Whether the bucket is one of the account's. */
  readonly own: Fact<boolean>;
  readonly encryption: Fact<{ readonly algorithm: string; readonly key: string | undefined }>;
  readonly publicBlocked: Fact<boolean>;
  readonly versioned: Fact<boolean>;
  /** The days of its default retention; undefined without Object Lock. */
  readonly lockDays: Fact<number | undefined>;
}
