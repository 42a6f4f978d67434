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

/** A resource in a file, as the request of the call that would create it. */
export interface CheckSubject {
  /** The name for the reader: the logical id in a template, else the file's name. */
  readonly name: string;
  /** The resource type in CloudFormation, or the form of the file. */
  readonly type: string;
  /** The path of the whole subject in the document. */
  readonly at: DocumentPath;
  /** The path in the document at which the paths of the settings begin. */
  readonly settingsAt: DocumentPath;
  readonly operation: string;
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /**
   * The keys that the same file creates. A key has no ARN yet, so the request has a generated name for it. Maps this
   * name to the text in the file.
   */
  readonly ownKeys: ReadonlyMap<string, string>;
}
