import type { Reason } from "../../core/model/reason.ts";
import type { JsonObject } from "../../core/model/types.ts";
import type { DocumentPath } from "./document-path.ts";

/** A place in a request whose value the file does not fix: it is known on deployment only. */
export interface OpenPlace {
  /** API spelling with concrete indexes, within the request; empty for the whole request. */
  readonly path: string;
  readonly reason: Reason;
  /** The function or reference that is not known. */
  readonly expression: string;
}

/** One thing in a file that can be judged like the call that would create it. */
export interface CheckSubject {
  /** The name by which a reader finds it in the file: a logical id, or the file's own name. */
  readonly name: string;
  /** CloudFormation's resource type, or the form of the file. */
  readonly type: string;
  /** The path of the whole subject in the document. */
  readonly at: DocumentPath;
  /** The path in the document at which the paths of the settings begin. */
  readonly settingsAt: DocumentPath;
  readonly operation: string;
  readonly request: JsonObject;
  readonly openPlaces: readonly OpenPlace[];
  /**
   * The keys that the same file creates. The request holds a generated name for each, because none has an ARN yet; the
   * value is the text that the file has for it.
   */
  readonly ownKeys: ReadonlyMap<string, string>;
}
