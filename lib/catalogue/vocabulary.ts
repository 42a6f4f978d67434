import type { Condition, NotApplicable, Without } from "./condition.ts";
import type { Page } from "./pages/pages.ts";
import type { Protects } from "./protects.ts";

/**
 * The closed vocabulary of the catalogue's rows. `lib/core/read/read-settings.ts` is its only interpreter.
 *
 * Paths are in API spelling, as in the SDK (`ResourceConfig.VolumeKmsKeyId`); `[]` means each element of a list.
 */

/** The paths of a request's S3 locations (`s3://bucket/prefix`), as in a setting. Source: API Reference. */
export interface Locations {
  /** Locations that are written under a key that the request can name. */
  readonly output?: readonly string[];
  /**
   * Locations that are written, or read and written, without a key member: only the bucket's default encryption
   * applies.
   */
  readonly unkeyed?: readonly string[];
  /** Locations that are only read. */
  readonly input?: readonly string[];
  /** Nothing is written to one of these paths where its condition does not hold. */
  readonly when?: Readonly<Record<string, Condition>>;
}

/**
 * Instance types of which SageMaker chooses one, read where `instanceTypes` names none. Only all of them together show
 * whether SageMaker accepts the key.
 */
export interface Alternatives {
  readonly types: readonly string[];
  /** Where Describe returns the type that was chosen. */
  readonly selected?: string;
}

/**
 * Where a row's facts come from when the SDK does not have them yet: AWS's API Reference. Such a row is judged and
 * reported. Its resource is not described, stopped or listed, because the SDK has no command for that.
 */
export type Source = "reference";

export interface Setting {
  readonly path: string;
  readonly protects: Protects;
  /** All must be true, or the setting does not apply. */
  readonly when?: readonly Condition[];
  /** The instance types of the key's volumes; SageMaker accepts no key for those with local storage. */
  readonly instanceTypes?: readonly string[];
  readonly alternatives?: Alternatives;
  /**
   * The verdict where some instance types have EBS volumes, and others have local storage or are not known. `key`:
   * SageMaker accepts a key, which encrypts the EBS volumes (API Reference of CreateEndpointConfig). Without it the
   * setting is undetermined.
   */
  readonly mixed?: "key";
  /** A key that is given is judged although `when` is not true: `when` only excuses a missing key. */
  readonly ifGiven?: "judged";
  /** SageMaker accepts no key here, so no key is missing. */
  readonly takesNone?: NotApplicable;
  /**
   * Only list elements whose member is true (or, with `false`, is not true) count. If no element counts, the key is
   * missing.
   */
  readonly element?: { readonly path: string; readonly is: boolean; readonly required: boolean };
  /** Another member of the same request that may hold the key instead. */
  readonly twin?: string;
  /** If this member is present, another resource has the setting, so its absence here is no finding. */
  readonly elsewhere?: string;
  readonly without: Without;
  /** The path in Describe's answer, if it is not `path`; `null` if Describe does not return it. */
  readonly describedAt?: string | null;
  /** Conditions in addition to `when` that need Describe's answer, because an update may omit their members. */
  readonly describedWhen?: readonly Condition[];
  /** The policy's `notebooks.on-local-storage` says whether local storage exempts it. */
  readonly localStorage?: "policy";
  /** The policy's `endpoints.on-serverless` says whether a key is required although there is no volume. */
  readonly serverless?: "policy";
  /** The IAM condition key that can require it before the call (Service Authorization Reference). */
  readonly conditionKey?: string;
  /** AWS's page that the setting's facts are from, where it is not the API Reference's page of the operation. */
  readonly page?: Page;
}

/**
 * A resource that a request names, and whose Describe returns settings. References are followed in order, each at most
 * once.
 */
export interface Reference {
  /** The member that names the resource, in the request or in an earlier Describe's answer. */
  readonly at: string;
  /** A further condition. */
  readonly when?: Condition;
  readonly describe: string;
  /** The member of Describe's input for the name. */
  readonly as: string;
  /** The settings in the answer; empty if the answer only names the next resource. */
  readonly settings: readonly Setting[];
}

export interface Operation {
  /** Its name in the API; before it the service and a colon, where that is not SageMaker itself (`services.ts`). */
  readonly operation: string;
  readonly kind: string;
  /** The request's member that names the resource. */
  readonly name: string;
  /** An update leaves absent members unchanged, so only Describe returns their values. */
  readonly partial?: true;
  /** At least one of these must be in the request for its settings to be known. */
  readonly oneOf?: readonly string[];
  /** The caller cannot give the key: the response has the key in use. Both the request and the response are read. */
  readonly readsResponse?: true;
  readonly settings: readonly Setting[];
  readonly refersTo?: readonly Reference[];
  /** The member whose ARN names the owner of the definition. It is AWS where the ARN's account is `aws`. */
  readonly definedBy?: string;
  /** The member that names a resource of another service, which has the key. */
  readonly heldBy?: { readonly path: string; readonly protects: Protects; readonly service: "EC2" };
  /** The member with a pipeline's definition. Each step is judged by the settings of its own operation. */
  readonly definition?: string;
  /** The S3 locations of the request. */
  readonly locations?: Locations;
  readonly source?: Source;
}

/** A call without a key that uses a resource with one. Describe's answer is judged by the settings of `settingsOf`. */
export interface FollowedOperation {
  readonly operation: string;
  readonly kind: string;
  readonly name: string;
  readonly settingsOf: string;
}

/** The facts of a kind of resource, independent of the operation. */
export interface Kind {
  readonly kind: string;
  /** The kind in words: "training job". */
  readonly noun: string;
  /** AWS's page that the kind's facts are from; those of a setting have a page of their own. */
  readonly page: Page;
  /** With `reference`, Describe is not called; `arn` still names the member of the response that holds the ARN. */
  readonly source?: Source;
  /** Keyward has no adapter for its service: it is judged and reported, and not described, tagged, stopped or listed. */
  readonly actsOn?: false;
  /**
   * The resource's type in its ARN, where it is not the kind's name; may hold `*` (Service Authorization Reference).
   */
  readonly arnType?: string;
  /**
   * `input`: each member of Describe's input with the members of the request or response that can fill it, in order.
   */
  readonly describe: {
    readonly operation: string;
    readonly input: Readonly<Record<string, readonly string[]>>;
    /** Optional members of Describe's input. */
    readonly optional?: Readonly<Record<string, readonly string[]>>;
    readonly arn: string;
    readonly status?: string;
  };
  readonly stop?: {
    readonly operation: string;
    readonly input: string;
    /** Statuses in which the resource can be stopped. */
    readonly from: readonly string[];
    /** Statuses that change into one of `from` without a call. */
    readonly later: readonly string[];
  };
  /** `unless`: the member of the request that excludes tags, because it names a group that has the tags. */
  readonly taggable: boolean | { readonly unless: string };
  /** The mount points of the data on the volume. */
  readonly mounts?: readonly string[];
  /** The data that a stop keeps and the data that it loses, as sentences. */
  readonly stopping?: { readonly keeps: string; readonly loses: string };
  /** How to fix it, as a sentence: whether the key can be changed in place. */
  readonly rekey: string;
  /** The same, where the request names another resource that has the key. */
  readonly rekeyOfHolder?: string;
  /** Members of Describe's answer that name the parent, by the parent's kind. */
  readonly parents?: Readonly<Record<string, string>>;
  /**
   * Kinds of parent whose request has no member for the keys of its children. A child's missing key does not stop them.
   */
  readonly keylessParents?: readonly string[];
}

/** The List operation for a kind, with the filters that make the fewest pages. */
export interface Listing {
  readonly kind: string;
  /** The operation that created the resources, whose settings they are judged by. */
  readonly operation: string;
  readonly list: string;
  /** The member of List's answer that holds the summaries. */
  readonly items: string;
  /** One listing for each of these filters, which are added to List's input. Ended resources are not listed. */
  readonly filters?: readonly Readonly<Record<string, string>>[];
  /** The statuses that count, if List has no filter for them. */
  readonly statuses?: readonly string[];
}
