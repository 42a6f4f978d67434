import { defined } from "../../core/model/defined.ts";
import type { JsonObject } from "../../core/model/json.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { CheckSubject, SubjectRequest, UnresolvedPlace } from "../model/subject.ts";
import type { CallReader, HeldCall } from "./call.ts";
import { scheduleCalls } from "./schedule-calls.ts";
import { stateMachineCalls } from "./state-machine-calls.ts";

const readers = new Map<string, CallReader>([
  ["AWS::Scheduler::Schedule", scheduleCalls],
  ["AWS::Serverless::StateMachine", stateMachineCalls],
  ["AWS::StepFunctions::StateMachine", stateMachineCalls],
]);

/** The reader for a resource type of CloudFormation that makes calls itself; undefined for other types. */
export const callReaderOf = (type: string): CallReader | undefined => readers.get(type);

/** A resource that makes SageMaker's calls: a state machine or a schedule. */
export interface CallHolder {
  /** Its name for the reader: a logical id, an address. */
  readonly name: string;
  /** Its resource type, or the form of its file. */
  readonly type: string;
  /** Where it is, for a program. The places of its calls begin with it. */
  readonly place: string;
  /** Its path in the document. */
  readonly at: DocumentPath;
}

/** The resolved properties of a holder, under the circumstances in which they hold. */
export interface HolderProperties extends Pick<SubjectRequest, "under" | "ownKeys"> {
  readonly properties: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /** Where they are in the document: a path within the properties becomes a path of the document. */
  readonly propertyAt: (path: DocumentPath) => DocumentPath;
  /** The file's own spelling of a path within the properties, where it is not CloudFormation's. */
  readonly attributeAt?: (path: DocumentPath) => string;
}

/** The properties of a holder in a file that knows all its values. */
export const onlyProperties = (
  properties: JsonObject,
  propertyAt: HolderProperties["propertyAt"],
): HolderProperties => ({ under: [], ownKeys: new Map(), unresolvedPlaces: [], properties, propertyAt });

export interface CallSubjects {
  readonly subjects: readonly CheckSubject[];
  /** A text of the holder cannot be read under some circumstances. */
  readonly isUnread: boolean;
}

/**
 * The calls of a holder as subjects: one for each place and operation, with a request for each of the circumstances under
 * which it is made.
 */
export function callSubjects(holder: CallHolder, read: CallReader, all: readonly HolderProperties[]): CallSubjects {
  const subjects = new Map<string, CheckSubject>();
  let isUnread = false;
  for (const one of all) {
    const held = read(one.properties, one.unresolvedPlaces);
    isUnread ||= held.isUnread;
    for (const call of held.calls) {
      const id = JSON.stringify([call.place, call.operation]);
      const subject = subjects.get(id) ?? toSubject(holder, call, one);
      subjects.set(id, { ...subject, requests: [...subject.requests, requestOf(call, one)] });
    }
  }
  return { subjects: [...subjects.values()], isUnread };
}

const toSubject = (
  { name, type, place, at }: CallHolder,
  call: HeldCall,
  { propertyAt }: HolderProperties,
): CheckSubject => ({
  name: call.name ?? name,
  type,
  at: call.at.length === 0 ? at : propertyAt(call.at),
  place: [place, call.place].filter((part) => part !== "").join("."),
  operation: call.operation,
  requests: [],
});

const requestOf = (
  { request, unresolvedPlaces, settingAt }: HeldCall,
  { under, ownKeys, propertyAt, attributeAt }: HolderProperties,
): SubjectRequest => ({
  under,
  request,
  unresolvedPlaces,
  ownKeys,
  settingAt: (path) => {
    const inner = settingAt(path);
    return { at: propertyAt(inner), ...defined({ attribute: attributeAt?.(inner) }) };
  },
});
