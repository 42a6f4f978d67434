import { defined } from "../../core/model/defined.ts";
import type { JsonObject } from "../../core/model/json.ts";
import type { Reason } from "../../core/model/reason.ts";
import {
  type CallHolder,
  type CallSubjects,
  callReaderOf,
  callSubjects,
  type HolderProperties,
  onlyProperties,
} from "../calls/call-subjects.ts";
import { placeOf } from "../calls/state-machine.ts";
import { unknownRequest, unresolvedRequest } from "../calls/unresolved-request.ts";
import { settingsFrom } from "../model/document-path.ts";
import type { CheckSubject, FileKey } from "../model/subject.ts";
import { asRequest } from "./as-request.ts";
import { cloudFormationType } from "./types.ts";

/** A resource as Cloud Control API takes it: a type of CloudFormation, and the properties as one JSON text. */
export interface DesiredState {
  readonly typeName: string;
  readonly properties: DesiredProperties;
  readonly name: string;
  readonly place: string;
  readonly at: CallHolder["at"];
  /** The path of the text in the document. */
  readonly stateAt: CallHolder["at"];
  /** The file's own name of the text, where it names the attributes of its findings. */
  readonly attribute?: string;
  readonly ownKeys: ReadonlyMap<string, FileKey>;
}

/** The properties, or the reason why they are not known. */
export type DesiredProperties =
  | { readonly is: "known"; readonly properties: JsonObject }
  | { readonly is: "unknown"; readonly reason: Reason };

/** The subjects of a desired state: the resource itself, or the calls of a state machine or a schedule. */
export function desiredSubjects(state: DesiredState): CallSubjects {
  const { typeName, properties, name, place, at, stateAt, attribute, ownKeys } = state;
  const reader = callReaderOf(typeName);
  if (reader === undefined) {
    const subjects = typeName.startsWith("AWS::SageMaker::") ? [toSubject(state)] : [];
    return { subjects, isUnread: false };
  }
  if (properties.is === "unknown") return { subjects: [], isUnread: true };
  const holder: CallHolder = { name, type: typeName, at, place };
  const known: HolderProperties = {
    ...onlyProperties(properties.properties, (path) => [...stateAt, ...path]),
    ownKeys,
    ...defined({
      attributeAt: attribute === undefined ? undefined : (path: CallHolder["at"]) => placeOf([attribute, ...path]),
    }),
  };
  return callSubjects(holder, reader, [known]);
}

function toSubject({ typeName, properties, name, place, at, stateAt, attribute, ownKeys }: DesiredState): CheckSubject {
  const row = cloudFormationType(typeName);
  const { request, unresolvedPlaces } =
    properties.is === "unknown"
      ? unknownRequest("", properties.reason)
      : unresolvedRequest(properties.properties, "none", () => undefined);
  return {
    name,
    type: typeName,
    at,
    place,
    operation: row.operation,
    requests: [
      {
        under: [],
        ...asRequest(request, unresolvedPlaces, row),
        ownKeys,
        settingAt: (path) => ({
          ...settingsFrom([...stateAt, ...(row.settingsIn?.split(".") ?? [])])(path),
          ...defined({ attribute: attribute === undefined ? undefined : `${attribute}.${path}` }),
        }),
      },
    ],
  };
}
