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

/** A resource in a file, as the request of the call that would create it. */
export interface CheckSubject {
  /** The name for the reader: the logical id in a template, else the file's name. */
  readonly name: string;
  /** The resource type in CloudFormation, or the form of the file. */
  readonly type: string;
  /** The path of the whole subject in the document. */
  readonly at: DocumentPath;
  /** Where it is, for a program: `Resources.Name` in a template, an address in a plan, else the document's own name. */
  readonly place: string;
  /** Finds a setting by its path, in API spelling. */
  readonly settingAt: (path: string) => SettingPlace;
  /** True for a setting that the file can give. Absent: every setting of the operation is judged. */
  readonly judges?: (path: string) => boolean;
  readonly operation: string;
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /**
   * The keys that the file knows, by the name that the request has. A key that the file creates has no ARN yet, so this
   * name is a generated one.
   */
  readonly ownKeys: ReadonlyMap<string, FileKey>;
}
