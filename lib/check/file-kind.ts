import { basename } from "node:path";
import { isObject } from "../core/model/member.ts";
import type { Json, JsonObject } from "../core/model/types.ts";
import { isTemplate, readTemplate } from "./cloudformation/template.ts";
import { operationInName, operationInside, type Told } from "./find-operation.ts";
import type { CheckSubject } from "./subject.ts";

export type Kind =
  | { readonly is: "subjects"; readonly subjects: readonly CheckSubject[] }
  /** Nothing that can be judged. */
  | { readonly is: "foreign"; readonly because: string }
  | { readonly is: "fault"; readonly because: string };

export interface CheckFile {
  readonly file: string;
  /** It was met in a folder, and not named by anybody. */
  readonly walked: boolean;
}

const KINDS =
  "a CloudFormation template (with Resources), a SageMaker pipeline definition (with Version and Steps), or a request as for --cli-input-json (say which with --operation NAME, or in the file's name: create-training-job.json)";

/** Tells what a document is, and reads what it would create; `operation` is what --operation says. */
export function readKind({ file, walked }: CheckFile, document: Json, operation: string | undefined): Kind {
  if (isTemplate(document)) return { is: "subjects", subjects: readTemplate(document) };
  const name = basename(file);
  if (isPipeline(document)) return { is: "subjects", subjects: [pipeline(name, document)] };
  if (!isObject(document) || (walked && !looksLikeRequest(document))) return foreign(`it could be ${KINDS}`);
  const told = operationOf(name, document, operation, walked);
  switch (told.is) {
    case "told":
      return { is: "subjects", subjects: [request(name, told.operation, document)] };
    case "keyless":
      return foreign(`its name says ${told.operation}, which takes no key`);
    case "ambiguous":
      return { is: "fault", because: `a request of ${listed(told.candidates)}: say which with --operation NAME` };
    case "unknown":
      return foreign(`it could be ${KINDS}`);
    default:
      return told satisfies never;
  }
}

function operationOf(name: string, document: JsonObject, operation: string | undefined, walked: boolean): Told {
  if (operation !== undefined && !walked) return { is: "told", operation };
  const inName = operationInName(name);
  if (inName.is !== "unknown") return inName;
  const inside = operationInside(document, walked);
  const settled = inside.is === "ambiguous" && operation !== undefined && inside.candidates.includes(operation);
  return settled ? { is: "told", operation } : inside;
}

const foreign = (because: string): Kind => ({ is: "foreign", because: `nothing that can be judged; ${because}` });

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

const isPipeline = (document: Json): document is JsonObject =>
  isObject(document) && typeof document.Version === "string" && Array.isArray(document.Steps);

/** The API's members begin in upper case; so do an access policy's, which files of such names often hold. */
const looksLikeRequest = (document: JsonObject): boolean =>
  Object.keys(document).some((name) => /^[A-Z]/.test(name)) && !Object.hasOwn(document, "Statement");

const NOTHING = { at: [], doubts: [], keys: new Map<string, string>() } as const;

function pipeline(name: string, document: JsonObject): CheckSubject {
  const request = { PipelineName: name.replace(/\.[^.]*$/, ""), PipelineDefinition: JSON.stringify(document) };
  return { ...NOTHING, name, type: "pipeline definition", operation: "CreatePipeline", inside: [], request };
}

function request(name: string, operation: string, document: JsonObject): CheckSubject {
  const inside = operation === "CreatePipeline" ? ["PipelineDefinition"] : [];
  return { ...NOTHING, name, type: `request of ${operation}`, operation, inside, request: document };
}
