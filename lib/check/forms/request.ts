import { basename } from "node:path";
import type { JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import { settingsFrom } from "../model/document-path.ts";
import type { FileForm, FormInput, FormReading } from "../model/form.ts";
import { type CheckSubject, onlyRequest } from "../model/subject.ts";
import { guessByFileName, guessByMembers, type OperationGuess } from "./guess-operation.ts";

/** A request in the format of the AWS CLI's options --cli-input-json and --cli-input-yaml. */
export const request: FileForm = {
  description:
    "a request as for --cli-input-json (give its operation with --operation NAME, or in the file's name: create-training-job.json)",
  isIntended: ({ file }) => /create-[a-z-]+\.(json|ya?ml)$/i.test(file),
  read: readRequest,
};

function readRequest(input: FormInput): FormReading {
  const { document, inFolder } = input;
  if (!isObject(document) || isManifest(document)) return { is: "other-form" };
  if (inFolder && !looksLikeRequest(document)) return { is: "other-form" };
  const guess = operationOf(input, document);
  switch (guess.is) {
    case "operation":
      return { is: "subjects", subjects: [toSubject(basename(input.file), guess.operation, document)] };
    case "takes-no-key":
      return {
        is: "not-judged",
        message: `nothing that can be judged; by its name it is for ${guess.operation}, which takes no key`,
      };
    case "several":
      return {
        is: "fault",
        message: `a request of ${inWords(guess.candidates)}: give its operation with --operation NAME`,
      };
    case "unknown":
      return { is: "other-form" };
    default:
      return guess satisfies never;
  }
}

/**
 * In a folder, --operation only chooses among the candidates, because the folder may have requests of other operations.
 */
function operationOf({ file, inFolder, operation }: FormInput, document: JsonObject): OperationGuess {
  if (operation !== undefined && !inFolder) return { is: "operation", operation };
  const byName = guessByFileName(basename(file));
  if (byName.is !== "unknown") return byName;
  const byMembers = guessByMembers(document, inFolder);
  const isChoice = byMembers.is === "several" && operation !== undefined && byMembers.candidates.includes(operation);
  return isChoice ? { is: "operation", operation } : byMembers;
}

/**
 * The API's members begin with an upper-case letter. An IAM policy's members do too, and its file may have a similar
 * name.
 */
const looksLikeRequest = (document: JsonObject): boolean =>
  Object.keys(document).some((name) => /^[A-Z]/.test(name)) && !Object.hasOwn(document, "Statement");

/** A manifest of Kubernetes. */
const isManifest = (document: JsonObject): boolean =>
  Object.hasOwn(document, "apiVersion") && Object.hasOwn(document, "kind");

const inWords = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

const toSubject = (name: string, operation: string, document: JsonObject): CheckSubject => ({
  name,
  type: `request of ${operation}`,
  at: [],
  place: name,
  operation,
  requests: onlyRequest(document, settingsFrom(operation === "CreatePipeline" ? ["PipelineDefinition"] : [])),
});
