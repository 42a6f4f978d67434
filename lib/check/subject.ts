import type { JsonObject } from "../core/model/types.ts";

/** The members and indexes that lead to a place in a document. */
export type Steps = readonly (string | number)[];

/** A place whose value a file leaves open until it is put to use. */
export interface Doubt {
  /** API spelling with concrete indexes, within the request; empty for the whole. */
  readonly path: string;
  readonly because: string;
}

/** One thing in a file that can be judged like the call that would create it. */
export interface CheckSubject {
  /** What a reader would look for in the file: a logical id, or the file's own name. */
  readonly name: string;
  /** A resource type of CloudFormation's, or what kind of file it is. */
  readonly type: string;
  /** Where it stands. */
  readonly at: Steps;
  /** Where the settings' paths begin. */
  readonly inside: Steps;
  readonly operation: string;
  readonly request: JsonObject;
  readonly doubts: readonly Doubt[];
  /** Keys that the same file makes, by what stands for them in the request; the value is how the file writes them. */
  readonly keys: ReadonlyMap<string, string>;
}
