import type { Without } from "../../catalogue/condition.ts";
import type { WithoutData } from "../../catalogue/without-data/reasons.ts";

/**
 * A reason: a code, and the facts that its sentence needs. Programs decide by the code and the facts. Only
 * `lib/wording/reasons/say.ts` makes a sentence of them. The codes are a public contract (docs/reasons.md).
 *
 * This file is a table: a row for each code, in the order of docs/reasons.md. A test compares the two.
 */
export type Reason = { readonly [C in Code]: { readonly code: C } & Facts[C] }[Code];

export type Code = keyof Facts;

/** A reason without facts. */
type None = Readonly<Record<never, never>>;

/** The facts of each code. */
type Facts = EventFacts & ResourceFacts & SettingFacts & KeyFacts & BucketFacts & PlanFacts & OutcomeFacts & CheckFacts;

/** The reasons for an ignored or malformed event. */
interface EventFacts {
  readonly "not-an-object": None;
  readonly "detail-not-an-object": None;
  /** A CloudTrail record, an envelope or a state change lacks a member that it must have. */
  readonly "member-missing": { readonly of: "record" | "envelope" | "state change"; readonly member: string };
  readonly "other-source": { readonly source: string };
  readonly "other-detail-type": { readonly type: string };
  readonly "service-event": None;
  readonly "call-failed": { readonly errorCode: string };
  readonly "creates-nothing": None;
  readonly "no-parameters": None;
  readonly "request-not-an-object": None;
  readonly "not-an-account": { readonly account: string };
  readonly "not-a-region": { readonly region: string };
  readonly "not-in-service": { readonly status: string };
  readonly "takes-no-key": None;
  /** The operation is on the reviewed list of those without data at rest. */
  readonly "without-data": { readonly because: WithoutData };
  readonly "names-no-key": None;
  /** AWS has defined the pipeline or hub, so nobody in the account can give it a key. */
  readonly "defined-by-aws": { readonly arn: string };
}

/** The reasons why a resource as a whole is undetermined. */
interface ResourceFacts {
  readonly "unknown-operation": None;
  readonly "needs-one-of": { readonly paths: readonly string[] };
  readonly "reference-missing": None;
  readonly "not-in-record": { readonly lacks: Lacks };
  readonly "needs-describe": { readonly lacks: Lacks; readonly operation: string };
  readonly "describe-unanswered": {
    readonly lacks: Lacks;
    readonly operation: string;
    readonly answer: Reason;
  };
  readonly "needs-reference": { readonly path: string; readonly operation: string; readonly name: string };
  readonly "reference-unanswered": {
    readonly path: string;
    readonly operation: string;
    readonly name: string;
    readonly answer: Reason;
  };
  readonly "definition-not-json": None;
  readonly "definition-without-steps": None;
  readonly "definition-too-large": { readonly maxSteps: number };
  readonly "step-type-unknown": { readonly step: string; readonly type: string };
  readonly "exemption-unclear": { readonly exemption: string };
}

/**
 * The part that a record lacks: the settings, the settings that an update does not change, or a pipeline's definition.
 */
export type Lacks = "settings" | "unchanged-settings" | "definition";

type Types = readonly string[];

/** The reasons why a setting is not applicable, missing or undetermined. */
interface SettingFacts {
  readonly "depends-on": { readonly expression: string };
  /** A member in the API's spelling and in CloudTrail's, with different values. */
  readonly "both-spellings": { readonly member: string };
  readonly "unexpected-shape": { readonly path: string };
  readonly "not-required": None;
  readonly "member-absent": { readonly path: string };
  readonly "no-such-element": { readonly path: string };
  readonly "member-is": { readonly path: string; readonly value: string | boolean };
  readonly "member-is-not": { readonly path: string; readonly value: string | boolean };
  readonly "in-every-element": { readonly path: string };
  readonly serverless: None;
  readonly "serverless-job": { readonly lacks: "volume" | "nodes of its own" };
  readonly "no-s3-output": None;
  readonly "cluster-not-continuous": None;
  readonly "restricted-instance-group": None;
  readonly "deprecated-member": { readonly replacement: string };
  readonly "too-many-elements": { readonly path: string; readonly max: number };
  readonly "not-a-string": None;
  readonly "no-key": { readonly without: Without };
  readonly "named-by": { readonly path: string };
  readonly "held-by": { readonly path: string };
  /** Another service's resource has the key, and is not looked up. */
  readonly "held-by-service": { readonly path: string; readonly service: "EC2" };
  readonly "local-storage": { readonly instanceTypes: readonly string[] };
  readonly "instance-type-unknown": { readonly instanceTypes: readonly string[] };
  readonly "mixed-storage": { readonly local: readonly string[]; readonly ebs: readonly string[] };
  readonly "key-for-ebs-variants": { readonly local: Types; readonly ebs: Types; readonly unknown: Types };
  readonly "instance-type-alternatives": { readonly local: Types; readonly ebs: Types; readonly unknown: Types };
  readonly "not-looked-up": None;
}

/** The reasons for the verdict on a key. */
interface KeyFacts {
  readonly "key-unrecognised": None;
  readonly "key-of-other-partition": { readonly partition: string };
  readonly "key-denied": { readonly pattern: string };
  readonly "key-allowed": { readonly pattern: string };
  readonly "any-key-accepted": None;
  readonly "key-not-listed": None;
  readonly "customer-managed": { readonly by: "name" | "DescribeKey" };
  readonly "aws-managed": { readonly by: "name" | "DescribeKey" };
  readonly "needs-key": None;
  readonly "aliases-unknown": None;
  readonly "key-unusable": { readonly state: string };
  readonly "rotation-unknown": None;
  readonly "key-not-rotated": None;
  readonly "other-account": { readonly account: string };
  /** The policy's `keys.accounts` has the key's account, which has refused the look-up. */
  readonly "organisation-key": { readonly account: string; readonly answer: Reason };
}

/** The reasons for the verdict on a bucket. */
interface BucketFacts {
  readonly "not-s3": None;
  readonly "access-point": { readonly form: "ARN" | "alias" };
  readonly "not-a-bucket-name": { readonly name: string };
  readonly "directory-bucket": None;
  readonly "output-to-directory-bucket": None;
  readonly "needs-bucket": { readonly bucket: string };
  readonly "bucket-unanswered": { readonly bucket: string; readonly answer: Reason };
  readonly "bucket-under-s3-keys": { readonly bucket: string; readonly algorithm: string };
  readonly "bucket-default": { readonly bucket: string; readonly key: Reason };
  /** The request gives no key, so the bucket's default was judged instead. */
  readonly "bucket-for-missing-key": { readonly without: Without; readonly bucket: Reason };
}

/** The reasons why a planned action is skipped. */
interface PlanFacts {
  readonly "observe-mode": None;
  readonly "off-mode": None;
  readonly "out-of-scope": None;
  readonly "already-reported": None;
  /** Keyward has no adapter for the kind's service. */
  readonly "reported-only": { readonly kind: string };
  readonly "cannot-tag": { readonly kind: string };
  readonly "tags-of-group": None;
  readonly "cannot-stop": { readonly kind: string };
  readonly "cannot-stop-parent": { readonly kind: string };
  readonly "parent-takes-no-key": { readonly kind: string };
  readonly "name-missing": None;
  readonly "sweep-reports": None;
  /** The policy's `notify` puts the notice into the daily mail. `to`: the topic's name; null for the topic for users. */
  readonly "in-digest": { readonly to: string | null };
  readonly "notify-never": None;
  /** The policy's `stop-for` has none of these protected things, to which the violations belong. */
  readonly "stop-not-justified": { readonly protects: readonly string[] };
}

/** The reasons for the outcome of an action or a look-up. `aws-*`: an error from AWS or the network. */
interface OutcomeFacts {
  readonly "aws-denied": AwsError;
  readonly "aws-throttled": AwsError;
  /** No answer came. AWS may still have done the call. */
  readonly "aws-unanswered": AwsError;
  readonly "aws-unavailable": AwsError;
  readonly "aws-failed": AwsError;
  readonly "incomplete-answer": { readonly service: string; readonly lacks: string };
  /** An unexpected error: a bug. Its stack is in the log. */
  readonly fault: { readonly error: string };
  readonly gone: None;
  /** Not found, shortly after its creation. */
  readonly "not-found-yet": None;
  readonly "not-running": { readonly status: string };
  readonly "not-yet": { readonly status: string };
  readonly "warm-pool-not-yet": None;
  readonly "arn-name-not-found": None;
  readonly "arn-missing": None;
  readonly "limit-reached": { readonly stopsPerHour: number };
  readonly "principal-limit-reached": { readonly stopsPerHour: number };
  /** Other containers took slots of the same hour at the same time. */
  readonly "slots-busy": None;
  readonly "slot-unavailable": { readonly answer: Reason };
  readonly "ledger-unavailable": { readonly answer: Reason };
  /** The control object was there, and is not any more. */
  readonly "control-deleted": None;
  readonly "control-unreadable": { readonly answer: Reason };
  readonly "control-invalid": None;
  readonly "pushed-policy-unusable": { readonly version: string; readonly answer: Reason };
  readonly "policy-absent": None;
  readonly "policy-invalid": None;
  readonly "object-too-large": { readonly maxBytes: number };
  readonly "done-for-parent": { readonly eventID: string };
  /** Event `eventID` of the same cause has a mail. `count`: the events since then. */
  readonly "counted-for-cause": { readonly eventID: string; readonly count: number };
  /** Other events of the same cause were counted at the same time. */
  readonly "cause-busy": None;
  readonly "mail-unanswered": None;
  /** Two attempts to send a daily mail had no answer, or it could not be sent for days. `date`: the day that it is about. */
  readonly "daily-mail-unanswered": { readonly date: string };
  readonly "daily-mail-open": { readonly date: string };
  /** The topic that the policy's `notify` names, and that took the mail. */
  readonly "sent-to": { readonly to: string };
  /** The topic that the policy's `notify` names is not among the stack's. */
  readonly "topic-unknown": { readonly to: string };
  readonly "notified-before": None;
  readonly "denied-action": { readonly action: string; readonly answer: Reason };
  /** The reason why a message goes to the dead-letter queue. */
  readonly "gave-up": { readonly hours: number; readonly open: readonly Reason[] };
  readonly "action-open": { readonly action: string; readonly outcome: string; readonly answer: Reason | null };
  readonly "other-delivery": None;
}

interface AwsError {
  /** The error's name, such as ThrottlingException. */
  readonly error: string;
  /** AWS's message. It may contain text from the caller. */
  readonly message: string;
}

/** The reasons in a check of a file, whose resources do not exist yet. */
interface CheckFacts {
  /** The answer needs a look-up in the account. */
  readonly "needs-account": { readonly ask: "key" | "bucket" | "describe" };
  /** The resource has no settings of its own: an endpoint has those of its configuration. */
  readonly "refers-to-another": None;
  readonly "made-by-file": None;
  readonly "made-by-file-without-arn": None;
  /** A data source of a Terraform plan knows the key. */
  readonly "read-by-file": { readonly source: string };
  /** The expression's longest reference; null if the plan does not tell it. */
  readonly "known-after-apply": { readonly expression: string | null };
  readonly "dynamic-block": { readonly attribute: string };
  readonly "parameter-open": { readonly name: string };
  /** In a combination of conditions in which it has not its default. */
  readonly "parameter-other": { readonly name: string };
  readonly "parameter-stored": { readonly name: string };
  /** A reference or an attribute, in the template's form. */
  readonly "reference-open": { readonly expression: string };
  /** The name of the condition; null if it is not plain text. */
  readonly conditional: { readonly condition: string | null };
  /** The name of the export; null if it is not plain text. */
  readonly "import-open": { readonly export: string | null };
  readonly "intrinsic-open": { readonly function: string };
  readonly "not-substitutable": { readonly expression: string };
  /** An expression of a state machine, which has its value when the state runs. */
  readonly "known-at-run": { readonly expression: string };
  /** A placeholder that another tool replaces before the call. */
  readonly "placeholder-open": { readonly expression: string };
  /** The text that should hold a request, or a state machine's definition. */
  readonly "call-text-not-json": None;
}
