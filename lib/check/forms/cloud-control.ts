import { basename } from "node:path";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { parseCallText } from "../calls/call-text.ts";
import { desiredSubjects } from "../cloudformation/cloud-control.ts";
import type { FileForm, FormReading } from "../model/form.ts";
import { inFile } from "./in-file.ts";

/** A request of Cloud Control API's CreateResource: a type of CloudFormation, and its properties as JSON text. */
export const cloudControl: FileForm = {
  description: "a request for aws cloudcontrol create-resource (with TypeName and DesiredState)",
  isIntended: () => false,
  read: ({ file, document }) => (isRequest(document) ? readRequest(basename(file), document) : { is: "other-form" }),
};

const isRequest = (document: Json): document is JsonObject =>
  isObject(document) && typeof document.TypeName === "string" && Object.hasOwn(document, "DesiredState");

function readRequest(name: string, document: JsonObject): FormReading {
  const typeName = text(document, "TypeName") ?? "";
  const given = document.DesiredState ?? null;
  const properties = isObject(given) ? given : parseCallText(text(document, "DesiredState") ?? "");
  if (properties === undefined) return { is: "fault", message: "its DesiredState is not a JSON object" };
  const known = { is: "known", properties } as const;
  const found = { typeName, properties: known, name, place: "", at: [], stateAt: ["DesiredState"], ownKeys: new Map() };
  return { is: "subjects", subjects: desiredSubjects(found).subjects.map((subject) => inFile(name, subject)) };
}
