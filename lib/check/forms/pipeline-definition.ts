import { basename } from "node:path";
import type { Json } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import { settingsFrom } from "../model/document-path.ts";
import type { FileForm, FormInput, FormReading } from "../model/form.ts";
import { onlyRequest } from "../model/subject.ts";

/** A file with a SageMaker pipeline definition (Amazon SageMaker Pipelines, JSON schema of 2020-12-01). */
export const pipelineDefinition: FileForm = {
  description: "a SageMaker pipeline definition (with Version and Steps)",
  // Nothing in its text distinguishes it from other files.
  isIntended: () => false,
  read: (input) => (isPipeline(input.document) ? readPipeline(input) : { is: "other-form" }),
};

const isPipeline = (document: Json): boolean =>
  isObject(document) && typeof document.Version === "string" && Array.isArray(document.Steps);

/** The definition is judged as a CreatePipeline request, which has the same definition as text. */
function readPipeline({ file, document }: FormInput): FormReading {
  const name = basename(file);
  const request = { PipelineName: name.replace(/\.[^.]*$/, ""), PipelineDefinition: JSON.stringify(document) };
  const subject = {
    name,
    type: "pipeline definition",
    at: [],
    place: name,
    operation: "CreatePipeline",
    requests: onlyRequest(request, settingsFrom([])),
  };
  return { is: "subjects", subjects: [subject] };
}
