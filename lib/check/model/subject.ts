import type { JsonObject } from "../../core/model/json.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { DocumentPath } from "./document-path.ts";

/** A place in a request whose value is not known before the deployment. */
export interface UnresolvedPlace {
  /** API spelling with concrete indexes, within the request; empty for the whole request. */
  readonly path: string;
  readonly reason: Reason;
  /** The function or reference at this place. */
  readonly expression: string;
  /** The policy's lists can still decide: only the account or the Region of an alias is not known. */
  readonly isListable?: true;
}

/** A setting in a document. */
export interface SettingPlace {
  readonly at: DocumentPath;
  /** The file's own spelling of the path, where it is not the API's. */
  readonly attribute?: string;
}

/** A key that the file creates, or of which it knows the owner. */
export interface FileKey {
  /** The file's text for the key. */
  readonly written: string;
  readonly by: "created" | "read";
  /** Present where the file knows them: a key that is still to be created has no ARN. */
  readonly arn?: string;
  readonly manager?: "AWS" | "CUSTOMER";
}

/** Something on which a request depends: a condition of a template, a parameter, or the file that gives the parameters. */
export type Circumstance =
  | { readonly condition: string; readonly is: boolean }
  | { readonly parameter: string; readonly is: string }
  /** Any value but these, which the template names. */
  | { readonly parameter: string; readonly isNot: readonly string[] }
  | { readonly parameters: string };

/** The request of the call that would create a resource, under the given circumstances. */
export interface SubjectRequest {
  /** What must hold for this request; empty if the file makes no other one. */
  readonly under: readonly Circumstance[];
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /**
   * The keys that the file knows, by the name that the request has. A key that the file creates has no ARN yet, so this
   * name is a generated one.
   */
  readonly ownKeys: ReadonlyMap<string, FileKey>;
  /** Finds a setting by its path, in API spelling. */
  readonly settingAt: (path: string) => SettingPlace;
}

/** A resource in a file. */
export interface CheckSubject {
  /** The name for the reader: the logical id in a template, else the file's name. */
  readonly name: string;
  /** The resource type in CloudFormation, or the form of the file. */
  readonly type: string;
  /** The path of the whole subject in the document. */
  readonly at: DocumentPath;
  /** Where it is, for a program: `Resources.Name` in a template, an address in a plan, else the document's own name. */
  readonly place: string;
  /** True for a setting that the file can give. Absent: every setting of the operation is judged. */
  readonly judges?: (path: string) => boolean;
  readonly operation: string;
  /** At least one: more, where the file makes another request under other circumstances. */
  readonly requests: readonly SubjectRequest[];
}

/** The request of a file that makes only one, and knows all its values. */
export const onlyRequest = (request: JsonObject, settingAt: SubjectRequest["settingAt"]): SubjectRequest[] => [
  { under: [], request, unresolvedPlaces: [], ownKeys: new Map(), settingAt },
];
