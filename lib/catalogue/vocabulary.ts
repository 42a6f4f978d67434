import type { Protects } from "./protects.ts";

/**
 * The closed vocabulary that the catalogue's rows are written in. `lib/core/read/read-settings.ts` is its only interpreter.
 *
 * Paths are in API spelling, as in the SDK (`ResourceConfig.VolumeKmsKeyId`); `[]` stands for each element of a list.
 * A condition whose path shares `[]` prefixes with its setting's path is asked of the same elements.
 */
export type Condition = {
  readonly path: string;
  /** Why the setting does not apply where the condition does not hold; made from the condition where absent. */
  readonly otherwise?: NotApplicable;
} & (
  | { readonly is: "present" }
  | { readonly is: "equals"; readonly value: string | boolean }
  | { readonly is: "not"; readonly value: string | boolean }
  /** Holds unless the list has elements and every one of them has the member. */
  | { readonly is: "lacking-in-some" }
);

/** Reasons why a setting does not apply that a condition alone does not tell (`Reason` has all of them). */
export type NotApplicable =
  /** Every variant is serverless and has no volume. */
  | { readonly code: "serverless" }
  | { readonly code: "serverless-job"; readonly lacks: "volume" | "nodes of its own" }
  | { readonly code: "no-s3-output" }
  | { readonly code: "deprecated-member"; readonly replacement: string };

/** What SageMaker does when no key is given (Developer Guide, "Protect Data at Rest Using Encryption"). */
export type Without =
  | "transient-key"
  | "notebook-system-managed-key"
  | "aws-managed-s3"
  | "undocumented-s3"
  | "aws-owned-key"
  | "aws-managed-key"
  | "studio-default"
  | "undocumented"
  | "plaintext-between-nodes";

/** Where a request names places in S3 (`s3://bucket/prefix`): paths as in a setting. Source: API Reference. */
export interface Locations {
  /** Written under a key that the request can name. */
  readonly output?: readonly string[];
  /** Written, or read and written, with no key member at all: the bucket's default encryption is all there is. */
  readonly unkeyed?: readonly string[];
  /** Only read. */
  readonly input?: readonly string[];
}

/**
 * Where a row's facts come from when the SDK does not have them yet: AWS's API Reference. Such a row is judged and
 * reported. Its resource is not described, stopped or listed, because the SDK has no command for that.
 */
export type Source = "reference";

export interface Setting {
  readonly path: string;
  readonly protects: Protects;
  /** All must hold, or the setting is not applicable. */
  readonly when?: readonly Condition[];
  /** The instance types that the key's volumes sit on; those with local storage rule a key out. */
  readonly instanceTypes?: readonly string[];
  /**
   * What to say where some instance types rule a key out and others do not: `split` when the resource can be split so
   * that the rest gets its key (endpoint configs have one key for all variants), else nothing is known and it is left open.
   */
  readonly mixed?: "split";
  /** Only list elements for which this member is true (or, with `false`, is not true) count; none at all is a missing key. */
  readonly element?: { readonly path: string; readonly is: boolean; readonly required: boolean };
  /** Another member of the same request that may hold the key instead. */
  readonly twin?: string;
  /** When this member is present the setting is held elsewhere, so its absence here proves nothing. */
  readonly elsewhere?: string;
  readonly without: Without;
  /** Where Describe returns it, if not under `path`; `null` where it does not. */
  readonly describedAt?: string | null;
  /** The policy's `notebooks.on-local-storage` says whether local storage exempts it. */
  readonly localStorage?: "policy";
  /** The IAM condition key that can demand it beforehand (Service Authorization Reference). */
  readonly conditionKey?: string;
}

/** What a request names and does not hold: a Describe tells. References are followed in their order, each at most once. */
export interface Reference {
  /** The member, of what has been read so far, that names it. */
  readonly at: string;
  /** Only where this holds as well. */
  readonly when?: Condition;
  readonly describe: string;
  /** The member of Describe's input that the name goes to. */
  readonly as: string;
  /** The settings that stand there; none where it only leads further. */
  readonly settings: readonly Setting[];
}

export interface Operation {
  readonly operation: string;
  readonly kind: string;
  /** The request's member that names the resource. */
  readonly name: string;
  /** An update that leaves what it does not mention unchanged: an absent member is answered by Describe alone. */
  readonly partial?: true;
  /** At least one of these must be in the request for its settings to be known. */
  readonly oneOf?: readonly string[];
  readonly settings: readonly Setting[];
  readonly refersTo?: readonly Reference[];
  /** The member that holds a pipeline's definition, whose steps are judged each by its own operation's settings. */
  readonly definition?: string;
  /** Where its request names places in S3. */
  readonly locations?: Locations;
  readonly source?: Source;
}

/** A call that carries no key but brings one into use: Describe tells, by the settings of the operation named. */
export interface FollowedOperation {
  readonly operation: string;
  readonly kind: string;
  readonly name: string;
  readonly settingsOf: string;
}

/** What is true of a kind of resource, whichever operation it was met in. */
export interface Kind {
  readonly kind: string;
  /** As a person would say it: "training job". */
  readonly noun: string;
  /** With `reference`, Describe is not called; `arn` still names the member of the response that holds the ARN. */
  readonly source?: Source;
  /** The resource's type in its ARN, where it is not the kind's name; may hold `*` (Service Authorization Reference). */
  readonly arnType?: string;
  /** `input`: each member of Describe's input with the members of the request or response that can fill it, in order. */
  readonly describe: {
    readonly operation: string;
    readonly input: Readonly<Record<string, readonly string[]>>;
    /** Members of its input that are given where they are known. */
    readonly optional?: Readonly<Record<string, readonly string[]>>;
    readonly arn: string;
    readonly status?: string;
  };
  readonly stop?: {
    readonly operation: string;
    readonly input: string;
    /** Statuses in which it runs and can be stopped. */
    readonly from: readonly string[];
    /** Statuses that pass by themselves into one of `from`. */
    readonly later: readonly string[];
  };
  /** `unless`: the request's member whose presence rules tags out, because it names a group that holds the tags. */
  readonly taggable: boolean | { readonly unless: string };
  /** The data that lies on the volume, by mount point. */
  readonly mounts?: readonly string[];
  /** What stopping it leaves and what it loses, as sentences. */
  readonly stopping?: { readonly keeps: string; readonly loses: string };
  /** How to get it right, as a sentence: whether its key can be changed in place. */
  readonly rekey: string;
  /** Members of Describe's answer that name what started it, by the kind of that. */
  readonly parents?: Readonly<Record<string, string>>;
}

/** How a sweep finds what exists of a kind: as few pages as the service's own filters allow. */
export interface Listing {
  readonly kind: string;
  /** The operation that made it, by whose settings it is judged. */
  readonly operation: string;
  readonly list: string;
  /** The member of List's answer that holds the summaries. */
  readonly items: string;
  /** One listing for each of these, added to its input; what has ended is not asked for. */
  readonly filters?: readonly Readonly<Record<string, string>>[];
  /** Statuses that count, where List has no filter for them. */
  readonly statuses?: readonly string[];
}
