import type { JsonObject } from "../../core/model/json.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { UnresolvedPlace } from "../model/subject.ts";

/** A call of SageMaker's API that another document holds: a state machine, or the target of a schedule. */
export interface HeldCall {
  /** The name of the state; undefined where the holder makes this call only. */
  readonly name: string | undefined;
  /** Where it is in its holder: `States.Train`; empty where the holder makes this call only. */
  readonly place: string;
  /** The path of the call in its holder. */
  readonly at: DocumentPath;
  /** The catalogue's name of the operation. */
  readonly operation: string;
  readonly request: JsonObject;
  /** Their paths are within the request. */
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /** Finds a setting, by its path in API spelling, in the holder. */
  readonly settingAt: (path: string) => DocumentPath;
}

/** The calls of one holder. */
export interface HeldCalls {
  readonly calls: readonly HeldCall[];
  /** The holder has a text that cannot be read, so it may make calls that are not here. */
  readonly isUnread: boolean;
}

/** Reads the calls of a resource from its resolved properties, in CloudFormation's spelling. */
export type CallReader = (properties: JsonObject, unresolvedPlaces: readonly UnresolvedPlace[]) => HeldCalls;
